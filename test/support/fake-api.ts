import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * An HTTP API with fixed answers by request (`GET threads/ops/messages`), for tests of what a client does with an
 * answer that comes late, in another order, or not at all. What has no answer is not found.
 */
export class FakeApi {
  readonly url: string;
  /** All requests, oldest first. */
  readonly asked: string[] = [];
  readonly #answers: Record<string, unknown>;
  readonly #held = new Map<string, Promise<void>>();
  readonly #arrivals: EventEmitter;

  static async open(answers: Record<string, unknown>): Promise<FakeApi> {
    const arrivals = new EventEmitter();
    const server = createServer(async ({ method, url = '' }, response) => {
      const request = `${method} ${url.replace('/api/messenger/', '')}`;
      const answer = await api.#answer(request);
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: `There is no ${request}.` }));
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

  private constructor(url: string, answers: Record<string, unknown>, arrivals: EventEmitter) {
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
    const answer = this.#answers[request];
    this.#arrivals.emit(request);
    await this.#held.get(request);
    return answer;
  }
}
