/** The kind of the job that retries the runs of a thread. */
export const retryJob = 'retry-run';

/**
 * The job that retries the runs of a thread, one at a time. It has its own key, so that new messages of the
 * thread do not wait for it.
 */
export const retryJobOf = (threadId: string) => ({
  kind: retryJob,
  key: `retry:${threadId}`,
  payload: { threadId },
});

const maxDelay = 60_000;

/** Milliseconds before the next attempt: 1, 2, 4 … seconds, at most a minute. */
export const retryDelay = (attempts: number): number => Math.min(1000 * 2 ** (attempts - 1), maxDelay);
