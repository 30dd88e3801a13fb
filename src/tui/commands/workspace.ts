import type { Desk } from '../desk.ts';
import { pick } from '../effects/attaching.ts';
import { refreshBots } from '../effects/threads.ts';
import { type Command, missing } from './command.ts';

/** The daemon and what failed, and this screen itself. */
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
    run: async (desk) => desk.toast(await desk.host.reload(), 'good'),
  },
  {
    name: 'logs',
    usage: '',
    summary: 'show what handlers print, or no longer',
    run: (desk) => desk.store.update((state) => ({ ...state, showLogs: !state.showLogs })),
  },
  {
    name: 'help',
    usage: '',
    summary: 'show the keys that work now, and the commands',
    run: (desk) => desk.store.set({ overlay: { kind: 'help', top: 0 } }),
  },
  { name: 'quit', usage: '', summary: 'leave', run: (desk) => desk.options.exit(0) },
];

async function listFailed(desk: Desk): Promise<void> {
  await refreshBots(desk);
  const { failed } = desk.state;
  if (failed.length === 0) return desk.toast('Nothing has failed here.', 'good');
  const choices = failed.map(({ id, handler, error, message }) => ({
    label: handler,
    detail: `${error.message} – "${message?.body ?? ''}"`,
    line: `/retry ${id}`,
  }));
  pick(desk, 'Failed; Enter tries again', choices);
}

async function retry(desk: Desk, id: string): Promise<void> {
  const { failed, threadId } = desk.state;
  const found = id === '' ? failed[0] : failed.find((run) => run.id === id);
  if (found === undefined || threadId === null) return missing(desk, 'There is nothing to try again.');
  await desk.client.failures.retry(threadId, found.id);
  desk.toast(`${found.handler} tries again.`, 'good');
  await refreshBots(desk);
}
