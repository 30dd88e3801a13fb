import { type Command, InvalidArgumentError } from 'commander';
import { createError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { findWorkspace, type Workspace } from '../../config/workspace.ts';
import { startInBackground, stopDaemon } from '../../daemon/background.ts';
import { askStatus } from '../../daemon/control-client.ts';
import { type DaemonInfo, findDaemon } from '../../daemon/info.ts';
import { type AddressOptions, addressWords, takenPortNote, withAddress } from '../address.ts';
import { showLog } from '../daemon-log.ts';
import { botsOff, statusLines } from '../daemon-status.ts';
import { statusJson } from '../json.ts';
import { reportWarnings } from '../problems.ts';

interface StartOptions extends AddressOptions {
  json?: boolean;
}

interface StopOptions {
  force?: boolean;
  json?: boolean;
}

/** `messenger daemon start|stop|restart|status|logs` */
export function define(command: Command): Command {
  command.configureHelp({ sortSubcommands: true });
  command.addHelpText('after', '\nExample:\n  $ messenger daemon start\n  $ messenger daemon logs -f');
  withAddress(command.command('start'))
    .description('Start a daemon in the background.')
    .option('--json', 'print its address and process as JSON')
    .action(start);
  command
    .command('stop')
    .description('Stop the daemon after running handlers have finished.')
    .option('--force', 'stop it at once; unfinished work is repeated at the next start')
    .option('--json', 'print the outcome as JSON')
    .action(stop);
  withAddress(command.command('restart'))
    .description('Stop the daemon if one is running, and start it again.')
    .option('--force', 'stop it at once')
    .option('--json', 'print its address and process as JSON')
    .action(restart);
  command
    .command('status')
    .description('Show the status of the daemon. Exits with 1 if none is running.')
    .option('--json', 'print it as JSON')
    .action(status);
  command
    .command('logs')
    .description('Print the log of the daemon.')
    .option('-f, --follow', 'keep printing new lines until Ctrl+C')
    .option('-n, --lines <count>', 'maximum number of lines', parseCount, 100)
    .option('--json', 'print JSON lines even on a terminal')
    .action((options) => showLog(findWorkspace(process.cwd()), options));
  return command;
}

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number of lines, like 100.');
}

async function start(options: StartOptions): Promise<void> {
  await startAndPrint(findWorkspace(process.cwd()), options);
}

async function startAndPrint(
  workspace: Workspace,
  options: StartOptions,
  more: readonly string[] = [],
): Promise<void> {
  const ready = await startInBackground(workspace, [...addressWords(options), ...more]);
  reportWarnings(ready);
  if (options.json) console.log(JSON.stringify(ready));
  else console.log(`Started at ${ready.url}${takenPortNote(ready.taken_port)} as process ${ready.pid}.`);
  if (!options.json && !ready.bots.enabled) console.log(botsOff);
}

async function stop(options: StopOptions): Promise<void> {
  const workspace = findWorkspace(process.cwd());
  const { pid } = await stopAndWait(workspace, running(workspace), options);
  if (options.json) console.log(JSON.stringify({ state: 'stopped', pid }));
  else console.log(`Stopped process ${pid}.`);
}

async function restart(options: StopOptions & StartOptions): Promise<void> {
  const workspace = findWorkspace(process.cwd());
  const daemon = findDaemon(workspace);
  // Check the configuration first, so that a broken one does not end a running daemon.
  await loadConfig(workspace);
  if (daemon === undefined) return startAndPrint(workspace, options);
  await stopAndWait(workspace, daemon, options);
  // Clients look for it at its previous port.
  const same = options.port === undefined ? ['--preferred-port', portOf(daemon)] : [];
  await startAndPrint(workspace, { ...daemon.asked, ...options }, same);
}

/** A URL omits the default port of its protocol. */
const portOf = ({ url }: DaemonInfo): string => new URL(url).port || '80';

/** Milliseconds. Exceeds every default grace period; a daemon with a longer one may still be ending. */
const stopTimeout = 60_000;

async function stopAndWait(
  workspace: Workspace,
  daemon: DaemonInfo,
  { force = false }: StopOptions,
): Promise<DaemonInfo> {
  await stopDaemon(workspace, daemon, force, stopTimeout);
  return daemon;
}

async function status(options: { json?: boolean }): Promise<void> {
  const found = await askStatus(running(findWorkspace(process.cwd())));
  console.log(options.json ? JSON.stringify(statusJson(found)) : (await statusLines(found)).join('\n'));
}

function running(workspace: Workspace): DaemonInfo {
  const daemon = findDaemon(workspace);
  if (daemon === undefined) throw createError('DAEMON_NOT_RUNNING');
  return daemon;
}
