import type { UserConfig } from '../../src/config/schema.ts';
import { RawClient, type Told } from './realtime.ts';
import type { AtEnd } from './temporary-folder.ts';
import { type Role, TestServer } from './test-server.ts';

/** A test server whose people are connected: each listens to their own channel, and to that of the group they are in. */
export class Live {
  readonly testServer: TestServer;

  static async open(bots: Record<string, string>, atEnd: AtEnd, config: UserConfig = {}): Promise<Live> {
    return new Live(await TestServer.open(bots, config, atEnd));
  }

  private constructor(testServer: TestServer) {
    this.testServer = testServer;
  }

  /** The channel of the group. */
  get room(): string {
    return `presence-messenger.thread.${this.testServer.thread.id}`;
  }

  /** The own channel of somebody. */
  own(role: Role): string {
    return `private-messenger.user.${this.testServer.users.get(role)?.id}`;
  }

  /** Where sockets are opened. */
  get url(): string {
    const { url, key } = this.testServer.server.realtime;
    return `${url}/app/${key}?protocol=7`;
  }

  /** What the signing endpoint answers. */
  async sign(role: Role, socketId: string, channel: string) {
    return this.testServer.request('/api/broadcasting/auth', {
      method: 'POST',
      headers: { ...this.testServer.login(role), 'content-type': 'application/json' },
      body: JSON.stringify({ socket_id: socketId, channel_name: channel }),
    });
  }

  /** Somebody's socket, listening to channels. */
  async connect(role: Role, ...channels: string[]): Promise<RawClient> {
    const client = await RawClient.connect(this.url);
    for (const channel of channels) {
      const { body } = await this.sign(role, client.socketId, channel);
      const { event } = await client.ask({ event: 'pusher:subscribe', data: { channel, ...body } });
      if (event !== 'pusher_internal:subscription_succeeded') throw new Error(`${channel}: ${event}`);
    }
    return client;
  }

  /** What was told until the end of what happened so far, which a message marks. */
  async until(client: RawClient, mark: string): Promise<Told[]> {
    const told: Told[] = [];
    for (;;) {
      const next = await client.next();
      if (next.event === 'new.message' && (next.data as { body: string }).body === mark) return told;
      told.push(next);
    }
  }
}
