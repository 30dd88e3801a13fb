import { describe, expect, test } from 'vitest';
import { listFailedRuns } from '../../../src/services/failed-runs/failed-runs.ts';
import { botSource } from '../../support/bot-source.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** What a handler throws, and the sentence that is told of it. */
const thrown: Array<[statement: string, sentence: string | RegExp]> = [
  ["throw new Error('no');", 'no'],
  ['throw undefined;', 'a value that is not an Error was thrown: undefined'],
  ["throw '';", "a value that is not an Error was thrown: ''"],
  ["throw 'a text';", 'a text'],
  ["throw Symbol('sign');", 'a value that is not an Error was thrown: Symbol(sign)'],
  ["throw { code: 'E1' };", "a value that is not an Error was thrown: { code: 'E1' }"],
  [
    'throw Object.assign(Object.create(null), { a: 1 });',
    'a value that is not an Error was thrown: [Object: null prototype] { a: 1 }',
  ],
  ["throw Object.freeze(new Error('frozen'));", 'frozen'],
  [
    "throw Object.assign(new Error('no'), { message: { code: 7 } });",
    'Error: its message is not text: { code: 7 }',
  ],
  ["throw Object.assign(new Error('no'), { message: 42 });", '42'],
  [
    "throw Object.assign(new Error('no'), { message: Symbol('sign') });",
    'Error: its message is not text: Symbol(sign)',
  ],
  ["throw Object.assign(new Error('no'), { stack: { at: 'nowhere' } });", 'no'],
  [
    "throw Object.defineProperty(new Error('no'), 'message', { get() { throw new Error('ha'); } });",
    'Error: its message is not text: reading it throws "ha"',
  ],
  ["throw Object.defineProperty(new Error('no'), 'stack', { get() { throw new Error('ha'); } });", 'no'],
  ["throw Object.defineProperty(new TypeError(''), 'name', { value: 7 });", 'Error'],
  ["const error = new Error('round'); error.cause = error; throw error;", 'round'],
  ["throw new AggregateError([new Error('one'), 'two', 3, 4]);", "AggregateError: one; 'two'; 3; …"],
  ["throw new AggregateError([new Error('one')], 'both failed');", 'both failed'],
  ["throw new Proxy(new Error('behind it'), {});", 'behind it'],
  [
    "throw new Proxy(new Error('behind it'), { get() { throw new Error('get'); }, has() { throw new Error('has'); }, getPrototypeOf() { throw new Error('proto'); }, getOwnPropertyDescriptor() { throw new Error('own'); }, ownKeys() { throw new Error('keys'); } });",
    'a Proxy was thrown: Error: behind it',
  ],
  [
    'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;',
    'a Proxy was thrown: <Revoked Proxy>',
  ],
  [
    "class Sly extends Error { get [Symbol.toStringTag](): string { throw new Error('tag'); } } throw new Sly('sly');",
    'sly',
  ],
  ["throw new Error('x'.repeat(1_000_000));", /^x{4096}… The other \d+ bytes of this text were left out\.$/],
  [
    "throw Object.assign(new MessengerError('NOT_FOUND', 'made up'), { code: 'NO_SUCH_CODE', errors: { f() {} } });",
    'made up',
  ],
];

describe.each(['thread', 'process'] as const)('what a handler throws in a %s of its own', (isolation) => {
  const atEnd = endAfterAll();

  test('is told with a sentence, whatever it is, and breaks nothing', async () => {
    const names = thrown.map((_, number) => `Act${number}`);
    const source = (name: string, statement: string) =>
      botSource(name, statement, { settings: "match: 'any'" }).replace(
        '{ BotActionHandler,',
        '{ BotActionHandler, MessengerError,',
      );
    const bots = names.map((name, number) => [`${name}.ts`, source(name, thrown[number]?.[0] ?? '')]);
    const testGroup = await TestGroup.open(Object.fromEntries(bots), { isolation }, atEnd);
    for (const name of names) await testGroup.attach(name.toLowerCase());
    const failures = testGroup.collect('BotActionFailed');
    await testGroup.watch('Ada', 'hi');
    const told = failures.map(({ error }) => error.message);
    expect(told).toEqual(
      thrown.map(([, sentence]) =>
        typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
      ),
    );
    expect(failures[0]?.error.stack).toContain('bots/Act0.ts:');
    expect(JSON.parse(JSON.stringify(await listFailedRuns(testGroup.app, 100)))).toHaveLength(thrown.length);
  });
});

test('what a file throws while it is loaded is told with a sentence, too', async () => {
  const hostile = "throw Object.defineProperty(new Error('no'), 'stack', { value: 7 });";
  const testGroup = await TestGroup.open({
    'Stack.ts': hostile,
    'Message.ts': "throw Object.assign(new Error('no'), { message: { code: 7 } });",
  });
  expect(testGroup.app.catalogue.problems.map(({ message }) => message)).toEqual([
    'bots/Message.ts:1: Error: its message is not text: { code: 7 }. The file was not loaded; correct it and save.',
    'bots/Stack.ts: no. The file was not loaded; correct it and save.',
  ]);
});
