import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type App, openApp } from '../../../src/app.ts';
import { newId } from '../../../src/base/ids.ts';
import { findWorkspace } from '../../../src/config/workspace.ts';
import type { Message } from '../../../src/domain/message.ts';
import type { Thread } from '../../../src/domain/thread.ts';
import { asProvider, type User } from '../../../src/domain/user.ts';
import { Broadcaster } from '../../../src/http/realtime/broadcaster.ts';
import { EventLines } from '../../../src/http/realtime/event-lines.ts';
import { Hub } from '../../../src/http/realtime/hub.ts';
import { archiveMessage } from '../../../src/services/messages/archive-message.ts';
import { editMessage } from '../../../src/services/messages/edit-message.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { addParticipants } from '../../../src/services/participants/add-participants.ts';
import { addReaction, removeReaction } from '../../../src/services/reactions/add-reaction.ts';
import { sendKnock } from '../../../src/services/threads/send-knock.ts';
import { updateSettings } from '../../../src/services/threads/update-settings.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../../src/services/users/people.ts';
import { SqliteTwoConnectionsDriver } from '../../../src/store/dialects/sqlite-driver.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

/** A group with Ada, its admin, and Bob, who has written a message. */
interface Scene {
  app: App;
  thread: Thread;
  ada: User;
  bob: User;
  message: Message;
}

const atEnd = endAfterAll();
let app: App;

beforeAll(async () => {
  const folder = temporaryFolder(atEnd);
  const config = { messages: { system: false }, knocks: { timeout: 0 } };
  writeFiles(folder, { 'messenger.config.mjs': `export default ${JSON.stringify(config)};` });
  app = await openApp({ workspace: findWorkspace(folder) });
  atEnd(() => app.close());
});

/** Every statement of the database. */
const execute = vi.spyOn(SqliteTwoConnectionsDriver.prototype, 'execute');
afterAll(() => execute.mockRestore());

async function newScene(name: string, people: number): Promise<Scene> {
  const thread = await ensureGroup(app, name);
  const join = async (person: string, admin = false) => {
    const user = await ensureUser(app, person);
    await ensureParticipant(app, { thread, user, admin });
    return user;
  };
  const [ada, bob] = [await join('Ada', true), await join('Bob')];
  for (let one = 2; one < people; one += 1) await join(`Person ${one}`);
  const message = await send(bob, thread, 'hello');
  return { app, thread, ada, bob, message };
}

async function send(sender: User, { id: threadId }: Thread, body: string, replyToId: string | null = null) {
  const { message } = await sendMessage(app, { threadId, sender, outgoing: { body, replyToId } });
  return message;
}

/** The tables that are read after the last event of `act`, until it has been broadcast to so many streams. */
async function readsAfter(scene: Scene, streams: number, act: (scene: Scene) => unknown): Promise<string[]> {
  const [hub, eventLines] = [new Hub(1), new EventLines()];
  const { id: threadId } = scene.thread;
  const reader = { threadId, userId: scene.bob.id, credential: undefined, backlog: () => 0 };
  for (let one = 0; one < streams; one += 1) eventLines.open(reader);
  const problems: unknown[] = [];
  const broadcaster = new Broadcaster(app, { hub, eventLines }, (error) => problems.push(error));
  const stop = app.events.onAny(() => execute.mockClear());
  await act(scene);
  await broadcaster.close();
  stop();
  eventLines.close();
  expect(problems).toEqual([]);
  return execute.mock.calls.map(([{ sql }]) => / from "(\w+)"/.exec(sql)?.[1] ?? sql);
}

const from = (user: User) => ({ from: asProvider(user), profile: { type: 'user', user } as const });

/** Whom an event is for, where that is not only those who have the thread open. */
const audience = 'participants';

test.each<[string, (scene: Scene) => unknown, string[]]>([
  ['a message', ({ bob, thread }) => send(bob, thread, 'hi'), [audience]],
  [
    'a reply to the message of another',
    ({ ada, thread, message }) => send(ada, thread, 'hi', message.id),
    ['reactions', 'users', audience],
  ],
  [
    "a reply to one's own message",
    ({ bob, thread, message }) => send(bob, thread, 'hi', message.id),
    ['reactions', audience],
  ],
  [
    'an edited message',
    ({ thread, bob: user, message }) => editMessage(app, { thread, user, message, text: 'bye' }),
    ['reactions'],
  ],
  [
    'an archived message',
    ({ thread, bob: user, message }) => archiveMessage(app, { thread, user, message }),
    [audience],
  ],
  [
    'a reaction to the message of another',
    ({ thread, ada: user, message }) => addReaction(app, { thread, user, message, text: '👋' }),
    ['users', audience],
  ],
  [
    "a reaction to one's own message",
    ({ thread, bob: user, message }) => addReaction(app, { thread, user, message, text: '👋' }),
    [],
  ],
  [
    'a reaction that was removed',
    async ({ thread, ada: user, message }) => {
      const of = { messageId: message.id, owner: asProvider(user), createdAt: message.createdAt };
      const reaction = { id: newId(), ...of, reaction: ':wave:' };
      await app.store.reactions.insert(reaction);
      await removeReaction(app, { thread, user, message, reaction });
    },
    [audience],
  ],
  ['a knock', ({ thread, ada }) => sendKnock(app, thread, ada), [audience]],
  ['typing', ({ thread, ada }) => app.events.emit('Typing', { threadId: thread.id, ...from(ada) }), []],
  [
    'new people',
    async ({ thread, ada: user }) => {
      const { id } = await ensureUser(app, 'Somebody new');
      await addParticipants(app, { thread, user, providers: [{ alias: 'user', id }] });
    },
    [],
  ],
  [
    'new settings',
    ({ thread, ada: user }) =>
      updateSettings(app, { thread, user, subject: thread.subject ?? '', settings: { knocks: false } }),
    [],
  ],
])(
  'after %s, only what the event lacks is read, for any number of streams and people',
  async (name, act, expected) => {
    const few = await readsAfter(await newScene(`${name}, few`, 2), 1, act);
    const many = await readsAfter(await newScene(`${name}, many`, 20), 20, act);
    expect({ few, many }).toEqual({ few: expected, many: expected });
  },
);
