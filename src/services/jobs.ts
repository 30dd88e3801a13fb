import type { Job } from '../store/jobs.ts';
import { answerMessage } from './answer-message.ts';
import type { Services } from './context.ts';
import { purgeBots, purgeJob } from './purge-bots.ts';
import { retryJob } from './retry-job.ts';
import { answerJob } from './send-message.ts';
import { retryThread } from './try-again.ts';

type JobDoer = (
  services: Services,
  payload: Record<string, unknown>,
  signal: AbortSignal,
) => Promise<unknown>;

/** Every kind of job and who does it. */
const doers: Readonly<Record<string, JobDoer>> = {
  [answerJob]: (services, { messageId }, signal) => answerMessage(services, String(messageId), signal),
  [retryJob]: (services, { threadId }, signal) => retryThread(services, String(threadId), signal),
  [purgeJob]: async (services, { before }, signal) => {
    await purgeBots(services, String(before), undefined, signal);
    // An interrupted purge is to be done again.
    signal.throwIfAborted();
  },
};

/** Does a job of the queue. Rejects when it is to be done again. */
export async function doJob(services: Services, job: Job, signal: AbortSignal): Promise<void> {
  const doer = doers[job.kind];
  if (doer) await doer(services, { ...job.payload }, signal);
  else throw new Error(`Job ${job.sequence} is of the kind "${job.kind}", which this release does not know.`);
}
