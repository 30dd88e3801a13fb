import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { withProgramName } from '../base/command-line.ts';
import { createError } from '../base/errors.ts';
import { commands, findCommand, nearestCommand } from './commands.ts';
import { enterFolder, extractFolder, withFolder } from './cwd.ts';
import { rejectRepeated } from './repeated-options.ts';
import { report } from './report.ts';

/**
 * Runs a command line to its end. A command that has succeeded leaves its exit code in `process.exitCode`.
 *
 * @returns the exit code of a failed command; undefined when it did not fail
 */
export async function runCommandLine(words: readonly string[]): Promise<number | undefined> {
  try {
    const { words: rest, folder } = extractFolder(words);
    if (folder !== undefined) enterFolder(folder);
    const normal = normalise(rest);
    const program = await buildProgram(normal[0]);
    await program.parseAsync(normal, { from: 'user' });
    return undefined;
  } catch (error) {
    return report(error, isJson(words));
  }
}

/** Whether JSON was requested. Works even if the command line cannot be parsed. */
const isJson = (words: readonly string[]): boolean => words.includes('--json');

/** All commands with their summaries. Only the requested one is loaded completely. */
async function buildProgram(asked = '--help'): Promise<Command> {
  const program = newProgram();
  const chosen = findCommand(asked);
  if (!asked.startsWith('-') && chosen === undefined) {
    throw createError('UNKNOWN_COMMAND', asked, nearestCommand(asked));
  }
  for (const entry of commands) {
    const command = new Command(entry.name).aliases([...entry.aliases]).summary(entry.summary);
    command.description(`${entry.summary}.`).copyInheritedSettings(program);
    program.addCommand(
      entry === chosen ? rejectRepeated(withFolder((await entry.load()).define(command))) : command,
    );
  }
  return program;
}

function newProgram(): Command {
  return withFolder(new Command('messenger'))
    .description('Write chat bots in TypeScript: scaffold, check and try them in one tool.')
    .version(manifest.version, '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(withProgramName(text)),
      writeErr: (text) => process.stderr.write(withProgramName(text)),
    })
    .showHelpAfterError('Add --help to see how it is used.')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
The workspace is the current folder or the nearest one above it that has messenger.config.*, .messenger/ or bots/.
The search ends at the home folder and at a folder with .git. If nothing is found, the current folder is the
workspace. Only commands that need a database create one.

Run "messenger COMMAND --help" for its options and an example.`,
    );
}

/** Replaces an alternative spelling of the first word by the usual one. */
function normalise(words: readonly string[]): string[] {
  const [first = '--help', ...rest] = words;
  if (first === 'help') return rest.length > 0 ? [...normalise(rest), '--help'] : ['--help'];
  return [findCommand(first)?.name ?? first, ...rest];
}
