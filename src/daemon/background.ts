import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataFolder } from '../base/data-folder.ts';
import { createError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import type { Workspace } from '../config/workspace.ts';
import { askToStop } from './control-client.ts';
import { type DaemonInfo, findDaemon } from './info.ts';
import { isFolderLocked } from './lock.ts';
import { daemonPaths } from './paths.ts';

/** What `messenger serve --json` prints when it is ready. */
export interface Ready extends Pick<DaemonInfo, 'url' | 'realtime' | 'pid'> {
  /** The configured port, if another program is using it. */
  taken_port: number | null;
  bots: { enabled: boolean };
  /** Entries of the configuration and the environment that are ignored. */
  warnings: readonly string[];
}

/** Milliseconds between checks whether a daemon has ended. */
const pollInterval = 50;

/**
 * Starts a daemon that outlives this process, and waits until it is ready.
 *
 * @param words options for `messenger serve`
 * @throws DAEMON_RUNNING; DAEMON_FAILED with the output of the daemon before it ended
 */
export async function startInBackground(workspace: Workspace, words: readonly string[]): Promise<Ready> {
  const running = findDaemon(workspace);
  if (running) throw createError('DAEMON_RUNNING', running.pid);
  makeDataFolder(workspace.data);
  const { startLog } = daemonPaths(workspace.data);
  const line = await spawnServe(workspace, words, startLog);
  if (line === undefined) throw createError('DAEMON_FAILED', readFileSync(startLog, 'utf8').trim());
  const ready = JSON.parse(line);
  if ('error' in ready) throw createError('DAEMON_FAILED', ready.error.message);
  return ready;
}

/** The first line that `messenger serve` prints; undefined if it ended without one. */
async function spawnServe(
  workspace: Workspace,
  words: readonly string[],
  startLog: string,
): Promise<string | undefined> {
  mkdirSync(path.dirname(startLog), { recursive: true });
  const errors = openSync(startLog, 'w', 0o600);
  const child = spawn(
    process.execPath,
    [packageFile('bin/messenger.js'), 'serve', '--json', '--quiet', ...words],
    { cwd: workspace.folder, detached: true, stdio: ['ignore', 'pipe', errors] },
  );
  closeSync(errors);
  const { stdout } = child;
  if (stdout === null) return undefined;
  const line = await new Promise<string | undefined>((resolve) => {
    // The output may end after the process. There is no line only once all output was read.
    const lines = createInterface({ input: stdout });
    lines.once('line', resolve).once('close', () => resolve(undefined));
  });
  stdout.destroy();
  child.unref();
  return line;
}

/**
 * Asks a daemon to finish its current work, and waits until it has ended.
 *
 * @param force ends it at once instead; unfinished work is done again at the next start
 * @throws DAEMON_SILENT when it does not answer, or has not ended after `timeout` milliseconds
 */
export async function stopDaemon(
  workspace: Workspace,
  daemon: DaemonInfo,
  force: boolean,
  timeout: number,
): Promise<void> {
  if (force) process.kill(daemon.pid, 'SIGKILL');
  else await askToStop(daemon);
  for (let waited = 0; isFolderLocked(workspace.data); waited += pollInterval) {
    if (waited > timeout) throw createError('DAEMON_SILENT', daemon.pid);
    await sleep(pollInterval);
  }
}
