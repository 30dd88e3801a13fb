/**
 * What 100,000 waiting jobs do to a daemon that starts: when the first of them is answered, how long a new message of
 * another group takes beside one in a daemon without waiting jobs, and how much memory it needs.
 *
 * `npm run bench -- queue-depth [jobs]`
 */

import SqliteDatabase from 'better-sqlite3';
import { timestamp } from '../src/base/clock.ts';
import { newId } from '../src/base/ids.ts';
import { BenchDaemon } from './support/bench-daemon.ts';
import type { BenchSeat } from './support/bench-person.ts';
import { median, quantile, table } from './support/figures.ts';

const jobs = Number(process.argv[2] ?? 100_000);
const turns = 2;
const asksEachTurn = 60;

/** Stores waiting jobs, each with its message, in all groups but the last. */
function fill(file: string, seats: readonly BenchSeat[]): void {
  const database = new SqliteDatabase(file);
  const now = timestamp(Date.now() - 3_600_000);
  const message = database.prepare(`
    insert into messages (id, thread_id, owner_type, owner_id, type, body, edited, created_at, updated_at)
    values (?, ?, 'user', ?, 0, '!ask 1', 0, '${now}', '${now}')`);
  const job = database.prepare(`
    insert into jobs (queue, key, kind, payload_json, status, attempts, since, run_at, created_at)
    values ('messenger-bots', ?, 'answer-message', ?, ?, 0, '${now}', '${now}', '${now}')`);
  const busy = seats.slice(0, -1);
  database.transaction(() => {
    for (let number = 0; number < jobs; number++) {
      const { threadId = '', userId = '' } = busy[number % busy.length] ?? {};
      const messageId = newId();
      message.run(messageId, threadId, userId);
      job.run(threadId, JSON.stringify({ messageId }), number < busy.length ? 'ready' : 'waiting');
    }
  })();
  database.close();
}

/** Milliseconds from a moment to the first answer, and how many there are. */
function answers(file: string, since: number): { first: number; count: number } {
  const database = new SqliteDatabase(file, { readonly: true });
  const row = database
    .prepare("select min(created_at) as first, count(*) as count from messages where owner_type = 'bot'")
    .get();
  database.close();
  return { first: Date.parse(Object(row).first) - since, count: Object(row).count };
}

/** Starts a daemon and asks in its last group. */
async function measure(busyGroups: number) {
  let spawned = 0;
  const daemon = await BenchDaemon.start({
    groups: busyGroups + 1,
    actions: 1,
    fill: (file, seats) => {
      if (busyGroups > 0) fill(file, seats);
      spawned = Date.now();
    },
  });
  const ready = Date.now() - spawned;
  const atStart = await daemon.memory();
  const times: number[] = [];
  const person = daemon.people.at(-1);
  for (let number = 0; number < asksEachTurn; number++) times.push((await person?.ask())?.answered ?? 0);
  const memory = await daemon.memory();
  const { first, count } = answers(daemon.database, spawned);
  await daemon.stop();
  return { ready, first, times, atStart, memory, count: count - asksEachTurn };
}

type Measured = Awaited<ReturnType<typeof measure>>;

const rows: Array<[name: string, groups: number, measured: Measured[]]> = [
  ['none', 0, []],
  [`${jobs} of 1 group`, 1, []],
  [`${jobs} of 50 groups`, 50, []],
];
for (let turn = 0; turn < turns; turn++)
  for (const [, groups, measured] of rows) measured.push(await measure(groups));

const usual = median(rows[0]?.[2].flatMap(({ times }) => times));
const of = (measured: readonly Measured[], figure: (one: Measured) => number, digits = 0) =>
  median(measured.map(figure)).toFixed(digits);
console.log(
  table([
    [
      'waiting jobs',
      'ready after',
      'first answer after',
      'new message, median',
      '90%',
      'beside none',
      'answered beside it',
      'memory at start',
      'afterwards',
    ],
    ...rows.map(([name, groups, measured]) => {
      const times = measured.flatMap((one) => one.times);
      return [
        name,
        `${of(measured, ({ ready }) => ready)} ms`,
        groups === 0 ? '' : `${of(measured, ({ first }) => first)} ms`,
        `${median(times).toFixed(1)} ms`,
        `${quantile(times, 0.9).toFixed(1)} ms`,
        (median(times) / usual).toFixed(2),
        groups === 0 ? '' : of(measured, ({ count }) => count),
        `${of(measured, ({ atStart }) => atStart)} MB`,
        `${of(measured, ({ memory }) => memory)} MB`,
      ];
    }),
  ]),
);
