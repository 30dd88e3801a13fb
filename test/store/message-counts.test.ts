import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aMessage, aThread, at } from '../support/records.ts';
import { databaseFile, execute, openStore } from '../support/stores.ts';

const types = [0, 1, 88, 94];

/** Something that is done with a message, by its place among those of the thread. */
const changes = fc.array(
  fc.oneof(
    fc.record({ type: fc.constantFrom(...types), archivedAt: fc.constantFrom(null, at(0)) }),
    fc.record({
      statement: fc.constantFrom(
        'update messages set archived_at = created_at',
        'update messages set archived_at = null',
        "update messages set body = 'changed'",
        'delete from messages',
      ),
      place: fc.nat(5),
    }),
  ),
  { maxLength: 20 },
);

test('the number of messages is that of those that are not archived, whatever is done with them', async () => {
  const file = databaseFile();
  const store = await openStore(file);
  const countsStay = fc.asyncProperty(changes, async (all) => {
    const thread = aThread();
    await store.threads.insert(thread);
    const nth = `select id from messages where thread_id = '${thread.id}' order by sequence limit 1 offset`;
    for (const change of all) {
      if ('type' in change) await store.messages.insert(aMessage({ threadId: thread.id, ...change }));
      else await execute(file, `${change.statement} where id = (${nth} ${change.place})`);
    }
    const left = (await store.messages.newest(thread.id, 99)).map(({ type }) => type);
    expect(await store.messages.count(thread.id, {})).toBe(left.length);
    const system = left.filter((type) => type >= 88);
    expect(await store.messages.count(thread.id, { system: true })).toBe(system.length);
    for (const type of types)
      expect(await store.messages.count(thread.id, { type })).toBe(left.filter((one) => one === type).length);
  });
  await fc.assert(countsStay, { numRuns: 40 });
});
