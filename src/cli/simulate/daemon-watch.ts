import { randomUUID } from 'node:crypto';
import { askForIdle, watchDaemon } from '../../daemon/control-client.ts';
import type { DaemonEvent } from '../../daemon/daemon-events.ts';
import type { DaemonInfo } from '../../daemon/info.ts';

/** Watches a daemon of another process. */
export class DaemonWatch {
  readonly #daemon: DaemonInfo;
  readonly #end = new AbortController();
  /** Those who wait until a thread is idle, by their marks. */
  readonly #waiting = new Map<string, () => void>();
  hasEnded = false;

  /**
   * Resolves once nothing is missed any more.
   *
   * @param onGone called when the daemon has gone
   * @throws DAEMON_SILENT
   */
  static async open(
    daemon: DaemonInfo,
    onEvent: (daemonEvent: DaemonEvent) => void,
    onGone: () => void,
  ): Promise<DaemonWatch> {
    const watch = new DaemonWatch(daemon);
    await watchDaemon(daemon, {
      onEvent: (daemonEvent) => {
        if (daemonEvent.name === 'Idle') watch.#waiting.get(daemonEvent.event.mark)?.();
        else onEvent(daemonEvent);
      },
      onEnd: () => {
        watch.close();
        onGone();
      },
      signal: watch.#end.signal,
    });
    return watch;
  }

  private constructor(daemon: DaemonInfo) {
    this.#daemon = daemon;
  }

  /** Resolves once the bots of a thread are done, or when this watch has ended. */
  async idle(threadId: string): Promise<void> {
    if (this.hasEnded) return;
    const mark = randomUUID();
    const told = new Promise<void>((resolve) => this.#waiting.set(mark, resolve));
    // A daemon that has gone is noticed by the watch.
    askForIdle(this.#daemon, { threadId, mark }).catch(() => {});
    await told;
    this.#waiting.delete(mark);
  }

  close(): void {
    this.hasEnded = true;
    this.#end.abort();
    for (const end of this.#waiting.values()) end();
  }
}
