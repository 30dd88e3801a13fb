import type { Command } from 'commander';
import { shownTime } from '../../base/shown-time.ts';
import { findWorkspace } from '../../config/workspace.ts';
import type { ListedBot } from '../../services/bots/bot-lists.ts';
import { botsOfGroup } from '../group-bots.ts';
import { listedBotJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { table } from '../table.ts';
import { type TargetOptions, withTarget } from '../target-options.ts';
import { truncate } from '../text.ts';

type ListedAction = ListedBot['actions'][number];

/** `messenger bots` */
export const define = (command: Command): Command =>
  withTarget(command, 'the bots with their actions')
    .addHelpText('after', '\nExample:\n  $ messenger bots --thread Playground')
    .action(bots);

async function bots(options: TargetOptions): Promise<void> {
  const { group, bots: listed } = await botsOfGroup(findWorkspace(process.cwd()), options);
  if (options.json) printJson(listed.map(listedBotJson));
  else if (listed.length === 0) printLine(`${group} has no bots.`);
  else printLine(await table(head, listed.flatMap(rows)));
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
  return cooldownUntil === null ? 'on' : `on cooldown until ${shownTime(cooldownUntil)}`;
}
