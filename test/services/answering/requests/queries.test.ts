import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { messageTypes } from '../../../../src/domain/message.ts';
import type { OpenRun } from '../../../../src/services/answering/requests/active-run.ts';
import {
  bots,
  documents,
  invites,
  messages,
  participants,
} from '../../../../src/services/answering/requests/queries.ts';
import { helloBot } from '../../../support/handlers.ts';
import { openRun } from '../../../support/open-run.ts';
import { aMessage, anInvite, at } from '../../../support/records.ts';
import { endAfterAll } from '../../../support/temporary-folder.ts';
import { TestGroup } from '../../../support/test-group.ts';

const atEnd = endAfterAll();
let shared: TestGroup;
beforeAll(async () => {
  shared = await TestGroup.open({ 'HelloBot.ts': helloBot }, {}, atEnd);
});

/** A new group in which Bob has written, and the run of a bot that answers him. */
let group: TestGroup;
let run: OpenRun;
beforeEach(async () => {
  group = await shared.anew();
  await group.attach('hello');
  run = await runFor('Bob');
});

/** A run for a message that no trigger matches, once nothing runs in the background. */
async function runFor(name: string): Promise<OpenRun> {
  const message = await group.send(name, 'first');
  await group.app.queue.idle();
  return openRun(group, message);
}

/** Stores messages of Bob, the first one oldest. */
async function store(count: number, more: (number: number) => object = () => ({})) {
  const bob = await group.person('Bob');
  const owner = { type: 'user', id: bob.id, name: 'Bob' } as const;
  await group.app.store.transaction(async ({ messages }) => {
    for (let number = 1; number <= count; number++)
      await messages.insert(
        aMessage({ threadId: group.thread.id, owner, body: `${number}`, ...more(number) }),
      );
  });
}

describe('messages', () => {
  const bodies = async (...args: Parameters<typeof messages>) => {
    const { items, next } = await messages(...args);
    return {
      bodies: items.map(({ body }) => body).join(' '),
      isLast: next === null,
      last: items.at(-1)?.id,
      next,
    };
  };

  test('of a page are 50, or as many as were asked for within 1 and 100', async () => {
    await store(103);
    const sizeOf = async (limit?: number) => (await messages(run, { limit }, 1)).items.length;
    const asked = [undefined, 100, 101, 1_000_000, 2.9, 1, 0, -5];
    expect(await Promise.all(asked.map(sizeOf))).toEqual([50, 100, 100, 100, 2, 1, 1, 1]);
  });

  test('come newest first, page by page until the last', async () => {
    await store(4);
    const first = await bodies(run, { limit: 2 }, 1);
    expect(first).toMatchObject({ bodies: '4 3', isLast: false });
    expect(first.next).toBe(first.last);
    const second = await bodies(run, { limit: 2, before: first.next }, 1);
    expect(second).toMatchObject({ bodies: '2 1', isLast: false });
    expect(await bodies(run, { limit: 2, before: second.next }, 1)).toMatchObject({
      bodies: 'first added the BOT - LoungeBot',
      isLast: true,
    });
  });

  test('before a message that does not exist are none', async () => {
    expect(await bodies(run, { before: 'nothing' }, 1)).toMatchObject({ bodies: '', isLast: true });
  });

  test('that are archived, or of another group, are not among them', async () => {
    await store(2, (number) => ({ archivedAt: number === 1 ? at(5) : null }));
    const other = await shared.anew();
    await other.send('Bob', 'elsewhere');
    await other.app.queue.idle();
    expect((await bodies(run, { limit: 2 }, 1)).bodies).toBe('2 first');
  });
});

describe('documents', () => {
  const type = messageTypes.DOCUMENT_MESSAGE;

  test('are found by a part of their name, and have an address that can be opened', async () => {
    await store(1, () => ({ type, body: 'Übersicht 100%.pdf', id: 'd' }));
    await store(1, () => ({ type, body: 'notes.txt' }));
    await store(1, () => ({ type: messageTypes.IMAGE_MESSAGE, body: '100.png' }));
    const { items } = await documents(run, { name: '100%' }, 1);
    expect(items).toMatchObject([
      { id: 'd', url: `/messenger/assets/threads/${group.thread.id}/files/d/%C3%9Cbersicht%20100%25.pdf` },
    ]);
    expect((await documents(run, {}, 1)).items.length).toBe(2);
  });
});

describe('bots', () => {
  test('show the actions of one that hides them only to who may manage bots', async () => {
    const [{ bot } = { bot: undefined }] = await group.app.store.bots.inThread(group.thread.id);
    await group.change('update bots set hide_actions = 1 where id = ?', bot?.id);
    const asBob = await bots(run, null, 1);
    const asAda = await bots(await runFor('Ada'), null, 1);
    expect([asBob, asAda].map(([seen]) => seen?.actions.map(({ handler }) => handler))).toEqual([
      [],
      ['hello'],
    ]);
  });

  test('have no actions whose handler is gone', async () => {
    await group.change("update bot_actions set handler = 'gone'");
    expect(await bots(run, null, 1)).toMatchObject([{ actions: [] }]);
  });
});

test('participants are listed with what they may do, longest there first', async () => {
  expect(await participants(run, null, 1)).toMatchObject([
    { user: { type: 'user', name: 'Ada' }, admin: true, manageBots: true },
    { user: { type: 'user', name: 'Bob' }, admin: false, manageBots: false },
  ]);
});

test('invites are those that can be used now', async () => {
  const { app, thread, clock } = group;
  const valid = anInvite({ threadId: thread.id, code: 'VALID', createdAt: clock.now() });
  await app.store.invites.insert(valid, clock.now());
  await app.store.invites.insert(anInvite({ threadId: thread.id, expiresAt: at(1) }), clock.now());
  expect(await invites(run, null, 1)).toEqual([
    { id: valid.id, code: 'VALID', joinPath: '/messenger/join/VALID', expiresAt: null },
  ]);
});
