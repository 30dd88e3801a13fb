import type { RunJson, VerdictsJson } from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { refreshVerdicts } from './verdicts.ts';

/** The run of the selected message that has not ended. */
export const runningRun = (verdicts: VerdictsJson | null): RunJson | undefined =>
  verdicts?.runs.find(({ status }) => status === 'running' || status === 'waiting');

/** Ends the handler that runs for the selected message, or will be tried again. */
export async function cancelRunning(controller: Controller): Promise<void> {
  const { threadId, verdicts } = controller.state;
  const run = runningRun(verdicts);
  if (threadId === null || run === undefined) return;
  await controller.client.runs.cancel(threadId, run.id);
  controller.toast(`${run.handler} is cancelled.`, 'good');
  await refreshVerdicts(controller);
}
