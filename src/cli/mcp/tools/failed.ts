import { z } from 'zod';
import {
  type FailedRunReport,
  listFailedRuns,
  showFailedRun,
} from '../../../services/failed-runs/failed-runs.ts';
import { failedRunJson } from '../../json.ts';
import { outcomeText, retryFailed } from '../../retrying.ts';
import { inStorage } from '../../storage.ts';
import { runId } from '../arguments.ts';
import { onAbort } from '../on-abort.ts';
import { defineTool } from '../tool.ts';

export const listFailed = defineTool({
  name: 'list_failed',
  title: 'List failed actions',
  description: 'Lists the actions that failed, newest first, with the error and the message they answered.',
  effect: 'reads',
  input: { limit: z.int().min(1).max(1_000).default(20).describe('The most actions to list.') },
  run: ({ workspace }, { limit }) =>
    inStorage(workspace, async (storage) => {
      const failed = await listFailedRuns(storage, limit);
      const text = failed.length > 0 ? failed.map(failedText).join('\n') : 'No action has failed.';
      return { data: { failed: failed.map(failedRunJson) }, text };
    }),
});

export const showFailed = defineTool({
  name: 'show_failed',
  title: 'Show a failed action',
  description:
    'Shows everything about one failed action: the error with the line of its file, the message, the trigger, the payload and the attempts.',
  effect: 'reads',
  input: { id: runId },
  run: ({ workspace }, { id }) =>
    inStorage(workspace, async (storage) => {
      const failed = await showFailedRun(storage, id);
      const { error, trigger, payload, attempts } = failed;
      const lines = [
        failedText(failed),
        `  trigger: ${trigger ?? 'any message'}`,
        `  payload: ${JSON.stringify(payload)}`,
        `  attempts: ${attempts}`,
        `  code: ${error.code}`,
        ...(error.stack === null ? [] : [error.stack.replace(/^/gm, '  ')]),
      ];
      return { data: failedRunJson(failed), text: lines.join('\n') };
    }),
});

const failedText = ({ id, handler, failedAt, error, message, handled }: FailedRunReport): string =>
  `${id}: ${handler} ${handled ? 'warned' : 'failed'} at ${failedAt}${message ? `, answering ${message.owner.name}: ${JSON.stringify(message.body)}` : ''}: ${error.message}`;

export const retry = defineTool({
  name: 'retry',
  title: 'Retry a failed action',
  description:
    'Lets a failed action answer its message again, and waits for the outcome. It repeats nothing that it has already posted.',
  effect: 'sends',
  input: {
    id: runId.optional().describe(`${runId.description} Left out: every failed action, oldest first.`),
  },
  run: async ({ workspace, signal }, { id }) => {
    const outcomes = await retryFailed({ workspace, id, waits: true, onStop: onAbort(signal) });
    const text = outcomes.length > 0 ? outcomes.map(outcomeText).join('\n') : 'No action has failed.';
    return { data: { outcomes }, text };
  },
});
