import { compose, type OnError, openQueue } from '../app/compose.ts';
import { type HandlersApp, type HandlersOptions, openHandlers } from '../app/open-handlers.ts';
import { MovableClock } from '../base/clock.ts';
import { DisposableStack } from '../base/disposable-stack.ts';
import { settingsOf } from '../config/settings.ts';
import { findWorkspace, type Workspace } from '../config/workspace.ts';
import { playgroundName, type Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import type { Context } from '../services/context.ts';
import { startJobs } from '../services/jobs.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../services/users/people.ts';
import { openSqliteStore } from '../store/store.ts';
import type { GivenClasses } from './given-classes.ts';
import { MemoryFiles } from './memory-files.ts';

/** How to open an engine. */
export interface EngineOptions
  extends Pick<HandlersOptions, 'hosts' | 'isUnreferenced' | 'library' | 'onOutput' | 'ownsProcess'> {
  /** Its configuration and its handlers are used, but never its database. Defaults to that of the current folder. */
  workspace?: Workspace;
  /** Where handlers run; inside this process if left out. */
  isolation?: NonNullable<HandlersOptions['isolation']>;
  /** Classes of this process, instead of the workspace's files. They run inside this process. */
  classes?: GivenClasses | undefined;
}

/** How to open a chat. */
interface ChatOptions extends Pick<HandlersOptions, 'isUnreferenced'> {
  /** Defaults to one that follows the system's time. */
  clock?: MovableClock;
  /** The name of the group. */
  group?: string;
  /** The name of the admin of the group, who manages its bots. */
  owner?: string;
  /** Called with errors that no caller awaits. */
  onError?: OnError;
}

/** A group in a database of its own, whose messages are answered. */
export interface EngineChat extends Context {
  clock: MovableClock;
  thread: Thread;
  /** The admin of the group. */
  owner: User;
  /** Stops answering, and forgets everything. */
  close(): Promise<void>;
}

/** Handlers that are loaded once, and any number of chats with them. */
export interface Engine extends Pick<HandlersApp, 'catalogue' | 'config' | 'warnings'> {
  /** Opens a chat with everything of its own but the handlers: database, queue, events, clock. Writes no file. */
  openChat(options?: ChatOptions): Promise<EngineChat>;
  /** Closes all chats, and ends the workers. */
  close(): Promise<void>;
}

/**
 * Loads handlers for chats in memory. They are combined of the same parts as the daemon.
 *
 * @throws CONFIG_INVALID
 * @example const engine = await openEngine({ workspace }); const chat = await engine.openChat();
 */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const { workspace = findWorkspace(process.cwd()), isolation = 'none', classes, ...others } = options;
  const handlers = await openHandlers({
    workspace,
    isolation,
    given: classes?.modules,
    // Each chat needs at most one at a time, and one whose handler sleeps holds up no other.
    workers: Number.MAX_SAFE_INTEGER,
    ...others,
  });
  const chats = new Set<EngineChat>();
  return {
    ...handlers,
    openChat: async (chatOptions = {}) => {
      const { isUnreferenced = false } = options;
      const chat = await openChat(handlers, { isUnreferenced, ...chatOptions }, () => chats.delete(chat));
      chats.add(chat);
      return chat;
    },
    close: async () => {
      await Promise.all([...chats].map((chat) => chat.close()));
      await handlers.close();
    },
  };
}

/** Opens a chat with handlers that are loaded. It does not close them. */
export async function openChat(
  { config, catalogue, sandbox }: Pick<HandlersApp, 'config' | 'catalogue' | 'sandbox'>,
  {
    clock = new MovableClock(),
    group = playgroundName,
    owner: ownerName = 'owner',
    isUnreferenced = false,
    onError,
  }: ChatOptions = {},
  onClose: () => void = () => {},
): Promise<EngineChat> {
  const disposables = new DisposableStack();
  disposables.defer(onClose);
  try {
    const store = disposables.use(await openSqliteStore(':memory:'));
    // Nothing of a chat is worth waiting for when it closes.
    const queue = disposables.use(
      openQueue({ store, clock }, config, { grace: 0, isUnreferenced, ...(onError && { onError }) }),
    );
    const settings = settingsOf(config, { botsEnabled: true, unlimited: true });
    const files = new MemoryFiles();
    const context = compose(
      { settings: () => settings, store, files, queue, clock, sandbox, catalogue },
      onError,
    );
    const thread = await ensureGroup(context, group, { chatBots: true });
    const owner = await ensureUser(context, ownerName);
    await ensureParticipant(context, { thread, user: owner, admin: true });
    startJobs(context);
    return { ...context, clock, thread, owner, close: () => disposables.dispose() };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}
