import { Readable } from 'node:stream';
import type { ErrorJson } from '../base/error-json.ts';
import type { ClockState } from '../domain/clock-state.ts';
import type { NamedEvent } from '../domain/event.ts';

/** An event of a daemon, for local processes that watch it: one of the messenger, or one of the daemon itself. */
export type DaemonEvent =
  | NamedEvent
  /** A handler printed a line. */
  | { name: 'Output'; event: { handler: string; text: string } }
  /** An error occurred that no caller awaits. */
  | { name: 'Error'; event: ErrorJson }
  /** The bots of a thread are done. `mark` is that of the request, see `idle.ts`. */
  | { name: 'Idle'; event: { mark: string } }
  /** The clock was changed by the simulation with this mark, see `clock-control.ts`. */
  | { name: 'Clock'; event: { by: string; state: ClockState } };

type Listener = (event: DaemonEvent) => void;

/** The most bytes buffered for a reader that is too slow. Beyond that its stream is closed. */
const bufferLimit = 16 * 1024 * 1024;

/** Emits the events of a daemon to all who listen, in order. */
export class DaemonEvents {
  readonly #listeners = new Set<Listener>();

  emit(event: DaemonEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Calls a function with every event from now on. Returns a function that removes it. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every event from now on, as lines of JSON. */
  lines(): Readable {
    const lines = new Readable({ read() {} });
    const stop = this.on((event) => {
      lines.push(`${JSON.stringify(event)}\n`);
      if (lines.readableLength > bufferLimit) lines.destroy();
    });
    return lines.on('close', stop);
  }
}
