import type { Command } from 'commander';
import type { StorageApp } from '../../app/open-storage.ts';
import { createError } from '../../base/errors.ts';
import { shownMoment } from '../../base/shown-time.ts';
import { findWorkspace } from '../../config/workspace.ts';
import type { FailedRunReport } from '../../services/failed-runs/failed-runs.ts';
import { listFailedRuns, pruneFailedRuns, showFailedRun } from '../../services/failed-runs/failed-runs.ts';
import { parseDays } from '../days.ts';
import { failedRunJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { inStorage } from '../storage.ts';
import { table } from '../table.ts';
import { counted, escapeControls, indented, truncate } from '../text.ts';
import { wholeNumber } from '../whole-number.ts';

/** `messenger failed`, with `failed show` and `failed prune` */
export function define(command: Command): Command {
  command
    .option('--limit <number>', 'maximum number of actions', wholeNumber(1, 10_000), 20)
    .option('--json', 'print a list with all details as JSON')
    .addHelpText(
      'after',
      '\nThe newest comes first. "messenger retry ID" retries one.\n\nExample:\n  $ messenger failed --limit 5\n  $ messenger failed show 019a2b3c',
    )
    .action(list);
  command
    .command('show <id>')
    .description('Show all details of a failed action. The beginning of its id is enough.')
    .option('--json', 'print it as JSON')
    .action(show);
  command
    .command('prune')
    .description('Delete old failed actions.')
    .option('--days <days>', 'only those that failed at least this many days ago', parseDays, 30)
    .option('--json', 'print the outcome as JSON')
    .action(prune);
  return command;
}

/** Rejects `failed --limit 5 show ID`, where the limit would have no effect. */
function inStorageWithoutLimit(
  command: Command,
  work: (storage: StorageApp) => Promise<void>,
): Promise<void> {
  if (command.parent?.getOptionValueSource('limit') === 'cli')
    throw createError('WRONG_USE', `--limit is for the list: "messenger failed ${command.name()}" has none.`);
  return inStorage(findWorkspace(process.cwd()), work);
}

const list = ({ limit, json }: { limit: number; json?: boolean }) =>
  inStorage(findWorkspace(process.cwd()), async (storage) => {
    const failed = await listFailedRuns(storage, limit);
    if (json) printJson(failed.map(failedRunJson));
    else if (failed.length === 0) printLine('No action has failed.');
    else printLine(await table(head, failed.map(row)));
  });

const head = ['ID', 'WHEN (UTC)', 'GROUP', 'BOT', 'HANDLER', 'ATTEMPTS', 'ERROR'];

const row = ({ id, failedAt, group, bot, handler, attempts, error, handled }: FailedRunReport): string[] => [
  id,
  shownMoment(failedAt),
  truncate(group.name ?? '', 20),
  truncate(nameOf(bot), 20),
  handler,
  String(attempts),
  truncate(handled ? `warning: ${error.message}` : error.message, 100),
];

const nameOf = ({ name }: FailedRunReport['bot']): string => name ?? '(removed)';

/** Options of `failed` also apply to its subcommands: both have `--json`. */
const show = (id: string, _: object, command: Command) =>
  inStorageWithoutLimit(command, async (storage) => {
    const failed = await showFailedRun(storage, id);
    const { json } = command.optsWithGlobals<{ json?: boolean }>();
    if (json) printJson(failedRunJson(failed));
    else console.log(describe(failed));
  });

function describe(failed: FailedRunReport): string {
  const { error, message, payload } = failed;
  const lines: Array<[string, string | undefined]> = [
    ['Id', failed.id],
    ['Group', failed.group.name ?? failed.group.id],
    ['Bot', nameOf(failed.bot)],
    ['Handler', failed.handler],
    ['Trigger', failed.trigger ?? 'any message'],
    ['Message', message ? `${message.owner.name}: ${message.body}` : undefined],
    ['Payload', payload ? JSON.stringify(payload) : undefined],
    ['Attempts', String(failed.attempts)],
    ['Started', `${shownMoment(failed.startedAt)} UTC`],
    [failed.handled ? 'Handled' : 'Failed', `${shownMoment(failed.failedAt)} UTC`],
    [failed.handled ? 'Warning' : 'Error', error.message],
    ['Code', error.code],
    ['Stack', error.stack ?? undefined],
  ];
  return lines
    .flatMap(([name, text]) =>
      text === undefined ? [] : `${name.padEnd(10)}${indented(escapeControls(text), 10)}`,
    )
    .join('\n');
}

const prune = (_: object, command: Command) =>
  inStorageWithoutLimit(command, async (storage) => {
    const { days, json } = command.optsWithGlobals<{ days: number; json?: boolean }>();
    const runs = await pruneFailedRuns(storage, days);
    if (json) console.log(JSON.stringify({ state: 'pruned', days, runs }));
    else printLine(`Forgot ${counted(runs, 'failed action')}.`);
  });
