import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { askForIdle, followEvents } from '../../daemon/control-client.ts';
import type { DaemonEvent } from '../../daemon/daemon-events.ts';
import type { DaemonInfo } from '../../daemon/info.ts';

/** Milliseconds within which the event stream of a daemon that has gone is seen to close. */
const goneTimeout = 2_000;

interface DaemonWatchOptions {
  onEvent: (daemonEvent: DaemonEvent) => void;
  /** Called when the daemon has gone. */
  onGone: () => void;
  /** Ends the watch. */
  signal: AbortSignal;
}

/** Follows the events of a daemon in another process. */
export class DaemonWatch {
  readonly #daemon: DaemonInfo;
  readonly #end = new AbortController();
  /** Who waits for an `Idle` event, by its mark. */
  readonly #waiting = new Map<string, () => void>();

  /**
   * Resolves once the event stream is open.
   *
   * @throws DAEMON_SILENT
   */
  static async open(
    daemon: DaemonInfo,
    { onEvent, onGone, signal }: DaemonWatchOptions,
  ): Promise<DaemonWatch> {
    const watch = new DaemonWatch(daemon);
    const close = () => watch.close();
    signal.addEventListener('abort', close);
    if (signal.aborted) close();
    await followEvents(daemon, {
      onEvent: (daemonEvent) => {
        if (daemonEvent.name === 'Idle') watch.#waiting.get(daemonEvent.event.mark)?.();
        else onEvent(daemonEvent);
      },
      onEnd: () => {
        signal.removeEventListener('abort', close);
        close();
        onGone();
      },
      signal: watch.#end.signal,
    });
    return watch;
  }

  private constructor(daemon: DaemonInfo) {
    this.#daemon = daemon;
  }

  /**
   * Resolves once the bots of a thread are done, or when this watch has ended.
   *
   * @param retries false if retries that are still to come do not count
   * @returns whether they are done
   * @throws DAEMON_SILENT when the daemon runs but does not answer
   */
  async idle(threadId: string, retries?: boolean): Promise<boolean> {
    const { signal } = this.#end;
    if (signal.aborted) return false;
    const mark = randomUUID();
    const idle = new Promise<void>((resolve) => this.#waiting.set(mark, resolve));
    const failed = askForIdle(this.#daemon, { threadId, mark, retries }).then(
      () => idle,
      async (error) => {
        await sleep(goneTimeout, undefined, { signal }).catch(() => {});
        if (!signal.aborted) throw error;
      },
    );
    try {
      await Promise.race([idle, failed]);
    } finally {
      this.#waiting.delete(mark);
    }
    return !signal.aborted;
  }

  /** Ends the watch, without calling `onGone`. */
  close(): void {
    this.#end.abort();
    for (const resolve of this.#waiting.values()) resolve();
  }
}
