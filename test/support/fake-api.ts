import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What the API answers, by `METHOD path` below `/api/messenger/`: JSON, or an unsuccessful answer. */
export type Answers = Record<string, unknown>;

/** An unsuccessful answer. */
export class Refused {
  constructor(
    readonly status: number,
    readonly message: string,
    readonly errors?: Record<string, string[]>,
  ) {}
}

/**
 * An HTTP API with fixed answers by request (`GET threads/ops/messages`), for tests of what a client does with an
 * answer, also with one that comes late, in another order, or not at all. What has no answer is not found if it is
 * read, and answered with an empty object if it is written.
 */
export class FakeApi {
  readonly url: string;
  /** All requests, oldest first. */
  readonly asked: string[] = [];
  /** The requests that write, as `METHOD path body`. */
  readonly written: string[] = [];
  readonly #answers: Answers;
  readonly #held = new Map<string, Promise<void>>();
  readonly #arrivals: EventEmitter;

  static async open(answers: Answers): Promise<FakeApi> {
    const arrivals = new EventEmitter();
    const server = createServer(async (request, response) => {
      const { method, url = '' } = request;
      const line = `${method} ${url.replace('/api/messenger/', '')}`;
      const body = await text(request);
      if (method !== 'GET') api.written.push(`${line} ${body}`.trim());
      const answer = await api.#answer(line);
      const [status, value] = answer instanceof Refused ? [answer.status, { ...answer }] : [200, answer];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const api = new FakeApi(`http://127.0.0.1:${port}`, answers, arrivals);
    return api;
  }

  private constructor(url: string, answers: Answers, arrivals: EventEmitter) {
    this.url = url;
    this.#answers = answers;
    this.#arrivals = arrivals;
  }

  /** Answers another way from now on. */
  answer(request: string, answer: unknown): void {
    this.#answers[request] = answer;
  }

  /** Holds the answers to a request back: `arrived` resolves once it is asked, `release` lets them go. */
  hold(request: string): { arrived: Promise<unknown>; release: () => void } {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#held.set(request, released);
    return { arrived: once(this.#arrivals, request), release };
  }

  async #answer(request: string): Promise<unknown> {
    this.asked.push(request);
    const missing = request.startsWith('GET ') ? new Refused(404, `There is no ${request}.`) : {};
    const answer = withMeta(this.#answers[request] ?? missing);
    this.#arrivals.emit(request);
    await this.#held.get(request);
    return answer;
  }
}

/** A page that says nothing of another one is the only one. */
function withMeta(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('data' in answer) || !Array.isArray(answer.data))
    return answer;
  const { length: total } = answer.data;
  return { meta: { next_page_id: null, next_page_route: null, total }, ...answer };
}
