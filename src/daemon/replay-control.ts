import type { App } from '../app.ts';
import type { Replay, ReplayRequest } from '../domain/replay.ts';
import { replay } from '../replay/replay.ts';

/** Sends messages again for several windows, one request after the other. */
export class ReplayControl {
  readonly #app: App;
  readonly #end = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(app: App) {
    this.#app = app;
  }

  replay(request: ReplayRequest): Promise<Replay> {
    const turn = this.#turn.then(() => replay(this.#app, request, this.#end.signal));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Answers a request that came over the control socket, as a line of JSON. */
  async receive(lines: AsyncIterable<string>): Promise<Replay> {
    for await (const line of lines) return this.replay(JSON.parse(line));
    return { messages: [], milliseconds: 0, left: 0 };
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#turn;
  }
}
