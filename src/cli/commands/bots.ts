import type { Command } from 'commander';
import type { ReadingApp } from '../../app/open-for-reading.ts';
import { whileHostStarts } from '../../app/while-host-starts.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { playgroundName } from '../../domain/thread.ts';
import type { ListedBot } from '../../services/bots/bot-lists.ts';
import { listBots, listPlaygroundBots } from '../../services/bots/bot-lists.ts';
import { groupNamed, userNamed } from '../../services/users/people.ts';
import { listedBotJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { printOutput, reportProblems } from '../problems.ts';
import { table } from '../table.ts';
import { type TargetOptions, withTarget } from '../target-options.ts';
import { truncate } from '../text.ts';

type ListedAction = ListedBot['actions'][number];

/** `messenger bots` */
export const define = (command: Command): Command =>
  withTarget(command, 'the bots with their actions')
    .addHelpText('after', '\nExample:\n  $ messenger bots --thread Playground')
    .action(bots);

/** Read-only: creates no database, no playground and no participant. */
async function bots(options: TargetOptions): Promise<void> {
  const app = await openWorkspace();
  try {
    reportProblems(app);
    const { group, listed } = await listOf(app, options);
    if (options.json) printJson(listed.map(listedBotJson));
    else if (listed.length === 0) printLine(`${group} has no bots.`);
    else printLine(await table(head, listed.flatMap(rows)));
  } finally {
    await app.close();
  }
}

function openWorkspace(): Promise<ReadingApp> {
  const workspace = findWorkspace(process.cwd());
  return whileHostStarts(workspace, async (hosts) => {
    const { openForReading } = await import('../../app/open-for-reading.ts');
    return openForReading({ workspace, hosts, onOutput: printOutput });
  });
}

async function listOf(
  app: ReadingApp,
  { thread, as }: TargetOptions,
): Promise<{ group: string; listed: ListedBot[] }> {
  if (thread === undefined) return { group: playgroundName, listed: await listPlaygroundBots(app, as) };
  const found = await groupNamed(app, thread);
  return { group: found.subject ?? '', listed: await listBots(app, found, await userNamed(app, as)) };
}

const head = ['BOT', 'ACTION', 'MATCH', 'TRIGGERS', 'COOLDOWN', 'FOR', 'STATE'];

function rows({ name, enabled, cooldown, cooldownUntil, actions }: ListedBot): string[][] {
  const own = [name, '', '', '', `${cooldown} s`, '', stateOf(enabled, cooldownUntil, true)];
  return [own, ...actions.map((action) => actionRow(action))];
}

const actionRow = (action: ListedAction): string[] => [
  '',
  action.handler,
  action.match,
  truncate(action.triggers.join(' | '), 60),
  `${action.cooldown} s`,
  action.adminOnly ? 'admins' : 'all',
  stateOf(action.enabled, action.cooldownUntil, action.known),
];

function stateOf(enabled: boolean, cooldownUntil: string | null, known: boolean): string {
  if (!known) return 'handler missing';
  if (!enabled) return 'off';
  return cooldownUntil === null ? 'on' : `on cooldown until ${cooldownUntil.slice(11, 19)}`;
}
