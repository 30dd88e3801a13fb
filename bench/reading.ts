/**
 * How long pages of a group of 100,000 messages take at its end, in its middle and at its beginning, by a service and
 * over HTTP, beside SQLite alone reading the same rows.
 *
 * `npm run bench -- reading [messages]`
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { openApp } from '../src/app.ts';
import { timestamp } from '../src/base/clock.ts';
import { newId } from '../src/base/ids.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { openHttpServer } from '../src/http/server.ts';
import { listMessages } from '../src/services/messages/list-messages.ts';
import { locateMessageEdge } from '../src/services/messages/locate-message.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../src/services/users/people.ts';
import { makeToken } from '../src/services/users/tokens.ts';
import { median, table } from './support/figures.ts';

const count = Number(process.argv[2] ?? 100_000);
const rounds = 300;

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-reading-'));
const workspace = findWorkspace(folder);
const config = { http: { port: 0, rateLimits: { api: 0 } } };
writeFileSync(path.join(folder, 'messenger.config.mjs'), `export default ${JSON.stringify(config)};`);
const app = await openApp({ workspace });
const user = await ensureUser(app, 'Ada');
const { token } = await makeToken(app, user.name);
const thread = await ensureGroup(app, 'Lounge');
await ensureParticipant(app, { thread, user, admin: true });
const database = new SqliteDatabase(workspace.database);
const ids = fill();
const server = await openHttpServer(app, { port: 0 });

/** Stores the messages and returns their ids, oldest first. */
function fill(): string[] {
  const insert = database.prepare(`
    insert into messages (id, thread_id, owner_type, owner_id, type, body, edited, created_at, updated_at)
    values (?, '${thread.id}', 'user', '${user.id}', 0, ?, 0, ?, ?)`);
  const begun = Date.now() - count;
  const made = Array.from({ length: count }, newId);
  database.transaction(() => {
    for (const [number, id] of made.entries()) {
      const at = timestamp(begun + number);
      insert.run(id, `message ${number}`, at, at);
    }
  })();
  return made;
}

const rows = database.prepare(
  'select * from messages where thread_id = ? and sequence < ? and archived_at is null order by sequence desc limit 50',
);
const sequenceOf = database.prepare('select sequence from messages where id = ?').pluck();

/** Reads the messages before one of them. */
const readers: Readonly<Record<string, (before: string | undefined) => unknown>> = {
  sqlite: (before) =>
    rows.all(thread.id, before === undefined ? Number.MAX_SAFE_INTEGER : sequenceOf.get(before)),
  service: async (before) =>
    listMessages(app, {
      thread,
      user,
      before: before === undefined ? undefined : await locateMessageEdge(app, thread, before),
    }),
  http: async (before) => {
    const page = before === undefined ? '' : `/page/${before}`;
    const answer = await fetch(`${server.url}/api/messenger/threads/${thread.id}/messages${page}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (answer.status !== 200) throw new Error(await answer.text());
    return answer.text();
  },
};

const depths: ReadonlyArray<readonly [name: string, before: string | undefined]> = [
  ['the first page', undefined],
  ['the second page', ids.at(-50)],
  ['in the middle', ids[count / 2]],
  ['the last page', ids[50]],
];
/** Milliseconds by reader and depth. */
const times = new Map<string, number[]>();
for (let round = 0; round < rounds; round++) {
  for (const [depth, before] of depths) {
    for (const [name, read] of Object.entries(readers)) {
      const begun = performance.now();
      await read(before);
      const key = `${name} ${depth}`;
      times.set(key, [...(times.get(key) ?? []), performance.now() - begun]);
    }
  }
}
await server.close();
await app.close();
database.close();
rmSync(folder, { recursive: true });

const [[first] = ['']] = depths;
const of = (reader: string, depth: string) => median(times.get(`${reader} ${depth}`));
const cells = (reader: string, depth: string) => [
  `${of(reader, depth).toFixed(2)} ms`,
  (of(reader, depth) / of(reader, first)).toFixed(2),
];
console.log(
  table([
    ['50 messages', 'SQLite alone', 'to first', 'service', 'to first', 'HTTP', 'to first'],
    ...depths.map(([depth]) => [depth, ...Object.keys(readers).flatMap((reader) => cells(reader, depth))]),
  ]),
);
