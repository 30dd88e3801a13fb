/** The kind of the job that tries a run again. */
export const retryJob = 'retry-run';

/** The job that tries a run again. Its key is its own, so that its thread's other messages need not wait for it. */
export const retryJobOf = (runId: string) => ({ kind: retryJob, key: `run:${runId}`, payload: { runId } });

/** The queue takes no job that is further ahead than this. */
const longestDelay = 60_000;

/** Milliseconds until the next attempt, after so many: 1, 2, 4 … seconds, and never more than a minute. */
export const retryDelay = (attempts: number): number => Math.min(1000 * 2 ** (attempts - 1), longestDelay);
