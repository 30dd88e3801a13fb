/**
 * What a purge costs beside the least it could cost: `rm -rf` of the same files and one `DELETE` of the same rows,
 * in the same process, taking turns. The purge is one that can be killed anywhere; the other is not.
 *
 * `npm run bench -- purge [rounds] [bots]`
 *
 * It works in the system's temporary folder; `TMPDIR` names another disk.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { daysAgo, MovableClock, timestamp } from '../src/base/clock.ts';
import { newId } from '../src/base/ids.ts';
import { botFolder } from '../src/domain/file-path.ts';
import { purgeBots } from '../src/services/bots/purge-bots.ts';
import { LocalFiles } from '../src/store/local-files.ts';
import { openSqliteStore } from '../src/store/store.ts';
import { median } from './support/figures.ts';

const rounds = Number(process.argv[2] ?? 5);
const archivedBots = Number(process.argv[3] ?? 10_000);
const liveBots = 100;
const actionsEach = 2;
const filesEach = 3;

const clock = new MovableClock();
const longAgo = timestamp(clock.milliseconds() - 40 * 24 * 60 * 60 * 1000);
const threadId = newId();

interface Bench {
  database: string;
  storage: string;
}

/** A group with its bots in the database and their files in the storage. */
async function prepare(folder: string): Promise<Bench> {
  const bench = { database: path.join(folder, 'messenger.sqlite'), storage: path.join(folder, 'storage') };
  const ids = Array.from({ length: archivedBots + liveBots }, newId);
  await (await openSqliteStore(bench.database)).close();
  insertBots(bench.database, ids);
  for (const id of ids) writeFiles(path.join(bench.storage, botFolder(threadId, id), 'avatar'));
  // What was just written is not to be paid for by whoever is measured next.
  execFileSync('sync');
  return bench;
}

function writeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < filesEach; file++) writeFileSync(path.join(folder, `${file}.png`), 'picture');
}

function insertBots(file: string, ids: readonly string[]): void {
  const database = new SqliteDatabase(file);
  const now = clock.now();
  const thread = database.prepare(
    `insert into threads values (?, 'group', 'Bench', 1, 1, 1, 1, 1, 1, 0, 0, '${now}', '${now}', null)`,
  );
  const bot = database.prepare(
    `insert into bots values (?, '${threadId}', 'user', 'ada', 'Bot', '0.png', 1, 0, 0, '${now}', '${now}', ?)`,
  );
  const action = database.prepare(
    `insert into bot_actions values (null, ?, ?, 'user', 'ada', 'hello', 'exact', 'hello|hi', null, 1, 0, 0, '${now}', '${now}')`,
  );
  database.transaction(() => {
    thread.run(threadId);
    ids.forEach((id, index) => {
      bot.run(id, index < archivedBots ? longAgo : null);
      for (let number = 0; number < actionsEach; number++) action.run(newId(), id);
    });
  })();
  database.close();
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
async function measure(work: (bench: Bench) => Promise<void>): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
  try {
    const bench = await prepare(folder);
    const started = performance.now();
    await work(bench);
    return performance.now() - started;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ratios: number[] = [];
for (let round = 1; round <= rounds; round++) {
  const order = round % 2 === 1 ? [purge, removeAll] : [removeAll, purge];
  const times = new Map<typeof purge, number>();
  for (const work of order) times.set(work, await measure(work));
  const [ours, theirs] = [times.get(purge) ?? Number.NaN, times.get(removeAll) ?? Number.NaN];
  ratios.push(ours / theirs);
  console.log(
    `round ${round}: purge ${ours.toFixed(0)} ms, rm -rf and DELETE ${theirs.toFixed(0)} ms, ratio ${(ours / theirs).toFixed(2)}`,
  );
}
console.log(
  `${archivedBots} bots, ${archivedBots * actionsEach} actions, ${archivedBots * filesEach} files: ratio ${median(ratios).toFixed(2)} (aim: at most 2)`,
);
