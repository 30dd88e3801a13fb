import type { RunningRunJson } from '../../api/run.ts';
import type { Call } from '../transport.ts';

/** The handlers that run in a thread. */
export const runs = (call: Call) => ({
  /** Longest running first. */
  running: (thread: string) => call<RunningRunJson[]>('GET', `threads/${thread}/running-runs`),
  /** Ends a handler and its worker. It is not run again. */
  cancel: (thread: string, run: string) => call<null>('POST', `threads/${thread}/running-runs/${run}/cancel`),
});
