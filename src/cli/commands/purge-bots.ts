import type { Command } from 'commander';
import { openStorage, type StorageApp } from '../../app/open-storage.ts';
import { daysAgo } from '../../base/clock.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { isFolderLocked } from '../../daemon/lock.ts';
import { countPurge, purgeBots, queuePurgeOn } from '../../services/bots/purge-bots.ts';
import { parseDays } from '../days.ts';
import { onInterrupt } from '../interrupt.ts';
import { reportWarnings } from '../problems.ts';
import { counted } from '../text.ts';

interface Options {
  days: number;
  now?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** `messenger purge:bots` */
export const define = (command: Command): Command =>
  command
    .option('--days <days>', 'only bots that were removed at least this many days ago', parseDays, 30)
    .option('--now', 'purge in this process, even if a running messenger could do it')
    .option('--dry-run', 'only show what would be purged')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      `
Permanently deletes removed bots with their actions and files. Other bots are never touched. It can be interrupted
and run again. Exits with 0 even if there is nothing to do.

Example:
  $ messenger purge:bots --days 30
  0 6 * * *  cd /srv/chat && messenger purge:bots`,
    )
    .action(purge);

async function purge(options: Options): Promise<void> {
  const workspace = findWorkspace(process.cwd());
  const running = isFolderLocked(workspace.data);
  const storage = await openStorage(workspace, { onlyWhatIsThere: !running });
  reportWarnings(storage);
  try {
    if (options.dryRun) say(options, 'would_purge', await countPurge(storage, options.days));
    else if (running && !options.now) await queue(storage, options);
    else await purgeHere(storage, options, running);
  } finally {
    await storage.close();
  }
}

async function queue(storage: StorageApp, options: Options): Promise<void> {
  await queuePurgeOn(storage, storage.channel, options.days);
  if (options.json) console.log(JSON.stringify({ state: 'queued', days: options.days }));
  else console.log('Queued: the running messenger purges the bots. Use --now to do it here.');
}

async function purgeHere(storage: StorageApp, options: Options, running: boolean): Promise<void> {
  const stop = new AbortController();
  const release = onInterrupt(() => stop.abort());
  if (!running && !options.now && !options.json)
    console.log('No messenger runs here to do it, so it is done now.');
  const purged = await purgeBots(storage, daysAgo(storage.clock, options.days), {
    onChunk: ({ bots }) => progress(`Purging: ${counted(bots, 'bot')} …`),
    signal: stop.signal,
  });
  progress('');
  release();
  say(options, stop.signal.aborted ? 'interrupted' : 'purged', purged);
}

/** Prints a line that the next one overwrites. Only on a terminal. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

const stateTexts = {
  purged: 'Purged',
  interrupted: 'Interrupted; so far purged',
  would_purge: 'Would purge',
} as const;

function say(
  options: Options,
  state: keyof typeof stateTexts,
  count: { bots: number; actions: number },
): void {
  if (options.json) console.log(JSON.stringify({ state, days: options.days, ...count }));
  else
    console.log(
      `${stateTexts[state]} ${counted(count.bots, 'bot')} with ${counted(count.actions, 'action')}.`,
    );
}
