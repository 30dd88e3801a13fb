import { expect } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { messageTypes } from '../../src/domain/message.ts';
import { queuePurge } from '../../src/services/bots/purge-bots.ts';
import { listFailedRuns } from '../../src/services/failed-runs/failed-runs.ts';
import { threadIdle } from '../../src/services/jobs.ts';
import { createInvite } from '../../src/services/threads/invites.ts';
import { makeToken, revokeTokens } from '../../src/services/users/tokens.ts';
import { exactBot, posting } from './bot-source.ts';
import { samples } from './file-bytes.ts';
import { putMessages } from './put-messages.ts';
import type { AtEnd } from './temporary-folder.ts';
import { type Answer, TestServer } from './test-server.ts';

const bots = {
  'Hello.ts': exactBot('Hello', 'hi', posting("'hello'")),
  'Broken.ts': exactBot('Broken', 'break', "throw new Error('broken');"),
  'Again.ts': exactBot('Again', 'again', "throw new Error('again');", { settings: 'retries: 1,' }),
  'Pack.ts': `
    import { PackagedBot } from 'messenger-bots';
    import { Hello } from './Hello.ts';
    export class Pack extends PackagedBot {
      static override getSettings() { return { alias: 'pack', description: 'Of a test.', name: 'Pack' }; }
      static override installs() { return [Hello]; }
    }`,
};

/** A group whose people do everything that the product is for. */
export class BusyGroup {
  readonly server: TestServer;
  readonly #thread: string;

  static async open(atEnd: AtEnd): Promise<BusyGroup> {
    const config = { http: { rateLimits: { api: 0, message: 0, attachment: 0 } }, knocks: { timeout: 1 } };
    return new BusyGroup(await TestServer.open(bots, config, atEnd));
  }

  private constructor(server: TestServer) {
    this.server = server;
    this.#thread = `/threads/${server.thread.id}`;
  }

  async useEverything(): Promise<void> {
    await this.#useBots();
    await this.#useMessages();
    await this.#useThreads();
    await this.#useAgain();
  }

