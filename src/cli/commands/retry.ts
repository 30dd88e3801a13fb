import type { Command } from 'commander';
import { commandLine } from '../../base/command-line.ts';
import { createError } from '../../base/errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { onInterrupt } from '../interrupt.ts';
import { printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { outcomeText, type RetryOutcome, retryFailed } from '../retrying.ts';

interface Options {
  all?: boolean;
  /** Undefined when neither `--wait` nor `--no-wait` was given. */
  wait?: boolean;
  json?: boolean;
}

/** `messenger retry` */
export const define = (command: Command): Command =>
  command
    .argument('[id]', 'id of the failed action; its beginning is enough')
    .option('--all', 'every failed action, oldest first')
    .option('--wait', 'wait for the outcome even if a running messenger does it (the default on a terminal)')
    .option('--no-wait', 'do not wait for a running messenger (the default in a pipe)')
    .option('--json', 'print the outcome as JSON; a list with --all')
    .addHelpText(
      'after',
      `
The action answers the same message again, but repeats nothing that it has already posted. If a messenger is running
in this workspace, that one does it; otherwise this command does. Exits with 1 if an action failed again while this
command waited for it.

Example:
  $ messenger retry 019a2b3c
  $ messenger retry --all`,
    )
    .action(retry);

async function retry(id: string | undefined, options: Options): Promise<void> {
  if ((id === undefined) !== (options.all ?? false))
    throw createError(
      'WRONG_USE',
      `Say which: "${commandLine('retry ID')}", or "${commandLine('retry --all')}".`,
    );
  const workspace = findWorkspace(process.cwd());
  const waits = options.wait ?? process.stdout.isTTY === true;
  print(await retryFailed({ workspace, id, waits, onStop: onInterrupt }), options);
}

function print(outcomes: readonly RetryOutcome[], { all, json }: Options): void {
  if (json) printJson(all ? outcomes : outcomes[0]);
  else if (outcomes.length === 0) printLine('No action has failed.');
  else printLine(outcomes.map(outcomeText).join('\n'));
  if (outcomes.some(({ error }) => error !== null)) process.exitCode ??= 1;
}
