import type { Command } from 'commander';
import { restoreBot } from '../../services/bots/archive-bot.ts';
import { archivedBotNamed } from '../../services/bots/bot-lists.ts';
import { botJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { inTarget } from '../target.ts';
import { type TargetOptions, withTarget } from '../target-options.ts';

/** `messenger bots:restore "Test Package"` */
export const define = (command: Command): Command =>
  withTarget(command, 'the restored bot')
    .argument('<bot>', 'name or id of the removed bot; of several with that name, the one removed last')
    .addHelpText(
      'after',
      `
Restores a removed bot with its actions, unless it has been purged.

Example:
  $ messenger bots:restore "Test Package"`,
    )
    .action(restore);

async function restore(name: string, options: TargetOptions): Promise<void> {
  await inTarget(
    options,
    async ({ app, thread, user }) => {
      const bot = await restoreBot(app, { thread, user, bot: await archivedBotNamed(app, thread, name) });
      if (options.json) printJson(botJson(bot));
      else printLine(`${bot.name} is back in ${thread.subject}.`);
    },
    { onlyWhatIsThere: true },
  );
}
