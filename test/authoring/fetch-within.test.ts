import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fetchWithin } from '../../src/index.ts';
import { Network } from '../support/network.ts';
import { rejection } from '../support/sandbox.ts';

/** A deadline that comes when the test says so. */
function heldDeadline(): () => void {
  const controller = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(controller.signal);
  onTestFinished(() => timeout.mockRestore());
  return () => controller.abort();
}

/** A server that begins to answer and goes no further; `asked` resolves with its answer once somebody asks. */
async function stalling(begin: (response: ServerResponse) => void = () => {}) {
  const network = await Network.open();
  const asked = new Promise<ServerResponse>((resolve) => {
    void network.hang(0, (response) => {
      begin(response);
      resolve(response);
    });
  });
  return { network, asked };
}

const gone = (response: ServerResponse) => new Promise((resolve) => response.once('close', resolve));

describe('an answer in time', () => {
  test.each([
    [200, true],
    [404, false],
    [500, false],
  ])('with the status %d is given as it is', async (status, ok) => {
    const network = await Network.open();
    await network.answerRaw('{"a":1}', { 'x-more': 'yes' }, status);
    const response = await fetchWithin(5_000, `${network.address}/a?b=c`);
    expect(response).toMatchObject({ status, ok, url: `${network.address}/a?b=c`, redirected: false });
    expect(response.headers.get('x-more')).toBe('yes');
    expect(await response.json()).toEqual({ a: 1 });
  });

  test('may have no body', async () => {
    const network = await Network.open();
    await network.answerRaw('', {}, 204);
    expect(await fetchWithin(5_000, new URL(network.address))).toMatchObject({ status: 204, body: null });
  });

  test('is followed to where it is redirected', async () => {
    const [first, second] = [await Network.open(), await Network.open()];
    await first.answerRaw('', { location: `${second.address}/there` }, 302);
    await second.answerRaw('here');
    const response = await fetchWithin(5_000, first.address);
    expect(response).toMatchObject({ redirected: true, url: `${second.address}/there` });
    expect(await response.text()).toBe('here');
  });

  test('belongs to a request with whatever fetch takes', async () => {
    const network = await Network.open();
    await network.answerRaw('made', {}, 201);
    await fetchWithin(5_000, network.address, { method: 'POST', body: 'b', headers: { 'x-key': 'k' } });
    expect(network.asked[0]?.headers).toMatchObject({ 'x-key': 'k', 'content-length': '1' });
  });

  test('that was read is not disturbed by the deadline', async () => {
    const pass = heldDeadline();
    const network = await Network.open();
    await network.answerRaw('read');
    const response = await fetchWithin(5_000, network.address);
    expect(await response.text()).toBe('read');
    pass();
    await turn();
  });
});

describe('the deadline', () => {
  const timeout = { code: 'FETCH_TIMEOUT', status: 504 };

  test('is one of real time', async () => {
    const { network } = await stalling();
    await expect(fetchWithin(30, network.address)).rejects.toMatchObject({
      ...timeout,
      message: expect.stringContaining(`${new URL(network.address).host} did not finish within 30 ms`),
    });
  });

  test('is that of connecting and waiting, and ends the connection', async () => {
    const pass = heldDeadline();
    const { network, asked } = await stalling();
    const response = fetchWithin(5_000, network.address);
    const closed = gone(await asked);
    pass();
    await expect(response).rejects.toMatchObject(timeout);
    await closed;
  });

  test('is that of redirects', async () => {
    const pass = heldDeadline();
    const [first, { network, asked }] = [await Network.open(), await stalling()];
    await first.answerRaw('', { location: network.address }, 302);
    const response = fetchWithin(5_000, first.address);
    await asked;
    pass();
    await expect(response).rejects.toMatchObject(timeout);
  });

  test('is that of a body that trickles in', async () => {
    const pass = heldDeadline();
    const { network, asked } = await stalling((response) => response.write('{"a":'));
    const body = (await fetchWithin(5_000, network.address)).json();
    const closed = gone(await asked);
    pass();
    await expect(body).rejects.toMatchObject(timeout);
    await closed;
  });

  test('is that of a body that nobody has read by then', async () => {
    const pass = heldDeadline();
    const network = await Network.open();
    await network.answer({ a: 1 });
    const response = await fetchWithin(5_000, network.address);
    pass();
    await expect(response.json()).rejects.toMatchObject(timeout);
  });

  test('comes also when the garbage was collected meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const pass = heldDeadline();
    const { network, asked } = await stalling((response) => response.write('half'));
    const { signal } = new AbortController();
    const body = (await fetchWithin(5_000, network.address, { signal })).text();
    const closed = gone(await asked);
    await turn();
    runInNewContext('gc')();
    pass();
    await expect(body).rejects.toMatchObject(timeout);
    await closed;
  });
});

