/** The kind of the job that tries the runs of a thread again. */
export const retryJob = 'retry-run';

/**
 * The job that tries the runs of a thread again, one at a time. Its key is its own, so that new messages of the thread
 * need not wait for it.
 */
export const retryJobOf = (threadId: string) => ({
  kind: retryJob,
  key: `retry:${threadId}`,
  payload: { threadId },
});

const longestDelay = 60_000;

/** Milliseconds until the next attempt, after so many: 1, 2, 4 … seconds, and never more than a minute. */
export const retryDelay = (attempts: number): number => Math.min(1000 * 2 ** (attempts - 1), longestDelay);
