import { describe, expect, test } from 'vitest';
import {
  consumeAuthorizing,
  inRequest,
  isAuthorizing,
  outsideRequests,
  setAuthorizing,
} from '../../src/base/authorizing.ts';

/** Runs in an async chain of its own, so that no switch outlives a test. */
const alone = <Result>(work: () => Promise<Result>): Promise<Result> => Promise.resolve().then(work);

test('the check runs unless it is switched off', () => {
  expect([isAuthorizing(), consumeAuthorizing()]).toEqual([true, true]);
  inRequest(() => expect([isAuthorizing(), consumeAuthorizing()]).toEqual([true, true]));
});

describe('in a request the switch', () => {
  test('counts for every call until the request ends', async () => {
    await inRequest(async () => {
      setAuthorizing(false);
      await new Promise(setImmediate);
      expect([consumeAuthorizing(), isAuthorizing(), consumeAuthorizing()]).toEqual([false, false, false]);
    });
    expect(consumeAuthorizing()).toBe(true);
  });

  test('can be switched on again', () => {
    inRequest(() => {
      setAuthorizing(false);
      setAuthorizing(true);
      expect(consumeAuthorizing()).toBe(true);
    });
  });

  test('counts for that request alone', async () => {
    const request = (authorize: boolean) =>
      inRequest(async () => {
        setAuthorizing(authorize);
        await new Promise(setImmediate);
        return consumeAuthorizing();
      });
    expect(await Promise.all([request(false), request(true), request(false)])).toEqual([false, true, false]);
  });
});

describe('outside of every request the switch', () => {
  test('counts for the next call that attaches or installs, and reading does not use it up', async () => {
    await alone(async () => {
      setAuthorizing(false);
      expect([isAuthorizing(), isAuthorizing(), consumeAuthorizing()]).toEqual([false, false, false]);
      expect([isAuthorizing(), consumeAuthorizing()]).toEqual([true, true]);
    });
  });

  test('counts for one of two calls at once', async () => {
    const taken = await alone(async () => {
      setAuthorizing(false);
      return Promise.all([1, 2].map(async () => consumeAuthorizing()));
    });
    expect(taken).toEqual([false, true]);
  });

  test('does not reach a request that begins meanwhile', async () => {
    await alone(async () => {
      setAuthorizing(false);
      inRequest(() => expect(consumeAuthorizing()).toBe(true));
      expect(consumeAuthorizing()).toBe(false);
    });
  });
});

test('where the switch can have no effect it throws, with the place', () => {
  outsideRequests('a configuration while it is loaded', () => {
    expect(() => setAuthorizing(false)).toThrow(
      expect.objectContaining({
        code: 'OUTSIDE_REQUEST',
        message: expect.stringContaining('a configuration while it is loaded'),
      }),
    );
    expect(consumeAuthorizing()).toBe(true);
  });
});