  async #useBots(): Promise<void> {
    const { app, testGroup, thread } = this.server;
    const bot = await this.#post('/bots', { name: 'Robo', enabled: true, hide_actions: false, cooldown: 1 });
    for (const handler of ['hello', 'broken', 'again']) {
      const fields = { handler, cooldown: 1, admin_only: false, enabled: true };
      const action = await this.#post(`/bots/${bot}/actions`, fields);
      await this.#call('PUT', `/bots/${bot}/actions/${action}`, fields);
    }
    await this.#post('/bots/packages', { alias: 'pack' });
    await this.#get(
      ...['/bots', `/bots/${bot}`, `/bots/${bot}/actions`, `/bots/${bot}/add-handlers`, '/bots/packages'],
    );
    await this.#call('PUT', `/bots/${bot}`, {
      name: 'Robo',
      enabled: true,
      hide_actions: false,
      cooldown: 0,
    });
    const message = await this.#say('hi');
    for (const text of ['hi', 'break', 'again']) await this.#say(text);
    await this.#get(`/messages/${message}/verdicts`, '/failed-runs');
    const [failed] = await listFailedRuns(app, 1);
    await this.#call('POST', `/failed-runs/${failed?.id}/retry`);
    testGroup.clock.advance(60_000);
    await app.queue.idle();
    await this.#call('DELETE', '/cooldowns');
    await this.#call('DELETE', `/bots/${bot}`);
    testGroup.clock.advance(60_000);
    await queuePurge(app, 0);
    await app.store.jobs.extend('messenger-bots', { owner: 'me', until: app.clock.now() });
    await app.store.jobs.releaseOwner('messenger-bots', 'me', [1]);
    await threadIdle(app, thread.id);
    await app.queue.idle();
  }

  async #useMessages(): Promise<void> {
    await putMessages(
      this.server.testGroup,
      Array.from({ length: 120 }, (_, index) => ({ type: index % 2 === 0 ? 0 : messageTypes.GROUP_RENAMED })),
    );
    const message = await this.#say('first');
    for (let times = 0; times < 2; times++) await this.#sendOnce();
    const reply = await this.#post('/messages', {
      message: 'second',
      temporary_id: 'a',
      reply_to_id: message,
    });
    const reaction = await this.#post(`/messages/${message}/reactions`, { reaction: ':joy:' });
    await this.#get(`/messages/${message}`, `/messages/${message}/reactions`);
    await this.#call('DELETE', `/messages/${message}/reactions/${reaction}`);
    await this.#call('PUT', `/messages/${message}`, { message: 'changed' });
    await this.#get(`/messages/${message}/history`);
    const picture = new FormData();
    picture.set('image', new Blob([new Uint8Array(samples.png)]), 'a.png');
    picture.set('temporary_id', 't');
    await this.#call('POST', '/images', picture);
    for (const list of ['messages', 'logs', 'images', 'documents', 'audio', 'videos'])
      await this.#get(`/${list}`, `/${list}/page/${message}`);
    for (const place of ['search?q=sec', 'around/:m', 'newer/:m', 'since/2026-01-01T00:00:00Z'])
      await this.#get(`/messages/${place.replace(':m', message)}`);
    await this.#call('DELETE', `/messages/${reply}`);
  }

  async #useThreads(): Promise<void> {
    const { server } = this;
    const { app, thread } = server;
    const owner = { type: 'user', id: server.users.get('admin')?.id ?? '' } as const;
    const options = { expiresAt: null, codeEnding: '' };
    const invite = await createInvite(app, { store: app.store, thread, owner, options });
    await server.call('GET', `/join/${invite.code}`, undefined, 'outsider');
    await server.call('POST', `/join/${invite.code}`, undefined, 'outsider');
    await this.#get('', '/load', '/load/messages', '/mark-read', '/is-unread', '/settings');
    const { data } = (await this.#call('GET', '/participants')).body;
    const [first, last] = [data.at(0).id, data.at(-1).id];
    await this.#get(
      '/participants',
      `/participants/page/${first}`,
      `/participants/${first}`,
      '/add-participants',
    );
    for (const step of ['promote', 'demote']) await this.#call('POST', `/participants/${last}/${step}`);
    for (const step of ['knock-knock', 'mute', 'unmute']) await this.#call('POST', `/${step}`);
    await this.#call('DELETE', `/participants/${last}`);
    for (const list of [
      '/threads',
      '/groups',
      `/threads/page/${thread.id}`,
      '/threads/search?q=x',
      '/unread-threads-count',
      '',
      '/heartbeat',
    ])
      await server.call(list === '/heartbeat' ? 'POST' : 'GET', list, list === '/heartbeat' ? {} : undefined);
    await makeToken(app, 'Ada');
    await revokeTokens(app, 'Ada');
  }

  /** The daemon ends, and another one begins. */
  async #useAgain(): Promise<void> {
    await this.server.testGroup.restart();
    await this.server.testGroup.say('Ada', 'hi');
  }

  async #call(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.server.call(method, `${this.#thread}${path}`, body);
    expect([method, path, answer.status]).toEqual([method, path, expect.toSatisfy((status) => status < 300)]);
    return answer;
  }

  async #get(...paths: string[]): Promise<void> {
    for (const path of paths) await this.#call('GET', path);
  }

  async #post(path: string, body: unknown): Promise<string> {
    return (await this.#call('POST', path, body)).body.id;
  }

  async #sendOnce(): Promise<void> {
    await this.server.request(`/api/messenger${this.#thread}/messages`, {
      method: 'POST',
      headers: {
        ...this.server.login('admin'),
        'content-type': 'application/json',
        'idempotency-key': 'once',
      },
      body: JSON.stringify({ message: 'once', temporary_id: 'once' }),
    });
  }

  async #say(message: string): Promise<string> {
    const id = await this.#post('/messages', { message, temporary_id: newId() });
    await this.server.app.queue.idle();
    return id;
  }
}
