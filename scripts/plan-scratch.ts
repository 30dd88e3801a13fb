import SqliteDatabase from 'better-sqlite3';
import { openSqliteStore } from '../src/store/store.ts';
import { newId } from '../src/base/ids.ts';
import { aMessage, aParticipant, aThread, aUser, at } from '../test/support/records.ts';
const file = '/tmp/people-scratch/x.sqlite';
const store = await openSqliteStore(file);
const user = aUser();
await store.transaction(async (s) => {
  await s.users.insert(user);
  for (let t = 0; t < 150; t++) {
    const thread = aThread({ updatedAt: at(t) });
    await s.threads.insert(thread);
    await s.participants.insert(aParticipant({ threadId: thread.id, userId: user.id }));
    for (let m = 0; m < 400; m++) await s.messages.insert(aMessage({ threadId: thread.id, createdAt: at(m), owner: {type:'user', id: user.id, name: 'x'} }));
  }
});
const { listThreads } = await import('../src/services/list-threads.ts');
for (let i = 0; i < 4; i++) {
  const begun = performance.now();
  const page = await listThreads({ store }, user);
  console.log(page.items.length, page.items[0]?.unreadCount, Math.round(performance.now() - begun), 'ms');
}
const db = new SqliteDatabase(file);
for (const q of [
  `select count(*) from messages where thread_id = 'x' and archived_at is null and created_at > 'y'`,
  `select id from messages where thread_id='x' and archived_at is null and created_at <= 'y' order by created_at desc limit 1`,
  `select sequence from messages as newer where newer.thread_id = 'x' and newer.archived_at is null order by sequence desc limit 1`,
  `select * from messages where thread_id='x' and archived_at is null and type >= 88 order by sequence desc limit 50`,
  `select count(*) from messages where thread_id='x' and archived_at is null`,
  `select * from participants where thread_id='x' and removed_at is null and id > '' order by id limit 500`,
]) console.log(db.prepare('explain query plan ' + q).all().map((r: any) => r.detail).join(' | '));
await store.close();
