import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { messageOf } from './errors.ts';

/** Milliseconds after which a folder that is watched is looked at anyway: not every file system reports changes. */
const checkInterval = 10_000;
/** Milliseconds between looks at a folder that does not exist yet, or that the system cannot watch. */
const pollInterval = 1_000;

/**
 * Waits for changes in a folder, without computing anything in between. The folder may be missing, or be removed and
 * made again. Where the system watches no more folders, the caller looks once a second.
 *
 * @example
 * const changes = new FolderChanges(folder, { onPolling });
 * while (!signal.aborted) {
 *   const changed = changes.next(signal);
 *   if (!look()) await changed;
 * }
 * changes.close();
 */
export class FolderChanges {
  readonly #folder: string;
  readonly #onPolling: (reason: string) => void;
  readonly #waiters = new Set<() => void>();
  #watcher: FSWatcher | undefined;
  #hasReported = false;

  /** @param onPolling called once with the reason if the system cannot watch the folder */
  constructor(folder: string, onPolling: (reason: string) => void = () => {}) {
    this.#folder = folder;
    this.#onPolling = onPolling;
  }

  /** Resolves when something in the folder has changed since the call, or may have, or when the signal aborts. */
  next(signal: AbortSignal): Promise<void> {
    this.#watch();
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(), this.#watcher ? checkInterval : pollInterval);
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiters.delete(done);
        resolve();
      };
      this.#waiters.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #watch(): void {
    if (this.#watcher || !existsSync(this.#folder)) return;
    try {
      this.#watcher = watch(this.#folder, (kind) => {
        // It may have been the folder itself, of which nothing more would be heard.
        if (kind === 'rename') this.close();
        this.#changed();
      });
      this.#watcher.on('error', (error) => this.#cannotWatch(error));
    } catch (error) {
      this.#cannotWatch(error);
    }
  }

  #cannotWatch(error: unknown): void {
    this.close();
    this.#changed();
    if (this.#hasReported || !existsSync(this.#folder)) return;
    this.#hasReported = true;
    const name = path.basename(this.#folder);
    this.#onPolling(
      `The system cannot watch the folder "${name}", which is looked at once a second instead: ${messageOf(error)}`,
    );
  }

  #changed(): void {
    for (const done of [...this.#waiters]) done();
  }
}
