import { describe, expect, test } from 'vitest';
import { ignoreReason } from '../../src/domain/ignore-reason.ts';
import { messageTypes } from '../../src/domain/message.ts';
import { newGroupSettings, type Thread } from '../../src/domain/thread.ts';
import type { NewMessage } from '../../src/store/messages.ts';
import { aMessage, aRun, aThread, at, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

const ada = { type: 'user', id: '1', name: 'Ada' } as const;
const bot = { type: 'bot', id: '2', name: 'Bot' } as const;

const ofMessages: Array<Partial<NewMessage>> = [
  {},
  { archivedAt: at(9) },
  { type: messageTypes.IMAGE_MESSAGE },
  { type: messageTypes.GROUP_RENAMED },
  { owner: bot },
];
const ofThreads: Array<Partial<Thread>> = [{}, { kind: 'private', subject: null }, { archivedAt: at(9) }];

describe('the history', () => {
  test('has exactly the messages that bots would answer if they were on', async () => {
    const store = await openStore();
    const expected: string[] = [];
    for (const ofThread of ofThreads) {
      const thread = aThread({ settings: { ...newGroupSettings, chatBots: true }, ...ofThread });
      await store.threads.insert(thread);
      for (const ofMessage of ofMessages) {
        const stored = await store.messages.insert(
          aMessage({ threadId: thread.id, owner: ada, ...ofMessage }),
        );
        if (ignoreReason(stored, thread, true) === null) expected.push(stored.id);
      }
    }
    expect(expected).toHaveLength(1);
    expect((await store.history.page({ limit: 99 })).map(({ id }) => id)).toEqual(expected);
  });

  test('comes in pages, newest first, also of one thread and from a moment on', async () => {
    const store = await openStore();
    const threads = [aThread(), aThread()];
    for (const thread of threads) await store.threads.insert(thread);
    for (const [index, body] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
      const threadId = threads[index % 2]?.id ?? '';
      await store.messages.insert(aMessage({ threadId, body, owner: ada, createdAt: at(index) }));
    }
    const bodies = async (page: Partial<Parameters<typeof store.history.page>[0]>) =>
      (await store.history.page({ limit: 99, ...page })).map(({ body }) => body).join('');
    expect(await bodies({})).toBe('fedcba');
    expect(await bodies({ limit: 2 })).toBe('fe');
    const [, edge] = await store.history.page({ limit: 2 });
    expect(await bodies({ older: edge?.sequence, limit: 3 })).toBe('dcb');
    expect(await bodies({ threadId: threads[1]?.id })).toBe('fdb');
    expect(await bodies({ since: at(4) })).toBe('fe');
  });

  test('says why a message was ignored when it arrived', async () => {
    const store = await openStore();
    const { message } = await seed(store);
    await store.messages.setIgnoreReason(message.id, 'bots_off_in_thread');
    expect(await store.history.page({ limit: 1 })).toEqual([
      {
        sequence: message.sequence,
        id: message.id,
        threadId: message.threadId,
        body: message.body,
        createdAt: message.createdAt,
        ignored: 'bots_off_in_thread',
      },
    ]);
  });

  test('knows the actions that ran for messages, whatever became of the runs', async () => {
    const store = await openStore();
    const { message } = await seed(store);
    const other = await seed(store);
    const ran = aRun({ messageId: message.id, status: 'handled', trigger: 'hi' });
    const skipped = aRun({ messageId: message.id, status: 'skipped', reason: 'admin_only', trigger: null });
    const elsewhere = aRun({ messageId: other.message.id });
    await store.runs.insert([ran, skipped, elsewhere]);
    const found = await store.history.actionsByMessage([message.id]);
    expect([...(found.get(message.id) ?? [])]).toEqual([
      [ran.actionId, 'hi'],
      [skipped.actionId, null],
    ]);
    expect(found.size).toBe(1);
    expect((await store.history.actionsByMessage([])).size).toBe(0);
  });
});
