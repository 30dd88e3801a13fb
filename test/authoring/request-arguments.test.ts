import { describe, expect, test } from 'vitest';
import {
  checkArguments,
  maxArchived,
  prepareArguments,
  type RequestKind,
  requestKinds,
} from '../../src/authoring/request-arguments.ts';

const limits = { message: 5_000, extra: 1 };
const own = { botId: null, silent: false };
const sending = { ...own, replyToId: null, extra: null };

/** The sentence with which arguments are rejected; undefined if they are accepted. */
function rejection(kind: RequestKind, args: unknown): string | undefined {
  try {
    prepareArguments(kind, args, limits);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ name: 'MessengerError', code: 'EFFECT_REFUSED' });
    return String(error).replace(/^MessengerError: The bot could not /, '');
  }
}

describe('arguments are accepted', () => {
  const id255 = 'x'.repeat(255);
  test.each<[string, RequestKind, unknown]>([
    ['a text of the longest length', 'message', { ...sending, body: '😀'.repeat(5_000) }],
    ['a blank text, which the service rejects with its own sentence', 'message', { ...sending, body: '' }],
    ['extra data as a list', 'message', { ...sending, body: 'a', extra: [1, [null, 'x']] }],
    ['the longest id', 'reaction', { ...own, messageId: id255, reaction: '👍' }],
    ['the id of another bot', 'typing', { botId: id255, silent: true }],
    ['the bytes of a file', 'upload', { ...sending, kind: 'image', name: '', bytes: new Uint8Array() }],
    ['an invite for ever', 'invite', { ...own, minutes: null, codeEnding: '' }],
    ['an invite for a hundred years', 'invite', { ...own, minutes: 52_560_000, codeEnding: 'a-b_9' }],
    ['no messages to archive', 'archive', { ...own, messageIds: [] }],
    ['the most messages to archive', 'archive', { ...own, messageIds: Array(maxArchived).fill('m') }],
    ['a query without fields', 'messages', {}],
    ['a query whose limit the service will round', 'documents', { limit: -1.5, before: null, name: '' }],
    ['a query without arguments', 'bots', null],
    ['a sleep of no time', 'sleep', { milliseconds: 0 }],
  ])('%s', (_, kind, args) => {
    expect(rejection(kind, args)).toBeUndefined();
  });

  test('and unknown ones are dropped', () => {
    const args = { ...own, ignoreTimeout: true, __proto__: { admin: true }, more: 1 };
    expect(prepareArguments('knock', args, limits)).toEqual({ ...own, ignoreTimeout: true });
  });
});

describe('arguments are rejected with the first thing that is wrong', () => {
  test.each<[string, RequestKind, unknown, string | RegExp]>([
    ['nothing at all', 'message', undefined, /^send a message: its argument is wrong: /],
    ['a missing option', 'typing', { botId: null }, /^show that it types: silent is wrong: /],
    ['a text that is none', 'message', { ...sending, body: 1 }, /^send a message: body is wrong: /],
    [
      'a text beyond the limit',
      'message',
      { ...sending, body: '😀'.repeat(5_001) },
      'send a message: The message was not sent: it has 5001 characters, and at most 5000 are allowed.',
    ],
    [
      'an id that is too long',
      'read',
      { ...own, messageId: '😀'.repeat(256) },
      'show what it has read: messageId is wrong: it has 256 characters, and at most 255 are allowed.',
    ],
    [
      'a reaction longer than any emoji',
      'reaction',
      { ...own, messageId: 'm', reaction: '👍'.repeat(256) },
      'add a reaction: The reaction must contain a valid emoji.',
    ],
    [
      'a list of messages that is none',
      'archive',
      { ...own, messageIds: { length: 1 } },
      'archive messages: messageIds is wrong: it is not a list.',
    ],
    [
      'too many messages, before any of them is looked at',
      'archive',
      { ...own, messageIds: Array(maxArchived + 1).fill(0) },
      'archive messages: messageIds is wrong: it has 10001 items, and at most 10000 are allowed.',
    ],
    [
      'one wrong message among others',
      'archive',
      { ...own, messageIds: ['m', null] },
      /^archive messages: messageIds\.1 is wrong: /,
    ],
    [
      'a kind of file that does not exist',
      'upload',
      { ...sending, kind: 'sticker', name: 'a', bytes: new Uint8Array() },
      /^send a file: kind is wrong: /,
    ],
    [
      'bytes as a list of numbers',
      'upload',
      { ...sending, kind: 'image', name: 'a', bytes: [1, 2] },
      'send a file: bytes is wrong: it is not the content of a file.',
    ],
    ['an invite for no time', 'invite', { ...own, minutes: 0, codeEnding: '' }, /minutes is wrong: /],
    ['an invite that ends too late', 'invite', { ...own, minutes: 52_560_001, codeEnding: '' }, /minutes/],
    [
      'an ending that would change the address',
      'invite',
      { ...own, minutes: 1, codeEnding: '../x' },
      /codeEnding is wrong: it may hold letters, digits, - and _, since it becomes part of an address\.$/,
    ],
    [
      'an ending of 21 characters',
      'invite',
      { ...own, minutes: 1, codeEnding: 'x'.repeat(21) },
      /codeEnding/,
    ],
    ['arguments for what takes none', 'participants', {}, /^list the participants: its argument is wrong: /],
    ['a limit that is no number', 'messages', { limit: Number.NaN }, /^list messages: limit is wrong: /],
    ['a sleep into the past', 'sleep', { milliseconds: -1 }, /^sleep: milliseconds is wrong: /],
    ['a sleep without end', 'sleep', { milliseconds: Number.POSITIVE_INFINITY }, /milliseconds is wrong: /],
  ])('%s', (_, kind, args, sentence) => {
    const found = rejection(kind, args);
    if (typeof sentence === 'string') expect(found).toBe(sentence);
    else expect(found).toMatch(sentence);
  });
});

