import type { App } from '../app.ts';
import { threadIdle } from '../services/jobs.ts';
import type { Happenings } from './happenings.ts';

/** A request to be told when the bots of a thread are done. */
export interface IdleRequest {
  threadId: string;
  /** Names the request in the answer, which comes to all who watch the daemon. */
  mark: string;
}

/**
 * Tells once the bots of a thread are done. It is told among the other happenings and not as the answer, so
 * that whoever waits has received everything that the bots did before.
 */
export async function tellWhenIdle(
  app: Pick<App, 'queue'>,
  happenings: Happenings,
  lines: AsyncIterable<string>,
): Promise<void> {
  for await (const line of lines) {
    const { threadId, mark }: IdleRequest = JSON.parse(line);
    await threadIdle(app, threadId);
    happenings.tell({ name: 'Idle', event: { mark } });
  }
}
