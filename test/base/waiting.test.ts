import { describe, expect, test } from 'vitest';
import { createError } from '../../src/base/errors.ts';
import { isEnding, Waiting } from '../../src/base/waiting.ts';

const ending = expect.objectContaining({ code: 'MESSENGER_ENDING' });
const never = new Promise<never>(() => {});

test.each<[string, unknown, boolean]>([
  ['the error of an ending process', createError('MESSENGER_ENDING'), true],
  ['another error of ours', createError('NOT_LOCATED', 'bot'), false],
  ['a foreign error with the same code', Object.assign(new Error('a'), { code: 'MESSENGER_ENDING' }), false],
  ['nothing', undefined, false],
])('%s is an ending: %#', (_, error, expected) => {
  expect(isEnding(error)).toBe(expected);
});

describe('a change', () => {
  test('wakes all who wait for it', async () => {
    const waiting = new Waiting();
    const changes = [waiting.nextChange(), waiting.nextChange()];
    waiting.notify();
    expect(await Promise.all(changes)).toEqual([undefined, undefined]);
  });

  test('does not wake who begins to wait afterwards', async () => {
    const waiting = new Waiting();
    waiting.notify();
    const next = waiting.nextChange().then(() => 'changed');
    expect(await Promise.race([next, new Promise(setImmediate).then(() => 'still waiting')])).toBe(
      'still waiting',
    );
    waiting.notify();
    expect(await next).toBe('changed');
  });
});

describe('work', () => {
  test('resolves with its result', async () => {
    expect(await new Waiting().until(Promise.resolve('done'))).toBe('done');
  });

  test('rejects with what it throws', async () => {
    const error = new Error('broken');
    await expect(new Waiting().until(Promise.reject(error))).rejects.toBe(error);
  });
});

describe('closing', () => {
  test('rejects all who wait, for a change and for work', async () => {
    const waiting = new Waiting();
    const waiters = [waiting.nextChange(), waiting.until(never)];
    waiting.close();
    await expect(Promise.allSettled(waiters)).resolves.toEqual([
      { status: 'rejected', reason: ending },
      { status: 'rejected', reason: ending },
    ]);
  });

  test('rejects all who come later, even with work that is done', async () => {
    const waiting = new Waiting();
    waiting.assertOpen();
    waiting.close();
    expect(() => waiting.assertOpen()).toThrow(ending);
    await expect(waiting.nextChange()).rejects.toEqual(ending);
    await expect(waiting.until(Promise.resolve('done'))).rejects.toEqual(ending);
  });

  test('changes nothing for who is done', async () => {
    const waiting = new Waiting();
    const done = await waiting.until(Promise.resolve('done'));
    waiting.close();
    waiting.close();
    expect(done).toBe('done');
  });
});
