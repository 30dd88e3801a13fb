import { describe, expect, test } from 'vitest';
import { OpenRequests } from '../../src/sandbox/open-requests.ts';
import { maxOpenRequests, parseAnswer, parseFromWorker } from '../../src/sandbox/protocol.ts';

const error = { message: 'It rains.', code: null, errors: null, stack: null, shortage: null };
const args = { botId: null, silent: false, body: 'hi', replyToId: null, extra: { a: [1, 'b', null] } };
const request = { type: 'request', token: 'a', id: 1, kind: 'message', step: 1, args };
const done = { type: 'done', token: 'a', value: { cooldownReleased: false }, unclean: null };

describe('a message of the protocol is taken', () => {
  test.each([
    [{ type: 'ready' }],
    [{ type: 'loaded', token: 'a' }],
    [request],
    [{ ...request, kind: 'upload', args: { ...args, bytes: Buffer.from('content') } }],
    [{ ...request, kind: 'typing', step: null }],
    [{ type: 'output', token: 'a', lines: ['one'] }],
    [{ type: 'dropped', token: 'a', bytes: 7 }],
    [{ type: 'late', token: 'a', error: { ...error, code: 'FORGOTTEN_AWAIT' } }],
    [{ type: 'quiet', token: 'a' }],
    [done],
    [{ ...done, left: error, unclean: 'a timer' }],
    [{ type: 'failed', token: 'a', error: { ...error, errors: { field: ['No.'] } }, unclean: null }],
  ])('%j', (message) => {
    expect(parseFromWorker(message)).toEqual(message);
  });
});

const throwing = () => {
  throw new Error('no entry');
};
const inItself = () => {
  const list: unknown[] = [];
  list.push(list);
  return list;
};
/** Small where it is sent, endless where it is written. */
const doubling = () => Array.from({ length: 60 }).reduce((inner) => [inner, inner], 'x');
const deep = () => Array.from({ length: 10_000 }).reduce((inner) => [inner], 0);
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

describe('anything else is no message, and is refused without being looked into for long', () => {
  test.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'done'],
    ['a list', [request]],
    ['an object without a type', {}],
    ['an unknown type', { type: 'answer', token: 'a', id: 1, value: null }],
    ['a type that is inherited', Object.create({ type: 'ready' })],
    ['a type of another kind', { ...done, type: ['done'] }],
    ['a field too many', { ...done, spoiled: false }],
    ['no token', { ...done, token: undefined }],
    ['a token that is a number', { ...done, token: 1 }],
    ['a run that counts its runs', { ...request, token: undefined, run: 1 }],
    ['no word of what is unclean', { type: 'done', token: 'a', value: null }],
    ['unclean as a switch', { ...done, unclean: true }],
    ['an error without a code', { type: 'failed', token: 'a', error: { message: 'x' }, unclean: null }],
    ['an unknown code', { type: 'failed', token: 'a', error: { ...error, code: 'NO_SUCH' }, unclean: null }],
    [
      'a code of every object',
      { type: 'failed', token: 'a', error: { ...error, code: 'toString' }, unclean: null },
    ],
    ['a message that is no text', { type: 'late', token: 'a', error: { ...error, message: { reason: 1 } } }],
    ['errors that are no texts', { type: 'late', token: 'a', error: { ...error, errors: { field: [1] } } }],
    ['errors without lists', { type: 'late', token: 'a', error: { ...error, errors: { field: 'No.' } } }],
    ['a stack that is a list', { type: 'late', token: 'a', error: { ...error, stack: [] } }],
    ['an unknown request', { ...request, kind: 'purge' }],
    ['a request of every object', { ...request, kind: 'constructor' }],
    ['no id', { ...request, id: undefined }],
    ['an id of zero', { ...request, id: 0 }],
    ['a negative id', { ...request, id: -1 }],
    ['a huge id', { ...request, id: 2 ** 53 }],
    ['a broken id', { ...request, id: 1.5 }],
    ['an id that is no number', { ...request, id: Number.NaN }],
    ['an endless id', { ...request, id: Number.POSITIVE_INFINITY }],
    ['an id as a text', { ...request, id: '1' }],
    ['an id as a big integer', { ...request, id: 1n }],
    ['a step of zero', { ...request, step: 0 }],
    ['a negative step', { ...request, step: -1 }],
    ['a huge step', { ...request, step: 2 ** 31 }],
    ['a broken step', { ...request, step: 0.5 }],
    ['an effect without a step', { ...request, step: null }],
    ['a question with a step', { ...request, kind: 'bots', step: 1, args: null }],
    ['lines that are no texts', { type: 'output', token: 'a', lines: [1] }],
    ['lines that are none', { type: 'output', token: 'a', lines: 'one' }],
    ['negative bytes', { type: 'dropped', token: 'a', bytes: -1 }],
    ['arguments that hold themselves', { ...request, args: inItself() }],
    ['arguments that double at every level', { ...request, args: doubling() }],
    [
      'a text that stands a thousand times for itself',
      { ...request, args: new Array(1_000).fill(['x'.repeat(1e5)]) },
    ],
    ['arguments nested deeply', { ...request, args: deep() }],
    ['a list of a thousand million holes', { ...request, args: new Array(1e9) }],
    ['very many values', { ...request, args: new Array(1_100_000).fill(0) }],
    ['a Map', { ...request, args: new Map() }],
    ['a Set', { ...done, value: new Set([1]) }],
    ['a Date', { ...done, value: new Date() }],
    ['an Error', { type: 'failed', token: 'a', error: new Error('x'), unclean: null }],
    ['a regular expression', { ...done, value: /a/ }],
    ['a list of numbers of one kind', { ...done, value: new Float64Array(1) }],
    ['a buffer', { ...done, value: new ArrayBuffer(1) }],
    ['a boxed text', { ...done, value: new String('x') }],
    ['a function', { ...done, value: throwing }],
    ['a Symbol', { ...done, value: Symbol('x') }],
    ['a big integer', { ...done, value: 1n }],
    ['a class of its own', { ...done, value: new (class Own {})() }],
    [
      'a getter that throws',
      {
        ...done,
        get value() {
          return throwing();
        },
      },
    ],
    ['a Proxy', new Proxy(done, {})],
    ['a Proxy that throws', new Proxy(done, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing })],
    ['a Proxy inside', { ...done, value: new Proxy({}, {}) }],
    ['a Proxy that was revoked', { ...done, value: revoked }],
  ])('%s', (_, value) => {
    expect(parseFromWorker(value)).toBeUndefined();
  });

  test('fields named like those of every object are fields', () => {
    const forged = JSON.parse(
      '{"type":"done","token":"a","value":{"__proto__":{"polluted":1}},"unclean":null}',
    );
    parseFromWorker(forged);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(parseFromWorker(JSON.parse('{"__proto__":{"type":"ready"}}'))).toBeUndefined();
  });
});

