import path from 'node:path';
import type { Command } from 'commander';
import { commandLine } from '../../base/command-line.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { makeBot } from '../make-bot.ts';

/** `messenger make:bot HelloBot` */
export const define = (command: Command): Command =>
  command
    .argument('<class>', 'name of the class, like HelloBot')
    .option('-f, --force', 'overwrite the file if it exists')
    .addHelpText(
      'after',
      '\nExample:\n  $ messenger make:bot HelloBot\n  Writes bots/HelloBot.ts, which answers !hello.',
    )
    .action(async (className: string, options: { force?: boolean }) => {
      const workspace = findWorkspace(process.cwd());
      const { alias, files } = await makeBot(workspace, className, options.force ?? false);
      for (const written of files) console.log(`Wrote ${path.relative(process.cwd(), written)}.`);
      console.log(
        `Try it: "${commandLine('simulate')}", then write !${alias}. Check it: ${commandLine(`test-resolve ${className} cooldown=0 admin_only=false enabled=true`)}`,
      );
    });
