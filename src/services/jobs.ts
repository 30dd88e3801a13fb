import type { JobControl } from '../queue/queue.ts';
import type { Job } from '../store/jobs.ts';
import { answerMessage } from './answering/answer-message.ts';
import { handlersOf } from './bots/handlers-of.ts';
import { purgeBots, purgeJob } from './bots/purge-bots.ts';
import type { Context } from './context.ts';
import { retryJob, retryJobOf } from './failed-runs/retry-job.ts';
import { runRetryJob } from './failed-runs/run-retry-job.ts';
import { answerJob } from './messages/send-message.ts';

/** A job in progress. */
interface RunningJob extends JobControl {
  job: Job;
  /** When it aborts, the job stops and rejects. */
  signal: AbortSignal;
}

type JobHandler = (
  context: Context,
  payload: Record<string, unknown>,
  running: RunningJob,
) => Promise<unknown>;

/** The function for each kind of job. */
const jobHandlers: Readonly<Record<string, JobHandler>> = {
  [answerJob]: (context, { messageId }, running) => answerMessage(context, String(messageId), running),
  [retryJob]: (context, { threadId }, { signal }) => runRetryJob(context, String(threadId), signal),
  [purgeJob]: async (context, { before }, { signal }) => {
    await purgeBots(context, String(before), { signal });
    // An interrupted purge must run again.
    signal.throwIfAborted();
  },
};

/** The thread whose bots answer in a job. */
const threadOf: Readonly<Record<string, (job: Job) => string>> = {
  [answerJob]: ({ key }) => key,
  [retryJob]: ({ payload }) => String(Object(payload).threadId),
};

/** Resolves once the bots of a thread have answered every message, and every retry is done unless they do not count. */
export const threadIdle = (
  { queue }: Pick<Context, 'queue'>,
  threadId: string,
  { retries = true }: { retries?: boolean | undefined } = {},
): Promise<void> => queue.idle([threadId, ...(retries ? [retryJobOf(threadId).key] : [])]);

/** Runs the jobs of the queue from now on, and calls `afterEach` when one has ended. */
export function startJobs(context: Context, afterEach: () => void = () => {}): void {
  context.queue.start((job, signal, control) =>
    doJob(context, { job, signal, ...control }).finally(afterEach),
  );
}

/**
 * Runs a job of the queue. Rejects when it must run again. While a handler of its thread's bots is still loading, other
 * threads go first.
 */
export async function doJob(context: Context, running: RunningJob): Promise<void> {
  const { job, yieldSlot } = running;
  const handler = jobHandlers[job.kind];
  if (handler === undefined)
    throw new Error(`Job ${job.sequence} is of the kind "${job.kind}", which this release does not know.`);
  const threadId = threadOf[job.kind]?.(job);
  const { catalogue } = context;
  if (catalogue.isLoading && threadId !== undefined) {
    const handlers = handlersOf(await context.store.bots.inThread(threadId));
    if (!catalogue.knows(handlers)) await yieldSlot(catalogue.whenKnown(handlers));
  }
  await handler(context, { ...job.payload }, running);
}
