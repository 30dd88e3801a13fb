import { describe, expect, test } from 'vitest';
import { MovableClock } from '../../src/base/clock.ts';
import { RateLimiter } from '../../src/http/rate-limits.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
const standing = () => new MovableClock(() => 0);

describe('a limiter', () => {
  test('counts down, refuses, and begins anew a minute after the first', () => {
    const clock = standing();
    const limiter = new RateLimiter(clock);
    expect(limiter.count('ada', 2)).toEqual({ limit: 2, remaining: 1, retryAfter: null });
    clock.advance(20_000);
    expect(limiter.count('ada', 2)).toEqual({ limit: 2, remaining: 0, retryAfter: null });
    expect(limiter.count('ada', 2)).toEqual({ limit: 2, remaining: 0, retryAfter: 40 });
    clock.advance(39_999);
    expect(limiter.count('ada', 2)?.retryAfter).toBe(1);
    clock.advance(1);
    expect(limiter.count('ada', 2)).toEqual({ limit: 2, remaining: 1, retryAfter: null });
  });

  test('counts everybody for themselves', () => {
    const limiter = new RateLimiter(standing());
    limiter.count('ada', 1);
    expect(limiter.count('bob', 1)?.retryAfter).toBeNull();
  });

  test('limits nothing with 0', () => {
    expect(new RateLimiter(standing()).count('ada', 0)).toBeNull();
  });
});

describe('a server', () => {
  test('tells what is left, refuses what is too much, and everybody has their own', async () => {
    const testServer = await TestServer.open({}, { http: { rateLimits: { api: 2 } } }, atEnd);
    const ask = async (role: 'participant' | 'admin') => {
      const { status, headers, body } = await testServer.call('GET', '', undefined, role);
      const [limit, remaining] = ['x-ratelimit-limit', 'x-ratelimit-remaining'].map((name) =>
        headers.get(name),
      );
      return { status, limit, remaining, message: body.message, retry: headers.get('retry-after') };
    };
    const granted = { status: 200, limit: '2', message: undefined, retry: null };
    expect(await ask('admin')).toEqual({ ...granted, remaining: '1' });
    expect(await ask('admin')).toEqual({ ...granted, remaining: '0' });
    expect(await ask('admin')).toEqual({
      ...{ status: 429, limit: '2', remaining: '0', message: 'Too Many Attempts.', retry: '60' },
    });
    expect(await ask('participant')).toEqual({ ...granted, remaining: '1' });
    testServer.testGroup.clock.advance(60_000);
    expect(await ask('admin')).toEqual({ ...granted, remaining: '1' });
  });

  test('says nothing of limits where there are none', async () => {
    const testServer = await TestServer.open({}, { http: { rateLimits: { api: 0 } } }, atEnd);
    const { headers } = await testServer.call('GET', '');
    expect(headers.get('x-ratelimit-limit')).toBeNull();
  });
});
