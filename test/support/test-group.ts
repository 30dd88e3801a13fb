import { onTestFinished } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { MovableClock } from '../../src/base/clock.ts';
import { configSchema, type UserConfig } from '../../src/config/schema.ts';
import { findWorkspace, type Workspace } from '../../src/config/workspace.ts';
import type { Bot } from '../../src/domain/bot.ts';
import type { BotAction } from '../../src/domain/bot-action.ts';
import { emojiOf } from '../../src/domain/emoji.ts';
import type { EventName, Events } from '../../src/domain/event.ts';
import { type Message, messageTypes } from '../../src/domain/message.ts';
import type { Thread } from '../../src/domain/thread.ts';
import type { User } from '../../src/domain/user.ts';
import { attachAction } from '../../src/services/bots/attach-action.ts';
import { createBot } from '../../src/services/bots/create-bot.ts';
import { attachHandler } from '../../src/services/bots/playground.ts';
import {
  answerJob,
  newMessage,
  type OutgoingMessage,
  sendMessage,
} from '../../src/services/messages/send-message.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import type { NewMessage } from '../../src/store/messages.ts';
import { compileAhead } from './compile-ahead.ts';
import { fileEnd } from './file-end.ts';
import { changeDatabase } from './stores.ts';
import { type AtEnd, temporaryFolder, writeFiles } from './temporary-folder.ts';

type Sayings = { [Name in EventName]?: (event: Events[Name]) => string };

/** How each event reads in a testGroup. What people write is left out: the testGroup says it. */
const sayings: Sayings = {
  NewMessage: ({ message: { owner, body } }) => (owner.type === 'bot' ? `says ${body}` : ''),
  ReactionAdded: ({ reaction }) => `reacts ${emojiOf(reaction.reaction)}`,
  Typing: () => 'types',
  StoppedTyping: () => 'stops typing',
  Read: () => 'reads',
  BotActionHandled: ({ action }) => `handled ${action.handler}`,
  BotActionFailed: ({ action, error }) => `failed ${action.handler} ${error.code}`,
};

/** The apps that the tests of the current file share, by what they were opened with. */
const shared = new Map<string, Promise<TestGroup>>();
const sharedApps = new WeakSet<App>();

/** The settings for a handler that does something to its thread, or needs the environment of one. */
export const inThread = { isolation: 'thread' } as const;

/** The settings for bots in the configuration of a test group's workspace. */
type BotsConfig = NonNullable<UserConfig['bots']>;

/**
 * A group in a workspace of its own, opened as the product opens it, with time that stands still until it is
 * moved. Ada is its admin; everybody else who says something joins as a plain participant.
 */
export class TestGroup {
  readonly clock: MovableClock;
  readonly workspace: Workspace;
  app: App;
  thread: Thread;
  readonly #happened: string[] = [];

  /**
   * Opens a group with handler files, by their names in `bots/`. They run one at a time and inside the process of the
   * tests, unless it is said otherwise.
   * Tests of a file that open the same get groups of one app, because opening an app takes longer than most of what is
   * tested in it. A test that needs an app of its own opens it with {@link TestGroup.alone}.
   */
  static async open(
    bots: Record<string, string>,
    config: BotsConfig = {},
    atEnd?: AtEnd,
    others: Omit<UserConfig, 'bots'> = {},
  ): Promise<TestGroup> {
    if (atEnd !== undefined) return TestGroup.alone(bots, config, atEnd, others);
    const key = JSON.stringify([bots, config, others, process.env]);
    const known = shared.get(key);
    if (known !== undefined) return (await known).anew();
    fileEnd.defer(() => shared.clear());
    const opened = TestGroup.alone(bots, config, fileEnd.defer, others);
    shared.set(key, opened);
    sharedApps.add((await opened).app);
    return opened;
  }

  /** As {@link TestGroup.open}, in a workspace and an app of its own. */
  static async alone(
    bots: Record<string, string>,
    config: BotsConfig = {},
    atEnd: AtEnd = onTestFinished,
    others: Omit<UserConfig, 'bots'> = {},
  ): Promise<TestGroup> {
    const folder = temporaryFolder(atEnd);
    const settings = JSON.stringify({
      ...others,
      bots: { enabled: true, memory: 64, concurrency: 1, isolation: 'none', ...config },
    });
    writeFiles(folder, { 'messenger.config.mjs': `export default ${settings};`, ...inBots(bots) });
    return TestGroup.in(folder, 'Lounge', atEnd);
  }

  /** Opens a group in the folder of a workspace. */
  static async in(folder: string, group: string, atEnd: AtEnd = onTestFinished): Promise<TestGroup> {
    compileAhead(folder);
    const [workspace, start] = [findWorkspace(folder), Date.now()];
    const clock = new MovableClock(() => start);
    const app = await openApp({ workspace, clock });
    const testGroup = new TestGroup(app, await ensureGroup(app, group, { chatBots: true }), workspace, clock);
    atEnd(() => testGroup.app.close());
    app.answer();
    await testGroup.person('Ada');
    return testGroup;
  }

  private constructor(app: App, thread: Thread, workspace: Workspace, clock: MovableClock) {
    this.app = app;
    this.thread = thread;
    this.workspace = workspace;
    this.clock = clock;
    this.#listen();
  }

