import { describe, expect, test } from 'vitest';
import { handlerSource } from '../support/handlers.ts';
import { rejection, shortDeadline, TestSandbox } from '../support/sandbox.ts';

const files = (body: string, more: Record<string, string> = {}) => ({
  'bots/BadBot.ts': handlerSource('BadBot', '!bad', body),
  'bots/GoodBot.ts': handlerSource('GoodBot', '!good', "await this.composer().message('fine');"),
  ...more,
});

describe('what a handler throws', () => {
  test('comes with the frames of the author alone, with paths in the workspace', async () => {
    const sandbox = new TestSandbox(
      files("const { fail } = await import('./tools/fail.ts'); await fail();", {
        'bots/tools/fail.ts': "export async function fail() {\n  throw new TypeError('no such city');\n}",
      }),
    );
    const error = await rejection(sandbox.run('BadBot'));
    expect(error.message).toBe('no such city');
    expect(error.stack?.split('\n')).toEqual([
      expect.stringMatching(/^at (async )?fail \(bots\/tools\/fail\.ts:2:\d+\)$/),
      expect.stringMatching(/^at (async )?BadBot\.handle \(bots\/BadBot\.ts:16:\d+\)$/),
    ]);
  });

  test.each([
    ["throw new Error('')", 'Error'],
    ["throw 'just text'", 'just text'],
    ['throw { reason: 1 }', 'a value that is not an Error was thrown: { reason: 1 }'],
    ['throw undefined', 'a value that is not an Error was thrown: undefined'],
    ["throw Symbol('odd')", 'a value that is not an Error was thrown: Symbol(odd)'],
  ])('%s is told as %o', async (body, message) => {
    const sandbox = new TestSandbox(files(body));
    expect((await rejection(sandbox.run('BadBot'))).message).toBe(message);
  });

  test('keeps its code where it is one of ours', async () => {
    const sandbox = new TestSandbox(files('new (this.constructor as any)().releaseCooldown();'));
    const error = await rejection(sandbox.run('BadBot'));
    expect([error.code, error.message]).toEqual([
      'HANDLER_OUTSIDE_RUN',
      expect.stringMatching(/^BadBot\.releaseCooldown\(\) is available only while/),
    ]);
  });

  test('a class that is not there any more is unknown', async () => {
    const sandbox = new TestSandbox({ 'bots/GoneBot.ts': 'export const nothing = 1;' });
    expect((await rejection(sandbox.run('GoneBot'))).code).toBe('HANDLER_UNKNOWN');
  });

  test('a file that is broken by now says so', async () => {
    const sandbox = new TestSandbox({ 'bots/BadBot.ts': 'export class BadBot {' });
    const error = await rejection(sandbox.run('BadBot'));
    expect([error.code, error.message]).toEqual([
      'HANDLER_FILE_BROKEN',
      expect.stringMatching(/^bots\/BadBot\.ts:1: /),
    ]);
  });
});

describe('a handler that does not end well', () => {
  test.each([
    [
      'throws in a timer',
      "setTimeout(() => { throw new Error('too late'); }); await new Promise(() => {});",
      undefined,
      'too late',
    ],
    ['leaves a rejected promise to nobody', "void Promise.reject(new Error('adrift'));", undefined, 'adrift'],
    ['leaves a refused message to nobody', "void this.composer().message('a');", undefined, 'refused'],
    [
      'ends its thread',
      'process.exit(3);',
      'HANDLER_EXITED',
      'BadBot ended its own worker (process.exit(3)). A handler must return instead.',
    ],
    [
      'loops for ever',
      'while (true);',
      'HANDLER_TIMEOUT',
      'BadBot did not finish within 1000 ms and was stopped.',
    ],
    [
      'never comes back',
      'await new Promise(() => {});',
      'HANDLER_TIMEOUT',
      'BadBot did not finish within 1000 ms and was stopped.',
    ],
  ])('one that %s fails alone: its thread is gone, the next run works', async (_, body, code, message) => {
    const sandbox = new TestSandbox(files(body), { timeout: shortDeadline, threads: 1 });
    const onRequest = () => Promise.reject(new Error('refused'));
    const error = await rejection(sandbox.run('BadBot', { onRequest }));
    expect([error.code, error.message]).toEqual([code, message]);
    await sandbox.run('GoodBot');
    expect(sandbox.asked).toMatchObject([{ args: { body: 'fine' } }]);
    // The one that is kept for the next run, and a spare one.
    await expect.poll(() => sandbox.sandbox.workers.alive, { timeout: 30_000 }).toBe(2);
  });

  test.each([
    ['many texts', "const all = []; for (let i = 0; ; i++) all.push(String(i).padEnd(500, 'text'));"],
    ['one list that grows', 'const all = []; for (;;) all.push([all.length]);'],
    [
      'a listener that comes back',
      'const all = []; for (;;) { all.push(Array(10_000).fill({ a: 1 })); await null; }',
    ],
  ])('one that fills the memory with %s is out of memory; the next run works', async (_, body) => {
    const sandbox = new TestSandbox(files(body), { memory: 48, threads: 1 });
    const error = await rejection(sandbox.run('BadBot'));
    expect([error.code, error.message]).toEqual([
      'HANDLER_OUT_OF_MEMORY',
      'BadBot used more than its 48 MB of memory and was stopped.',
    ]);
    await sandbox.run('GoodBot');
    expect(sandbox.asked).toHaveLength(1);
  });

  test('one whose error comes when another handler runs does not fail that one', async () => {
    const late =
      "setTimeout(() => { throw new Error('late'); }, 1); globalThis.setTimeout(() => Promise.reject(new Error('later')), 1);";
    const sandbox = new TestSandbox(
      files(late, {
        'bots/NextBot.ts': handlerSource(
          'NextBot',
          '!next',
          "await new Promise((go) => setTimeout(go, 50)); await this.composer().message('mine');",
        ),
      }),
      { threads: 1 },
    );
    await sandbox.run('BadBot');
    await sandbox.run('NextBot');
    expect(sandbox.asked).toMatchObject([{ args: { body: 'mine' } }]);
  });
});

describe('an abort', () => {
  test('stops a running handler and its thread, with the reason of the signal', async () => {
    const sandbox = new TestSandbox(files("await this.composer().message('here'); for (;;);"), {
      threads: 1,
    });
    const ending = new AbortController();
    const run = sandbox.run('BadBot', {
      signal: ending.signal,
      onRequest: async () => ending.abort(new Error('the process ends')),
    });
    expect((await rejection(run)).message).toBe('the process ends');
    // The spare one.
    await expect.poll(() => sandbox.sandbox.workers.alive, { timeout: 30_000 }).toBe(1);
  });

  test('that came before lets nothing run', async () => {
    const sandbox = new TestSandbox(files("console.log('ran');"), { threads: 1 });
    const run = sandbox.run('BadBot', { signal: AbortSignal.abort(new Error('too late')) });
    expect((await rejection(run)).message).toBe('too late');
    await sandbox.run('GoodBot');
    expect(sandbox.printed).toEqual([]);
  });
});
