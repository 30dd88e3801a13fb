import path from 'node:path';
import type { Command } from 'commander';
import { commandLine } from '../../base/command-line.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { testCommand, testRunnerOf } from '../../scaffold/test-runner.ts';
import { printJson } from '../json.ts';
import { makeBot } from '../make-bot.ts';

interface MakeBotOptions {
  force?: boolean;
  test?: boolean;
  json?: boolean;
}

/** `messenger make:bot HelloBot` */
export const define = (command: Command): Command =>
  command
    .argument('<class>', 'name of the class, like HelloBot')
    .option('-f, --force', 'overwrite the file if it exists')
    .option('--test', 'write a test beside it, for vitest if the project has it, otherwise for node:test')
    .option('--json', 'print the files that were written as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ messenger make:bot HelloBot --test\n  Writes bots/HelloBot.ts, which answers !hello, and bots/HelloBot.test.ts.',
    )
    .action(async (className: string, { force = false, test = false, json = false }: MakeBotOptions) => {
      const workspace = findWorkspace(process.cwd());
      const { alias, files } = await makeBot(workspace, className, { force, test });
      const shown = files.map((file) => path.relative(process.cwd(), file));
      const [, testFile = ''] = shown;
      const command = test ? testCommand(testRunnerOf(workspace.folder), testFile) : null;
      if (json) return printJson({ class: className, alias, files: shown, test_command: command });
      for (const file of shown) console.log(`Wrote ${file}.`);
      if (command) console.log(`Run its test: ${command}`);
      console.log(
        `Try it: "${commandLine('simulate')}", then write !${alias}. Check it: ${commandLine(`test-resolve ${className} cooldown=0 admin_only=false enabled=true`)}`,
      );
    });
