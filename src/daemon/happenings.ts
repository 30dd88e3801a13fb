import { Readable } from 'node:stream';
import type { ErrorJson } from '../base/error-json.ts';
import type { NamedEvent } from '../domain/event.ts';

/** What happens in a daemon, for those who watch it from this machine. */
export type Happening =
  | NamedEvent
  /** A line that a handler printed. */
  | { name: 'Printed'; event: { handler: string; text: string } }
  /** An error that no caller awaits. */
  | { name: 'Trouble'; event: ErrorJson }
  /** The bots of a thread have done all that somebody waited for, who gave the mark. */
  | { name: 'Idle'; event: { mark: string } };

type Watcher = (happening: Happening) => void;

/** Bytes kept for a watcher that reads too slowly. It is cut off beyond them, and may watch again. */
const mostKept = 16 * 1024 * 1024;

/** Passes on what happens in a daemon, in order. */
export class Happenings {
  readonly #watchers = new Set<Watcher>();

  tell(happening: Happening): void {
    for (const watch of this.#watchers) watch(happening);
  }

  /** Calls a function with everything from now on; returns a function that stops it. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Everything from now on, as lines of JSON. */
  lines(): Readable {
    const lines = new Readable({ read() {} });
    const stop = this.watch((happening) => {
      lines.push(`${JSON.stringify(happening)}\n`);
      if (lines.readableLength > mostKept) lines.destroy();
    });
    return lines.on('close', stop);
  }
}
