import type { Command } from 'commander';
import { commandLine } from '../../base/command-line.ts';
import { archiveBot } from '../../services/bots/archive-bot.ts';
import { botNamed } from '../../services/bots/bot-lists.ts';
import { botJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { inTarget } from '../target.ts';
import { type TargetOptions, withTarget } from '../target-options.ts';

/** `messenger uninstall "Test Package"` */
export const define = (command: Command): Command =>
  withTarget(command, 'the removed bot')
    .argument('<bot>', 'name or id of the bot')
    .addHelpText(
      'after',
      `
The bot stops answering and is archived: "messenger bots:restore" restores it unless it has been purged.

Example:
  $ messenger uninstall "Test Package"`,
    )
    .action(uninstall);

async function uninstall(name: string, options: TargetOptions): Promise<void> {
  await inTarget(
    options,
    async ({ app, thread, user }) => {
      const bot = await archiveBot(app, { thread, user, bot: await botNamed(app, thread, name) });
      if (options.json) printJson(botJson(bot));
      else
        printLine(
          `Removed ${bot.name} from ${thread.subject}. "${commandLine('bots:restore')}" brings it back.`,
        );
    },
    { onlyWhatIsThere: true },
  );
}