describe('extra data', () => {
  const message = (extra: unknown) => ({ ...sending, body: 'a', extra });
  const notSent = 'send a message: The message was not sent: its extra data';
  class Point {
    x = 1;
  }
  const circular: unknown[] = [];
  circular.push(circular);
  const nested = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 0);

  test.each<[string, unknown, string | RegExp]>([
    ['a Map', { seen: new Map() }, `${notSent} must be plain JSON, and Map in "seen".`],
    ['a NaN', [Number.NaN], `${notSent} must be plain JSON, and Number in "0".`],
    ['a big integer', { a: 1n }, /must be plain JSON, and /],
    ['a function', { a: () => 1 }, `${notSent} must be plain JSON, and Function in "a".`],
    ['a circle', circular, /must be plain JSON, and Converting circular structure/],
    [
      'a getter that throws',
      {
        get a() {
          throw new Error('no');
        },
      },
      `${notSent} must be plain JSON, and no.`,
    ],
    ['65 levels', nested(65), `${notSent} is nested deeper than 64 levels.`],
    ['100,000 levels', nested(100_000), `${notSent} is larger than 1 kilobytes as JSON.`],
    ['one byte too much', ['x'.repeat(1_021)], `${notSent} is larger than 1 kilobytes as JSON.`],
    ['characters of three bytes', ['漢'.repeat(400)], `${notSent} is larger than 1 kilobytes as JSON.`],
    ['a text', 'text', 'send a message: extra is wrong: it is not an object or a list of plain JSON.'],
    ['a number', 1, 'send a message: extra is wrong: it is not an object or a list of plain JSON.'],
  ])('is rejected: %s', (_, extra, sentence) => {
    const found = rejection('message', message(extra));
    if (typeof sentence === 'string') expect(found).toBe(sentence);
    else expect(found).toMatch(sentence);
  });

  test('is rejected when JSON itself cannot go so deep', () => {
    const prepare = () => prepareArguments('message', message(nested(100_000)), { ...limits, extra: 1_024 });
    expect(prepare).toThrow(`${notSent} must be plain JSON, and it is nested too deeply.`);
  });

  test('may be as large as the limit', () => {
    expect(rejection('message', message(['x'.repeat(1_020)]))).toBeUndefined();
  });

  test('is copied, so that later changes have no effect', () => {
    const extra = { list: [1], point: new Point(), gone: undefined, on: new Date(0) };
    const prepared = prepareArguments('message', message(extra), limits);
    extra.list.push(2);
    expect(prepared.extra).toEqual({ list: [1], point: { x: 1 }, on: '1970-01-01T00:00:00.000Z' });
  });

  test('is checked again where workers are not trusted', () => {
    expect(() => checkArguments('message', message({ seen: new Map() }))).toThrow(
      'it is not an object or a list',
    );
  });
});

test('every request says in words what it does', () => {
  const sentences = requestKinds.map((kind) => rejection(kind, 0)?.split(':')[0]);
  expect(sentences.every((sentence) => sentence && /^[a-z ]+$/i.test(sentence))).toBe(true);
  expect(new Set(sentences).size).toBe(requestKinds.length);
});