const dto = {
  class: 'Hello',
  alias: 'hello',
  description: 'Says hello.',
  name: 'Hello',
  unique: false,
  shouldAuthorize: false,
  triggers: ['hi'],
  matchMethod: 'exact',
};
const resolved = {
  handlerDTO: dto,
  matchMethod: 'exact',
  enabled: true,
  adminOnly: false,
  cooldown: 0,
  triggers: 'hi',
  payload: { a: 1 },
};
const described = {
  ...dto,
  environment: ['KEY?'],
  fields: [{ name: 'a', type: 'text', required: true, default: null, choices: null, description: null }],
  retries: 0,
  timeout: null,
  writtenTriggers: ['hi,'],
  source: { file: '/bots/a.ts', exportName: 'default' },
};
const description = {
  handlers: [described],
  packages: [],
  problems: [{ file: 'a.ts', message: 'a.ts: no.' }],
};

describe('an answer is taken where it is one to the question', () => {
  test.each([
    ['run', { cooldownReleased: true }],
    ['authorize', false],
    ['resolve', { resolved }],
    ['resolve', { errors: { a: ['No.'] } }],
    ['testInstalls', { resolved: [resolved], failed: [{ handler: 'Hello', data: {}, errors: {} }] }],
    ['describe', description],
  ] as const)('%s: %j', (operation, value) => {
    expect(parseAnswer(operation, value)).toEqual(value);
  });

  test.each([
    ['run', undefined],
    ['run', true],
    ['run', { cooldownReleased: 1 }],
    ['run', { cooldownReleased: true, more: 1 }],
    ['authorize', 'yes'],
    ['authorize', undefined],
    ['resolve', { resolved, errors: {} }],
    ['resolve', { resolved: { ...resolved, matchMethod: 'all' } }],
    ['resolve', { resolved: { ...resolved, payload: [] } }],
    ['resolve', { resolved: { ...resolved, cooldown: '1' } }],
    ['resolve', {}],
    ['testInstalls', { resolved: [] }],
    ['describe', { ...description, handlers: [{ ...described, retries: -1 }] }],
    ['describe', { ...description, handlers: [{ ...described, source: null }] }],
    ['describe', { ...description, handlers: [{ ...described, alias: 7 }] }],
    ['describe', { ...description, handlers: {} }],
    ['describe', { ...description, problems: ['a.ts: no.'] }],
  ] as const)('%s: %j is none', (operation, value) => {
    expect(parseAnswer(operation, value)).toBeUndefined();
  });
});

describe('the requests of a run', () => {
  const open = (requests: OpenRequests, id: number, step: number | null) =>
    requests.open({ type: 'request', token: 'a', id, kind: step === null ? 'bots' : 'message', step, args });

  test('are at most a hundred at once', () => {
    const requests = new OpenRequests();
    const opened = Array.from({ length: maxOpenRequests + 1 }, (_, index) =>
      open(requests, index + 1, index + 1),
    );
    expect(opened.indexOf(false)).toBe(maxOpenRequests);
    requests.close(1);
    expect(open(requests, maxOpenRequests + 1, maxOpenRequests + 1)).toBe(true);
  });

  test.each([
    [
      'an id that is open',
      [
        [1, 1],
        [1, 2],
      ],
    ],
    [
      'a step asked for before',
      [
        [1, 1],
        [2, 1],
      ],
    ],
    [
      'an earlier step',
      [
        [1, 5],
        [2, 3],
      ],
    ],
  ] as Array<[string, Array<[number, number]>]>)('%s is refused', (_, [first, second]) => {
    const requests = new OpenRequests();
    expect([open(requests, ...(first ?? [0, 0])), open(requests, ...(second ?? [0, 0]))]).toEqual([
      true,
      false,
    ]);
  });

  test('may leave out steps, which the worker refused, and ask without one', () => {
    const requests = new OpenRequests();
    expect([open(requests, 1, 2), open(requests, 2, null), open(requests, 3, 9)]).toEqual([true, true, true]);
  });
});
