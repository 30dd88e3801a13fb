import type { Command } from 'commander';
import type { App } from '../../app.ts';
import { listedBotJson, printJson } from '../json.ts';
import { table } from '../table.ts';
import { inTarget, type TargetOptions, withTarget } from '../target.ts';
import { tell } from '../tell.ts';
import { shortened } from '../text.ts';

type ListedBot = Awaited<ReturnType<App['listBots']>>[number];
type ListedAction = ListedBot['actions'][number];

/** `messenger bots` */
export const define = (command: Command): Command =>
  withTarget(command, 'the bots with their actions')
    .addHelpText('after', '\nExample:\n  $ messenger bots --thread Playground')
    .action(bots);

async function bots(options: TargetOptions): Promise<void> {
  await inTarget(options, async ({ app, thread, user }) => {
    const listed = await app.listBots(thread, user);
    if (options.json) printJson(listed.map(listedBotJson));
    else if (listed.length === 0) tell(`${thread.subject} has no bots.`);
    else tell(table(head, listed.flatMap(rows)));
  });
}

const head = ['BOT', 'ACTION', 'MATCH', 'TRIGGERS', 'COOLDOWN', 'FOR', 'STATE'];

function rows({ name, enabled, cooldown, restingUntil, actions }: ListedBot): string[][] {
  const own = [name, '', '', '', `${cooldown} s`, '', stateOf(enabled, restingUntil, true)];
  return [own, ...actions.map((action) => actionRow(action))];
}

const actionRow = (action: ListedAction): string[] => [
  '',
  action.handler,
  action.match,
  shortened(action.triggers.join(' | '), 60),
  `${action.cooldown} s`,
  action.adminOnly ? 'admins' : 'all',
  stateOf(action.enabled, action.restingUntil, action.known),
];

function stateOf(enabled: boolean, restingUntil: string | null, known: boolean): string {
  if (!known) return 'handler missing';
  if (!enabled) return 'off';
  return restingUntil === null ? 'on' : `resting until ${restingUntil.slice(11, 19)}`;
}
