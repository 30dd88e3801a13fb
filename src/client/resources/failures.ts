import type { FailedRunJson } from '../../api/run.ts';
import type { Call } from '../transport.ts';

/** The runs of a thread's bots that failed. */
export const failures = (call: Call) => ({
  /** Newest first. */
  list: (thread: string) => call<FailedRunJson[]>('GET', `threads/${thread}/failed-runs`),
  /** Lets the bot answer once more. */
  retry: (thread: string, run: string) => call<null>('POST', `threads/${thread}/failed-runs/${run}/retry`),
});
