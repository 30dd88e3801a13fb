import { pick } from '../actions/attaching.ts';
import { refreshBots } from '../actions/threads.ts';
import type { Controller } from '../controller.ts';
import { type Command, missing } from './command.ts';

/** Commands for the daemon, failures, and the screen itself. */
export const workspaceCommands: readonly Command[] = [
  { name: 'failed', usage: '', summary: 'list the answers of bots that failed here', run: listFailed },
  {
    name: 'retry',
    usage: '[ID]',
    summary: 'let a bot answer again where it failed last',
    choices: ({ failed }) => failed.map(({ id }) => id),
    run: retry,
  },
  {
    name: 'reload',
    usage: '',
    summary: 'read all handlers anew',
    run: async (controller) => controller.toast(await controller.host.reload(), 'good'),
  },
  {
    name: 'logs',
    usage: '',
    summary: 'show what handlers print, or no longer',
    run: (controller) => controller.store.update((state) => ({ ...state, showLogs: !state.showLogs })),
  },
  {
    name: 'help',
    usage: '',
    summary: 'show the keys that work now, and the commands',
    run: (controller) => controller.store.set({ overlay: { kind: 'help', top: 0 } }),
  },
  { name: 'quit', usage: '', summary: 'leave', run: (controller) => controller.options.exit(0) },
];

async function listFailed(controller: Controller): Promise<void> {
  await refreshBots(controller);
  const { failed } = controller.state;
  if (failed.length === 0) return controller.toast('Nothing has failed here.', 'good');
  const choices = failed.map(({ id, handler, error, message }) => ({
    label: handler,
    detail: `${error.message} – "${message?.body ?? ''}"`,
    line: `/retry ${id}`,
  }));
  pick(controller, 'Failed; Enter tries again', choices);
}

async function retry(controller: Controller, id: string): Promise<void> {
  const { failed, threadId } = controller.state;
  const found = id === '' ? failed[0] : failed.find((run) => run.id === id);
  if (found === undefined || threadId === null) return missing(controller, 'There is nothing to try again.');
  await controller.client.failures.retry(threadId, found.id);
  controller.toast(`${found.handler} tries again.`, 'good');
  await refreshBots(controller);
}
