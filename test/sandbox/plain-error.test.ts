import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createError, invalidParameters, MessengerError } from '../../src/base/errors.ts';
import { authorStackOf, fromPlainError, toPlainError } from '../../src/sandbox/plain-error.ts';
import { parseFromWorker } from '../../src/sandbox/protocol.ts';

const throwing = () => {
  throw new Error('no entry');
};

/** An Error of which one property is something else. */
const withProperty = (name: string, descriptor: PropertyDescriptor, error: Error = new Error('told')) =>
  Object.defineProperty(error, name, { configurable: true, ...descriptor });

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable(new Error('gone'), {});
  revoke();
  return proxy;
};

const circular = (): Error => {
  const error = new Error('round and round');
  error.cause = error;
  return error;
};

const ours = () => createError('MESSAGE_INVALID', 'it is empty');

/** What is thrown, and what is told of it. */
const thrown: Array<[what: string, value: unknown, message: string | RegExp]> = [
  [
    'a message that is an object',
    withProperty('message', { value: { reason: 1 } }),
    /^Error: its message is not text: \{ reason: 1 \}$/,
  ],
  [
    'a message that is a list',
    withProperty('message', { value: [1, 2] }),
    /its message is not text: \[ 1, 2 \]/,
  ],
  [
    'a message that is a function',
    withProperty('message', { value: () => 1 }),
    /its message is not text: \[Function/,
  ],
  [
    'a message that is a Symbol',
    withProperty('message', { value: Symbol('odd') }),
    /its message is not text: Symbol\(odd\)/,
  ],
  ['a message that is null', withProperty('message', { value: null }), 'Error'],
  ['a message that is a number', withProperty('message', { value: 404 }), '404'],
  ['a message that is a text object', withProperty('message', { value: new String('boxed') }), /boxed/],
  [
    'a message that throws',
    withProperty('message', { get: throwing }),
    /its message is not text: reading it throws "no entry"/,
  ],
  [
    'a message whose toString throws',
    withProperty('message', { value: { toString: throwing } }),
    /its message is not text: \{ toString/,
  ],
  [
    'a message that hides',
    withProperty('message', { value: new Proxy({}, { get: throwing, ownKeys: throwing }) }),
    /its message is not text: /,
  ],
  [
    'a message of 50 MB',
    new Error('x'.repeat(5e7)),
    /^x{4096}… The other 49995904 bytes of this text were left out\.$/,
  ],
  ['a message of 50 MB of empty lines', new Error('\n'.repeat(5e7)), /^\n{4096}… The other 49995904 bytes/],
  ['a message cut within a character', new Error(`a${'é'.repeat(5_000)}`), /^aé{2047}… The other 5906 bytes/],
  ['a stack that throws', withProperty('stack', { get: throwing }), 'told'],
  ['a stack that is an object', withProperty('stack', { value: {} }), 'told'],
  [
    'a stack of 50 MB',
    withProperty('stack', { value: '    at x (/workspace/a.ts:1:1)\n'.repeat(2e6) }),
    'told',
  ],
  ['a name that throws', withProperty('name', { get: throwing }, new Error('')), 'Error'],
  ['a code that throws', withProperty('code', { get: throwing }), 'told'],
  [
    'a code of ours that throws',
    withProperty('code', { get: throwing }, ours()),
    'The message was not sent: it is empty.',
  ],
  [
    'errors of ours that throw',
    withProperty('errors', { get: throwing }, ours()),
    'The message was not sent: it is empty.',
  ],
  [
    'errors of ours that hide',
    withProperty('errors', { value: new Proxy({}, { ownKeys: throwing }) }, ours()),
    'The message was not sent: it is empty.',
  ],
  ['a cause that throws', withProperty('cause', { get: throwing }), 'told'],
  ['a cause that is the error itself', circular(), 'round and round'],
  ['a text', 'just text', 'just text'],
  ['a text of 50 MB', 'x'.repeat(5e7), /^x{4096}… The other 49995904 bytes/],
  ['a Symbol', Symbol('odd'), 'a value that is not an Error was thrown: Symbol(odd)'],
  ['a function', throwing, /^a value that is not an Error was thrown: \[Function/],
  [
    'an object whose toString throws',
    { toString: throwing },
    /^a value that is not an Error was thrown: \{ toString/,
  ],
  [
    'an object whose tag throws',
    {
      get [Symbol.toStringTag]() {
        return throwing();
      },
    },
    /^a value that is not an Error was thrown: /,
  ],
  [
    'an object that wants to be shown',
    { [Symbol.for('nodejs.util.inspect.custom')]: throwing },
    /^a value that is not an Error was thrown: /,
  ],
  [
    'an object without a prototype',
    Object.create(null),
    /^a value that is not an Error was thrown: \[Object: null prototype\]/,
  ],
  ['a list of a million', new Array(1e6).fill(0), /^a value that is not an Error was thrown: \[/],
  ['a big integer', 10n, 'a value that is not an Error was thrown: 10n'],
  ['nothing', undefined, 'a value that is not an Error was thrown: undefined'],
  ['a Proxy', new Proxy(new Error('inside'), {}), /inside/],
  [
    'a Proxy that throws at everything',
    new Proxy(new Error('inside'), {
      get: throwing,
      getPrototypeOf: throwing,
      has: throwing,
      ownKeys: throwing,
    }),
    /^a Proxy was thrown: /,
  ],
  ['a Proxy that was revoked', revoked(), /^a Proxy was thrown: /],
  ['an error of another realm', runInNewContext("new TypeError('elsewhere')"), 'elsewhere'],
  [
    'a class that extends Error badly',
    new (class extends Error {
      override get message(): string {
        return throwing();
      }
    })(),
    /reading it throws "no entry"/,
  ],
  [
    'several errors',
    new AggregateError([new Error('one'), 'two', new Error('three'), 4]),
    /one; 'two'; three; …$/,
  ],
  [
    'several errors that hide',
    new AggregateError([withProperty('message', { get: throwing }), revoked()]),
    /reading it throws/,
  ],
  [
    'a list of errors that hides',
    Object.assign(new AggregateError([]), { errors: new Proxy([1], { get: throwing }) }),
    /./,
  ],
  ['an aborted signal', AbortSignal.abort().reason, 'This operation was aborted'],
];

describe('whatever is thrown, it is told as a message of the protocol that can be believed', () => {
  test.each(thrown)('%s', (_, value, message) => {
    const plain = toPlainError(value, '/workspace');
    expect(plain.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(parseFromWorker({ type: 'failed', token: 'a', error: plain, unclean: null })).toMatchObject({
      error: plain,
    });
    expect(JSON.stringify(plain).length).toBeLessThan(40_000);
    expect(fromPlainError(plain).message).toBe(plain.message);
  });
});

const frames = (count: number) =>
  Array.from({ length: count }, (_, line) => `    at call (/workspace/bots/A.ts:${line}:1)`);

describe('of a stack', () => {
  const stackOf = (stack: string, message = 'told') =>
    toPlainError(Object.assign(new Error(message), { stack }), '/workspace').stack?.split('\n');

  test('fifty calls are kept, the nearest to the error', () => {
    const kept = stackOf(['Error: told', ...frames(1_000)].join('\n'));
    expect([kept?.length, kept?.[0], kept?.at(-1)]).toEqual([
      51,
      'at call (bots/A.ts:0:1)',
      '… and more calls',
    ]);
  });

  test('the frames are found behind a message that is long or looks like frames', () => {
    for (const message of ['x\n'.repeat(1e6), frames(9).join('\n')])
      expect(
        stackOf([`Error: ${message}`, '    at handle (/workspace/bots/A.ts:7:3)'].join('\n'), message),
      ).toEqual(['at handle (bots/A.ts:7:3)']);
  });

  test('a frame is no longer than anybody reads', () => {
    const [frame] = stackOf(`Error\n    at ${'x'.repeat(100_000)} (/workspace/bots/A.ts:7:3)`) ?? [];
    expect(frame?.length).toBe(500);
  });
});

test('errors by field are texts, and not without end', () => {
  const errors = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, n) => [`field ${n}`, ['x'.repeat(5_000)]]),
  );
  const plain = toPlainError(new MessengerError('INVALID_PARAMETERS', 'No.', errors), '/workspace');
  expect(JSON.stringify(plain.errors).length).toBeLessThan(80_000);
  expect(plain.errors?.['…']).toEqual([
    expect.stringMatching(/^The errors of \d+ more fields were left out\.$/),
  ]);

  const odd = { a: 7, b: [Symbol('s'), null], c: [{ toString: throwing }], d: 'text' };
  const told = toPlainError(
    new MessengerError('INVALID_PARAMETERS', 'No.', odd as never),
    '/workspace',
  ).errors;
  expect(told).toEqual({
    a: ['7'],
    b: ['Symbol(s)', 'null'],
    c: ['What is wrong with it cannot be read.'],
    d: ['text'],
  });
});

test('what a worker tells is cut again: it may not be our code that sent it', () => {
  const error = fromPlainError({
    message: 'x'.repeat(1e6),
    code: 'INVALID_PARAMETERS',
    errors: { field: ['y'.repeat(1e6)] },
    stack: Array.from({ length: 1_000 }, () => 'z'.repeat(10_000)).join('\n'),
    shortage: null,
  });
  expect(error.message).toMatch(/^x{4096}… The other 995904 bytes of this text were left out\.$/);
  expect(JSON.stringify(error).length).toBeLessThan(10_000);
  expect(authorStackOf(error)?.length).toBeLessThan(26_000);
});

test('an error of ours keeps its code, its errors and the place it came from', () => {
  const plain = toPlainError(invalidParameters('Reply', { replies: ['Too few.'] }), process.cwd());
  expect(fromPlainError(plain)).toMatchObject({
    code: 'INVALID_PARAMETERS',
    errors: { replies: ['Too few.'] },
  });
  expect(plain.stack?.split('\n')[0]).toMatch(/test\/sandbox\/plain-error\.test\.ts|base\/errors\.ts/);
});
