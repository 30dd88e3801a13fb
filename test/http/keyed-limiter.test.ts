import { expect, test } from 'vitest';
import { KeyedLimiter } from '../../src/http/keyed-limiter.ts';

/** Tasks that a test starts by name and ends one by one. */
function tasks(limit: number) {
  const limiter = new KeyedLimiter(limit);
  const running = new Map<string, (error?: Error) => void>();
  const results: Promise<unknown>[] = [];
  const settle = () => new Promise(setImmediate);
  return {
    /** Queues a task; its key is the first letter of its name. */
    async start(name: string) {
      const work = () =>
        new Promise<string>((resolve, reject) => {
          running.set(name, (error) => (error ? reject(error) : resolve(name)));
        });
      results.push(limiter.run(name[0] ?? '', work).catch((error: unknown) => error));
      await settle();
    },
    async end(name: string, error?: Error) {
      running.get(name)?.(error);
      running.delete(name);
      await settle();
    },
    running: () => [...running.keys()],
    results: () => Promise.all(results),
  };
}

test('tasks of one key run up to the limit, and the others wait in order', async () => {
  const { start, end, running, results } = tasks(2);
  for (const name of ['a1', 'a2', 'a3', 'a4']) await start(name);
  expect(running()).toEqual(['a1', 'a2']);
  await end('a2');
  expect(running()).toEqual(['a1', 'a3']);
  await end('a1');
  await end('a3');
  expect(running()).toEqual(['a4']);
  await end('a4');
  expect(await results()).toEqual(['a1', 'a2', 'a3', 'a4']);
});

test('tasks of other keys do not wait', async () => {
  const { start, running } = tasks(1);
  for (const name of ['a1', 'a2', 'b1']) await start(name);
  expect(running()).toEqual(['a1', 'b1']);
});

test('a task that fails passes its turn on, and its error to whoever asked', async () => {
  const { start, end, running, results } = tasks(1);
  const broken = new Error('The connection was closed.');
  await start('a1');
  await start('a2');
  await end('a1', broken);
  expect(running()).toEqual(['a2']);
  await end('a2');
  expect(await results()).toEqual([broken, 'a2']);
});

test('the limit holds again after all limiter were given back', async () => {
  const { start, end, running } = tasks(1);
  await start('a1');
  await end('a1');
  await start('a2');
  await start('a3');
  expect(running()).toEqual(['a2']);
});

test('a task that fails before it begins gives its turn back', async () => {
  const limiter = new KeyedLimiter(1);
  const broken = new Error('No body.');
  const fail = () => {
    throw broken;
  };
  await expect(limiter.run('a', fail)).rejects.toBe(broken);
  expect(await limiter.run('a', async () => 'done')).toBe('done');
});