describe('a request that fails', () => {
  test('says what happened, and keeps the error of fetch', async () => {
    const network = await Network.open();
    await network.down();
    const error = await rejection(fetchWithin(5_000, `${network.address}/a?key=secret`));
    const { host } = new URL(network.address);
    expect(error).toMatchObject({ code: 'FETCH_FAILED', status: 502 });
    expect(error.message).toContain(`The request to ${host} failed: connect ECONNREFUSED ${host}.`);
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test('may break off in the middle of its answer', async () => {
    const { network, asked } = await stalling((response) => response.write('half'));
    const response = await fetchWithin(5_000, network.address);
    (await asked).destroy();
    await expect(response.text()).rejects.toMatchObject({ code: 'FETCH_FAILED' });
  });

  test('may be one of which the server makes no end of redirects', async () => {
    const network = await Network.open();
    await network.answerRaw('', { location: '/again' }, 302);
    await expect(fetchWithin(5_000, network.address)).rejects.toThrow('redirect count exceeded');
  });

  test.each(['', 'cats', '/a', 'http://', 'data:,a', 'mailto:a@b.c', 'file:///etc/hosts'])(
    'may have no address to go to: %j',
    async (address) => {
      const error = await rejection(fetchWithin(5_000, address));
      expect(error).toMatchObject({ code: 'FETCH_FAILED' });
      expect(error.message).toContain('it must be like https://example.com/path');
    },
  );

  test('may be one that fetch itself refuses', async () => {
    const wrong = fetchWithin(5_000, 'ftp://127.0.0.1/a');
    await expect(wrong).rejects.toMatchObject({ code: 'FETCH_FAILED' });
  });
});

describe('a body', () => {
  const tooLarge = { code: 'FETCH_TOO_LARGE', status: 502 };

  test.each([
    [10, 10],
    [0, 0],
    [10, 11],
  ])('of %d bytes where %d are allowed is read', async (size, maxBytes) => {
    const network = await Network.open();
    await network.answerRaw('x'.repeat(size));
    const response = await fetchWithin(5_000, network.address, { maxBytes });
    expect(await response.text()).toHaveLength(size);
  });

  test.each([
    [11, 10],
    [1, 0],
    [1_000_000, 999_999],
  ])('of %d bytes where %d are allowed is not', async (size, maxBytes) => {
    const network = await Network.open();
    await network.answerRaw('x'.repeat(size));
    const response = await fetchWithin(5_000, network.address, { maxBytes });
    await expect(response.text()).rejects.toMatchObject(tooLarge);
  });

  test('is measured as it is after decompression', async () => {
    const network = await Network.open();
    await network.answerRaw(gzipSync('x'.repeat(100_000)), { 'content-encoding': 'gzip' });
    const response = await fetchWithin(5_000, network.address, { maxBytes: 10_000 });
    await expect(response.text()).rejects.toMatchObject(tooLarge);
  });

  test('without an end is cut at the limit, with its connection', async () => {
    heldDeadline();
    const { network, asked } = await stalling((response) => response.write('x'.repeat(11)));
    const response = await fetchWithin(5_000, network.address, { maxBytes: 10 });
    const closed = gone(await asked);
    await expect(response.text()).rejects.toMatchObject(tooLarge);
    await closed;
  });

  test('that is not wanted can be cancelled', async () => {
    heldDeadline();
    const { network, asked } = await stalling((response) => response.write('x'));
    const response = await fetchWithin(5_000, network.address);
    const closed = gone(await asked);
    await response.body?.cancel();
    await closed;
  });
});

describe('a signal of the caller', () => {
  const reason = new Error('Not wanted any more.');

  test('that has aborted already lets nothing begin', async () => {
    const network = await Network.open();
    const request = fetchWithin(5_000, network.address, { signal: AbortSignal.abort(reason) });
    await expect(request).rejects.toBe(reason);
    expect(network.asked).toEqual([]);
  });

  test('ends the request', async () => {
    const { network, asked } = await stalling();
    const controller = new AbortController();
    const request = fetchWithin(5_000, network.address, { signal: controller.signal });
    await asked;
    controller.abort(reason);
    await expect(request).rejects.toBe(reason);
  });

  test('ends the body', async () => {
    const { network } = await stalling((response) => response.write('half'));
    const controller = new AbortController();
    const body = (await fetchWithin(5_000, network.address, { signal: controller.signal })).text();
    controller.abort(reason);
    await expect(body).rejects.toBe(reason);
  });

  test('does not stand in the way of the deadline', async () => {
    const pass = heldDeadline();
    const { network, asked } = await stalling();
    const request = fetchWithin(5_000, network.address, { signal: new AbortController().signal });
    await asked;
    pass();
    await expect(request).rejects.toMatchObject({ code: 'FETCH_TIMEOUT' });
  });
});
