/**
 * What a purge costs beside the least it could cost: `rm -rf` of the same files and one `DELETE` of the same rows,
 * in the same process, taking turns. The purge is one that can be killed anywhere; the other is not.
 *
 * `npm run bench -- purge [rounds] [bots]`
 *
 * It works in the system's temporary folder; `TMPDIR` names another disk.
 */

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { daysAgo, MovableClock, timestamp } from '../src/base/clock.ts';
import { newId } from '../src/base/ids.ts';
import { botFolder } from '../src/domain/file-path.ts';
import type { ProviderRef } from '../src/domain/provider.ts';
import { newGroup } from '../src/domain/thread.ts';
import { purgeBots } from '../src/services/bots/purge-bots.ts';
import { LocalFiles } from '../src/store/local-files.ts';
import { openSqliteStore } from '../src/store/store.ts';
import { aBot, anAction } from '../test/support/records.ts';
import { median, table } from './support/figures.ts';

const rounds = Number(process.argv[2] ?? 3);
const archivedBots = Number(process.argv[3] ?? 500);
const liveBots = 20;
const actionsEach = 2;
const filesEach = 3;

const clock = new MovableClock();
const longAgo = timestamp(clock.milliseconds() - 40 * 24 * 60 * 60 * 1000);
const thread = newGroup(newId(), 'Bench', clock.now());
const owner: ProviderRef = { type: 'user', id: newId() };
const ids = Array.from({ length: archivedBots + liveBots }, newId);

interface Bench {
  database: string;
  storage: string;
}

/** A group with its bots in the database and their files in the storage. */
function prepare(folder: string, template: string): Bench {
  const bench = { database: path.join(folder, 'messenger.sqlite'), storage: path.join(folder, 'storage') };
  copyFileSync(template, bench.database);
  for (const id of ids) writeFiles(path.join(bench.storage, botFolder(thread.id, id), 'avatar'));
  // What was just written is not to be paid for by whoever is measured next.
  execFileSync('sync');
  return bench;
}

/** Writes the database that each turn starts with. */
async function writeTemplate(file: string): Promise<void> {
  const store = await openSqliteStore(file);
  await store.transaction(async (transaction) => {
    await transaction.threads.insert(thread);
    for (const [index, id] of ids.entries()) {
      await transaction.bots.insert(
        aBot({
          id,
          threadId: thread.id,
          owner,
          avatar: '0.png',
          ...times,
          archivedAt: index < archivedBots ? longAgo : null,
        }),
      );
      for (let number = 0; number < actionsEach; number++)
        await transaction.bots.insertAction(anAction({ botId: id, owner, ...times }));
    }
  });
  await store.close();
}

const times = { createdAt: longAgo, updatedAt: longAgo };

function writeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < filesEach; file++) writeFileSync(path.join(folder, `${file}.png`), 'picture');
}

const purge = async ({ database, storage }: Bench): Promise<void> => {
  const store = await openSqliteStore(database);
  const { bots } = await purgeBots({ store, files: new LocalFiles(storage), clock }, daysAgo(clock, 30));
  await store.close();
  if (bots !== archivedBots) throw new Error(`It purged ${bots} bots.`);
};

/** The same, with nothing that would survive a crash in between; the files of live bots go, too. */
const removeAll = async ({ database, storage }: Bench): Promise<void> => {
  execFileSync('rm', ['-rf', storage]);
  const connection = new SqliteDatabase(database);
  connection.pragma('synchronous = full');
  connection.pragma('foreign_keys = on');
  const { changes } = connection.prepare('delete from bots where archived_at < ?').run(clock.now());
  connection.close();
  if (changes !== archivedBots) throw new Error(`It deleted ${changes} bots.`);
};

/** Milliseconds. */
async function measure(work: (bench: Bench) => Promise<void>, template: string): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
  try {
    const bench = prepare(folder, template);
    const started = performance.now();
    await work(bench);
    return performance.now() - started;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
const template = path.join(folder, 'template.sqlite');
await writeTemplate(template);
const [ours, theirs]: [number[], number[]] = [[], []];
for (let round = 1; round <= rounds; round++) {
  const order = round % 2 === 1 ? [purge, removeAll] : [removeAll, purge];
  for (const work of order) (work === purge ? ours : theirs).push(await measure(work, template));
}
rmSync(folder, { recursive: true });

console.log(`${archivedBots} bots, ${archivedBots * actionsEach} actions, ${archivedBots * filesEach} files`);
console.log(
  table([
    ['', 'median of the rounds', 'aim'],
    ['purge', `${median(ours).toFixed(0)} ms`, ''],
    ['`rm -rf` and `DELETE`', `${median(theirs).toFixed(0)} ms`, ''],
    ['purge beside it', median(ours.map((time, round) => time / (theirs[round] ?? 0))).toFixed(2), '2'],
  ]),
);
