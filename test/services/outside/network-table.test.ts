import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../../src/domain/outside.ts';
import { type NetworkTable, tableNetwork } from '../../../src/services/outside/network-table.ts';
import { rejection } from '../../support/sandbox.ts';

const signal = new AbortController().signal;

const ask = async (table: NetworkTable, url: string, more: Partial<HttpRequest> = {}) => {
  const request = { method: 'GET', url, headers: {}, body: null, redirect: 'follow' as const, ...more };
  const { status, headers, body } = await tableNetwork(table, (key) => `Add ${key}.`).answer(request, signal);
  return { status, headers, text: Buffer.from(body).toString() };
};

const url = 'https://api.example.com/fact';

describe('a key', () => {
  test.each([
    [url, url, 'GET'],
    [url, `${url}#part`, 'GET'],
    ['https://api.example.com', 'https://api.example.com/', 'GET'],
    [`GET ${url}`, url, 'GET'],
    [`get ${url}`, url, 'GET'],
    ['*', url, 'DELETE'],
    ['POST *', url, 'POST'],
    ['https://api.example.com/*', `${url}?a=1`, 'GET'],
    ['https://*/fact', url, 'GET'],
  ])('%s fits %s', async (key, asked, method) => {
    expect(await ask({ [key]: 'yes' }, asked, { method })).toMatchObject({ text: 'yes' });
  });

  test.each([
    [url, `${url}?a=1`],
    [`POST ${url}`, url],
    ['https://api.example.com/f.ct', url],
    ['https://api.example.com/*', 'https://api.example.org/fact'],
  ])('%s does not fit %s', async (key, asked) => {
    const error = await rejection(ask({ [key]: 'yes' }, asked));
    expect([error.code, error.message]).toEqual([
      'REQUEST_UNANSWERED',
      `GET ${asked} has no answer here, and nothing is sent to the network. Add ${asked}.`,
    ]);
  });

  test.each(['api.example.com/fact', 'GET', 'ftp://example.com/', ''])('"%s" is wrong', (key) => {
    expect(() => tableNetwork({ [key]: 'yes' }, String)).toThrow(`"${key}" cannot be a key`);
  });
});

describe('an answer', () => {
  test.each<[string, NetworkTable[string], object]>([
    ['a text', 'hi', { status: 200, headers: { 'content-type': 'text/plain;charset=UTF-8' }, text: 'hi' }],
    ['a status', { status: 404 }, { status: 404, headers: {}, text: '' }],
    [
      'JSON',
      { json: { a: 1 } },
      { status: 200, headers: { 'content-type': 'application/json' }, text: '{"a":1}' },
    ],
    ['JSON null', { json: null }, { text: 'null' }],
    [
      'bytes',
      { body: Buffer.from('hi'), headers: { 'Content-Type': 'image/png' } },
      { headers: { 'content-type': 'image/png' }, text: 'hi' },
    ],
    ['a response', new Response('hi', { status: 201 }), { status: 201, text: 'hi' }],
    ['a function', (request) => `${request.method} ${new URL(request.url).pathname}`, { text: 'GET /fact' }],
    ['a promise', async () => ({ json: 1 }), { text: '1' }],
  ])('may be %s', async (_, answer, expected) => {
    expect(await ask({ [url]: answer }, url)).toMatchObject(expected);
  });

  test('of a function can depend on the body', async () => {
    const table: NetworkTable = { [url]: async (request) => (await request.text()).toUpperCase() };
    expect(await ask(table, url, { method: 'POST', body: Buffer.from('loud') })).toMatchObject({
      text: 'LOUD',
    });
  });

  test('that is a response is given to each request', async () => {
    const table = { [url]: new Response('hi') };
    const network = tableNetwork(table, String);
    const request = { method: 'GET', url, headers: {}, body: null, redirect: 'follow' as const };
    const answers = [await network.answer(request, signal), await network.answer(request, signal)];
    expect(answers.map(({ body }) => Buffer.from(body).toString())).toEqual(['hi', 'hi']);
  });

  test.each([
    ['null', null, ''],
    ['a number', 404, ''],
    ['a misspelled field', { text: 'hi' }, ''],
    ['a status that is a text', { status: '404' }, ' (status)'],
    ['a status that no server sends', { status: 999 }, ' (status)'],
    ['a header that is a number', { headers: { age: 5 } }, ' (headers.age)'],
  ])('cannot be %s, in the table or from a function', async (_, answer, field) => {
    const problem = `The answer for "${url}" in the network table cannot be used${field}: `;
    expect(() => tableNetwork({ [url]: answer as never }, String)).toThrow(problem);
    const error = await rejection(ask({ [url]: () => answer as never }, url));
    expect([error.code, error.message]).toEqual(['NETWORK_ANSWER_INVALID', expect.stringContaining(problem)]);
  });

  test('is that of the first key that fits', async () => {
    expect(await ask({ 'https://*': 'first', [url]: 'second' }, url)).toMatchObject({ text: 'first' });
  });
});
