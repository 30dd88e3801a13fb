import type { FailedRunJson } from '../../api/run.ts';
import type { Call } from '../transport.ts';

/** The failed runs of a thread's bots. */
export const failures = (call: Call) => ({
  /** Newest first. */
  list: (thread: string) => call<FailedRunJson[]>('GET', `threads/${thread}/failed-runs`),
  /** Runs the action again. */
  retry: (thread: string, run: string) => call<null>('POST', `threads/${thread}/failed-runs/${run}/retry`),
});
