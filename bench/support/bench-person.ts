import { Agent, request } from 'node:http';
import { Realtime } from '../../src/client/index.ts';
import type { Ready } from './bench-daemon.ts';

/** Node's own client takes a third of the time of `fetch`, which would be missing to the daemon. */
const agent = new Agent({ keepAlive: true });

/** A person's place in a group, and how they log in. */
export interface BenchSeat {
  token: string;
  userId: string;
  threadId: string;
}

/** How long a message took, in milliseconds. */
export interface Times {
  /** Until the request was answered. */
  posted: number;
  /** Until the bot's message arrived over the WebSocket. */
  answered: number;
}

/** Sends messages to a group over HTTP, and hears what its bot answers over a WebSocket. */
export class BenchPerson {
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #realtime: Realtime;
  readonly #waiting = new Map<string, () => void>();
  #count = 0;

  static async connect(ready: Ready, { token, userId, threadId }: BenchSeat): Promise<BenchPerson> {
    const person: BenchPerson = await new Promise((resolve) => {
      const opened: BenchPerson = new BenchPerson({ ...ready, token }, threadId, () => resolve(opened));
      opened.#realtime.subscribe(`private-messenger.user.${userId}`);
    });
    return person;
  }

  private constructor(login: Ready & { token: string }, threadId: string, onOnline: () => void) {
    this.#url = new URL(`/api/messenger/threads/${threadId}/messages`, login.url);
    this.#headers = { authorization: `Bearer ${login.token}`, 'content-type': 'application/json' };
    this.#realtime = new Realtime({
      ...login,
      onEvent: ({ event, data }) => event === 'new.message' && this.#hear(data as { body: string }),
      onStatus: (status) => status === 'online' && onOnline(),
    });
  }

  /** Sends a message and waits for its answer. */
  async ask(): Promise<Times> {
    const number = ++this.#count;
    const begun = performance.now();
    const heard = new Promise<number>((resolve) => {
      this.#waiting.set(`answer ${number}`, () => resolve(performance.now() - begun));
    });
    await this.#post(JSON.stringify({ message: `!ask ${number}`, temporary_id: `${number}` }));
    const posted = performance.now() - begun;
    return { posted, answered: await heard };
  }

  close(): void {
    this.#realtime.close();
  }

  #post(body: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', agent, headers: this.#headers };
      const sent = request(this.#url, options, (answer) => {
        if (answer.statusCode !== 201) reject(new Error(`The message got ${answer.statusCode}.`));
        answer.resume().on('end', resolve);
      });
      sent.on('error', reject).end(body);
    });
  }

  #hear({ body }: { body: string }): void {
    this.#waiting.get(body)?.();
    this.#waiting.delete(body);
  }
}