  /**
   * A testGroup in a new group of the same app, for tests that share one. It has the name of this one, which gets another
   * name.
   */
  async anew(): Promise<TestGroup> {
    const { app, thread, workspace, clock } = this;
    const name = thread.subject ?? '';
    await this.change('update threads set subject = id where subject = ?', name);
    const testGroup = new TestGroup(app, await ensureGroup(app, name, { chatBots: true }), workspace, clock);
    await testGroup.person('Ada');
    return testGroup;
  }

  /** The person of a name, in the group. */
  async person(name: string, thread = this.thread): Promise<User> {
    const user = await ensureUser(this.app, name);
    await ensureParticipant(this.app, { thread, user, admin: name === 'Ada' });
    return user;
  }

  /** Sends a message and leaves the bots to it. */
  async send(name: string, body: string, more: Partial<OutgoingMessage> = {}): Promise<Message> {
    const { message } = await sendMessage(this.app, {
      threadId: this.thread.id,
      sender: await this.person(name),
      outgoing: { body, ...more },
    });
    return message;
  }

  /** Sends a message, waits until the bots are done, and tells everything they did. */
  async watch(name: string, body: string, more: Partial<OutgoingMessage> = {}): Promise<string[]> {
    const before = this.#happened.length;
    await this.send(name, body, more);
    await this.app.queue.idle();
    return this.#happened.slice(before);
  }

  /** Sends a message, waits until the bots are done, and tells what they wrote. */
  async say(name: string, body: string, more: Partial<OutgoingMessage> = {}): Promise<string[]> {
    const lines = await this.watch(name, body, more);
    return lines.filter((line) => line.startsWith('says ')).map((line) => line.slice('says '.length));
  }

  /** Stores a message of any kind, with the job of answering it, waits for that, and tells what the bots did. */
  async deliver(fields: Partial<NewMessage>): Promise<string[]> {
    const before = this.#happened.length;
    const { store, queue } = this.app;
    const draft = newMessage(this.app, {
      thread: this.thread,
      owner: { type: 'user', ...(await this.person('Ada')) },
      outgoing: { body: 'hi' },
    });
    await store.transaction(async (transaction) => {
      const { id, threadId } = await transaction.messages.insert({ ...draft, ...fields });
      await queue.enqueue(transaction, { kind: answerJob, key: threadId, payload: { messageId: id } });
    });
    queue.wake();
    await queue.idle();
    return this.#happened.slice(before);
  }

  /** The texts of the group, oldest first. */
  async texts(): Promise<Message[]> {
    const messages = await this.app.store.messages.newest(this.thread.id, 1_000);
    return messages.filter((message) => message.type === messageTypes.MESSAGE).reverse();
  }

  /** The texts of the group as they read, oldest first. */
  async written(): Promise<string[]> {
    return (await this.texts()).map(({ owner, body }) => `${owner.name}: ${body}`);
  }

  /** A bot of the group. */
  async bot(
    name: string,
    fields: { cooldown?: number; enabled?: boolean; hideActions?: boolean } = {},
  ): Promise<Bot> {
    return createBot(this.app, {
      thread: this.thread,
      user: await this.person('Ada'),
      fields: { name, ...fields },
    });
  }

  /** Attaches a handler, by default to the first bot of the group; what is not said gets its default. */
  async attach(handler: string, params: Record<string, unknown> = {}, bot?: Bot): Promise<BotAction> {
    const user = await this.person('Ada');
    if (bot === undefined) return attachHandler(this.app, { thread: this.thread, user, handler, params });
    const all = { cooldown: 0, admin_only: false, enabled: true, ...params };
    return attachAction(this.app, { thread: this.thread, bot, user, handler, params: all });
  }

  /** Collects an event from now on. */
  collect<Name extends EventName>(name: Name): Array<Events[Name]> {
    const collected: Array<Events[Name]> = [];
    this.app.events.on(name, (event) => collected.push(event));
    return collected;
  }

  /** Resolves with the next event of a name. */
  next<Name extends EventName>(name: Name): Promise<Events[Name]> {
    return new Promise((resolve) => {
      const stop = this.app.events.on(name, (event) => {
        stop();
        resolve(event);
      });
    });
  }

  /** Closes everything and opens it again, as a restart does; with other handler files where given. */
  async restart(bots: Record<string, string> = {}): Promise<void> {
    if (sharedApps.has(this.app)) throw new Error('Open what is restarted with TestGroup.alone().');
    await this.app.close();
    const { workspace, clock } = this;
    writeFiles(workspace.folder, inBots(bots));
    this.app = await openApp({ workspace, clock });
    this.#listen();
    this.app.answer();
  }

  /** Applies a configuration as if it was saved while the app runs: that of the start, with other parts. */
  reconfigure(parts: UserConfig): void {
    if (sharedApps.has(this.app)) throw new Error('Open what is configured anew with TestGroup.alone().');
    this.app.reconfigure(configSchema.parse({ ...this.app.config, ...parts }));
  }

  /** Changes the database without the product, where it has no way to do so yet. */
  change(statement: string, ...values: unknown[]): Promise<void> {
    return changeDatabase(this.workspace.database, (database) => {
      database.transaction(() => {
        database.prepare(statement).run(...values);
        database.prepare('update threads set bots_revision = bots_revision + 1').run();
      })();
    });
  }

  #listen(): void {
    for (const name of Object.keys(sayings) as Array<keyof Sayings>) {
      this.app.events.on(name, (event) => {
        const line = (sayings[name] as (event: unknown) => string)(event);
        if (line !== '') this.#happened.push(line);
      });
    }
  }
}

const inBots = (bots: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(bots).map(([name, text]) => [`bots/${name}`, text]));
