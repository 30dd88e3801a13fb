import type { HttpAnswer, HttpRequest, Outside } from '../../domain/outside.ts';

/** What answers the HTTP requests of handlers in place of the network. */
export interface Network {
  /** @throws an error for the handler, where there is no answer */
  answer(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** Whether it sends them to the network itself. Connections of other kinds are then opened as usual. */
  isRecording?: boolean;
}

/** What handlers meet in place of the world outside. */
export interface OutsideEffects {
  /** Chance is the same for the same seed: `Math.random()` in the first run of the thread, the second, and so on. */
  seed?: string | number | undefined;
  network?: Network | undefined;
}

interface Entry extends OutsideEffects {
  /** The position of each run since it began. One that starts again keeps its own. */
  runs: Map<string, number>;
}

/** In which threads handlers meet something else than the world outside. In a daemon that serves, it is empty. */
export class OutsideByThread {
  readonly #entries = new Map<string, Entry>();

  /**
   * Lets the handlers of a thread meet these effects from now on.
   *
   * @returns ends that
   */
  use(threadId: string, effects: OutsideEffects): () => void {
    const entry = { ...effects, runs: new Map() };
    this.#entries.set(threadId, entry);
    return () => {
      if (this.#entries.get(threadId) === entry) this.#entries.delete(threadId);
    };
  }

  /** What answers the requests of a thread's handlers; undefined if they go to the network. */
  networkOf(threadId: string): Network | undefined {
    return this.#entries.get(threadId)?.network;
  }

  /** What a run passes to its worker; undefined where it meets the real world. */
  ofRun(threadId: string, runId: string): Outside | undefined {
    const entry = this.#entries.get(threadId);
    if (entry === undefined) return undefined;
    const { seed, network, runs } = entry;
    const position = runs.get(runId) ?? runs.size + 1;
    runs.set(runId, position);
    return {
      ...(seed !== undefined && { seed: `${seed} ${position}` }),
      ...(network && { network: network.isRecording ? 'recorded' : 'answered' }),
    };
  }
}
