import type { App } from '../app.ts';
import { threadIdle } from '../services/jobs.ts';
import type { DaemonEvents } from './daemon-events.ts';

/** Asks for an `Idle` event once the bots of a thread are done. */
export interface IdleRequest {
  threadId: string;
  /** Identifies the request in the event, which goes to all who watch the daemon. */
  mark: string;
  /** False if retries that are still to come do not count. */
  retries?: boolean | undefined;
}

/**
 * Emits `Idle` once the bots of a thread are done. This is an event and not the answer to the request, so that
 * it arrives after everything that the bots did before.
 */
export async function emitWhenIdle(
  app: Pick<App, 'queue'>,
  daemonEvents: DaemonEvents,
  lines: AsyncIterable<string>,
): Promise<void> {
  for await (const line of lines) {
    const { threadId, mark, retries }: IdleRequest = JSON.parse(line);
    await threadIdle(app, threadId, { retries });
    daemonEvents.emit({ name: 'Idle', event: { mark } });
  }
}
