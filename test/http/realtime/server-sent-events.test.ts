import { beforeAll, describe, expect, test } from 'vitest';
import { asProvider } from '../../../src/domain/user.ts';
import { leaveThread } from '../../../src/services/threads/leave-thread.ts';
import { revokeTokens } from '../../../src/services/users/tokens.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { type Role, TestServer } from '../../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, {}, atEnd);
});

const path = (thread = testServer.thread.id) => `/api/messenger/threads/${thread}/events`;
const say = (body: string) =>
  testServer.call('POST', `/threads/${testServer.thread.id}/messages`, { message: body, temporary_id: '1' });

/** A stream of events, piece by piece as they are sent. */
async function open(
  role: Role,
  on = testServer,
): Promise<{ response: Response; next(): Promise<string | undefined> }> {
  const response = await fetch(`${on.server.url}${path(on.thread.id)}`, { headers: on.login(role) });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<string | undefined> => {
    const [piece = '', ...rest] = text.split('\n\n');
    if (rest.length > 0) {
      text = rest.join('\n\n');
      return piece;
    }
    const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return undefined;
    text += value;
    return next();
  };
  return { response, next };
}

const named = (piece = '') => Object.fromEntries(piece.split('\n').map((line) => line.split(/: (.*)/s, 2)));

describe('a stream of events', () => {
  test('has the broadcasts of the thread, with ids', async () => {
    const { response, next } = await open('participant');
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await next()).toBe('retry: 3000');
    const { body } = await say('hello');
    const first = named(await next());
    expect(first).toEqual({ id: expect.any(String), event: 'new.message', data: expect.any(String) });
    expect(JSON.parse(first.data)).toEqual(body);
    const admin = testServer.users.get('admin');
    if (admin === undefined) throw new Error('There is no admin.');
    const from = { from: asProvider(admin), profile: { type: 'user', user: admin } as const };
    testServer.app.events.emit('Typing', { threadId: testServer.thread.id, ...from });
    const second = named(await next());
    expect(second.event).toBe('client-typing');
    expect(second.id > first.id).toBe(true);
  });

  test('is kept open while nothing happens', async () => {
    const { next } = await open('participant');
    await next();
    testServer.testGroup.clock.real.advance(15_000);
    expect(await next()).toBe(': still here');
  });

  test('has nothing of what is meant for others', async () => {
    const { next } = await open('admin');
    await next();
    await testServer.call('POST', `/threads/${testServer.thread.id}/knock-knock`);
    await say('after');
    expect(named(await next()).event).toBe('new.message');
  });

  test('ends for somebody who leaves', async () => {
    const { next } = await open('manager');
    await next();
    const manager = testServer.users.get('manager');
    if (manager) await leaveThread(testServer.app, testServer.thread, manager);
    for (let piece: string | undefined = ''; piece !== undefined; piece = await next()) {
      expect(piece).not.toContain('after');
    }
  });

  test('ends when the token it was opened with is revoked', async () => {
    const other = await TestServer.open({}, {}, atEnd);
    const { next } = await open('participant', other);
    await next();
    await revokeTokens(other.app, other.users.get('participant')?.name ?? '');
    other.testGroup.clock.real.advance(15_000);
    for (let piece: string | undefined = ''; piece !== undefined; piece = await next()) {
      expect(['', ': still here']).toContain(piece);
    }
  });

  test('may be left by its reader at any time', async () => {
    const gone = new Promise<void>((resolve) => {
      testServer.server.server.once('request', (_, response) => response.once('close', resolve));
    });
    const reading = new AbortController();
    const headers = testServer.login('admin');
    await fetch(`${testServer.server.url}${path()}`, { headers, signal: reading.signal });
    reading.abort();
    await gone;
    expect((await say('to nobody')).status).toBe(201);
    expect(testServer.problems).toEqual([]);
  });

  test.each<[Role, number]>([
    ['guest', 401],
    ['outsider', 403],
  ])('is not for a %s', async (role, status) => {
    const { status: answered } = await testServer.request(path(), { headers: testServer.login(role) });
    expect(answered).toBe(status);
  });

  test('of a thread that is none is not there', async () => {
    const { status } = await testServer.request(path('nowhere'), { headers: testServer.login('admin') });
    expect(status).toBe(404);
  });

  test('ends with the server, which does not wait for it', async () => {
    const other = await TestServer.open({}, {}, atEnd);
    const { next } = await open('admin', other);
    await next();
    await other.server.close();
    expect(await next()).toBeUndefined();
    expect(other.problems).toEqual([]);
  });
});
