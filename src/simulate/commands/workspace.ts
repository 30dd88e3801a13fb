import { isId } from '../../base/ids.ts';
import type { FailedRunJson } from '../../client/index.ts';
import type { Command } from '../command.ts';
import { groupOf, reject, type Session } from '../session.ts';
import { actionsOf } from '../visible-actions.ts';

/** Commands for the daemon, failures, and the simulation itself. */
export const workspaceCommands: readonly Command[] = [
  { name: 'failed', usage: '', summary: 'list the actions that failed in this group', run: listFailed },
  {
    name: 'retry',
    usage: '[ID]',
    summary: 'retry a failed action; by default the last one',
    isRecorded: true,
    choices: ({ failed }) => failed.map(({ id }) => id),
    run: retry,
  },
  {
    name: 'cancel',
    usage: '[ID|ALIAS]',
    summary: 'end a running handler; by default the one that has run longest',
    choices: ({ bots }) => [
      ...new Set(bots.flatMap((bot) => actionsOf(bot).map(({ handler }) => handler.alias))),
    ],
    run: cancel,
  },
  {
    name: 'reload',
    usage: '',
    summary: 'reload all handlers',
    run: async (session) => session.notice(await session.host.reload()),
  },
  {
    name: 'logs',
    usage: '',
    summary: 'show or hide the output of handlers',
    run: (session) => session.toggleLogs(),
  },
  {
    name: 'help',
    usage: '',
    summary: 'list the commands; on the full screen, also the keys',
    run: (session) => session.help(),
  },
  { name: 'quit', usage: '', summary: 'quit', run: (session) => session.quit() },
];

const failedIn = (session: Session): Promise<FailedRunJson[]> =>
  session.manager.failures.list(groupOf(session));

async function listFailed(session: Session): Promise<void> {
  const failed = await failedIn(session);
  await session.refresh('bots');
  if (failed.length === 0) return session.notice('Nothing has failed here.');
  const choices = failed.map(({ id, handler, error, message }) => ({
    label: handler,
    detail: `${error.message} – "${message?.body ?? ''}"`,
    line: `/retry ${id}`,
  }));
  if (session.dialogs) return session.dialogs.pick('Failed; Enter tries again', choices);
  session.show(choices.map(({ label, detail, line }) => `${label}: ${detail} (${line})`).join('\n'));
}

async function retry(session: Session, id: string): Promise<void> {
  const failed = await failedIn(session);
  const found =
    (id === '' ? failed[0] : failed.find((run) => run.id === id)) ?? reject('There is nothing to try again.');
  await session.manager.failures.retry(groupOf(session), found.id);
  session.notice(`${found.handler} tries again.`);
  await session.refresh('bots');
}

/** Cancels a run by its id, or the longest running one of a handler. */
async function cancel(session: Session, name: string): Promise<void> {
  const thread = groupOf(session);
  const running = await session.manager.runs.running(thread);
  const found = name === '' ? running[0] : running.find(({ id, handler }) => [id, handler].includes(name));
  // What runs in another process is known by its id alone.
  if (found === undefined && !isId(name)) reject(nothingRuns(name));
  await session.manager.runs.cancel(thread, found?.id ?? name);
  session.notice(`${found?.handler ?? 'The run'} is cancelled.`, { cancelled: found?.id ?? name });
  await session.refresh('bots');
}

const nothingRuns = (name: string): string =>
  name === '' ? 'No handler is running here.' : `No handler "${name}" is running here.`;
