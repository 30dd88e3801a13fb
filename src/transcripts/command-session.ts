import { createError } from '../base/errors.ts';
import { openHttpServer } from '../http/server.ts';
import { changeClock } from '../services/clock/change-clock.ts';
import { ensureParticipant, ensureUser } from '../services/users/people.ts';
import { makeToken } from '../services/users/tokens.ts';
import type { EventLine } from '../simulate/event-lines.ts';
import type { LinesAccess } from '../simulate/host.ts';
import { LinesSession } from '../simulate/lines-session.ts';
import type { EngineChat } from '../testing/engine.ts';

/** Runs the slash commands of a transcript. */
export interface CommandSession {
  /** The group that is open. */
  readonly threadId: string;
  /**
   * Runs a command as somebody.
   *
   * @throws TRANSCRIPT_STEP_FAILED
   */
  run(who: string, line: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the HTTP API of a chat, and a simulation line by line that uses it: commands are written only once.
 *
 * @throws TRANSCRIPT_STEP_FAILED from `run`; WRONG_USE where a command would record the chat
 */
export async function openCommandSession(chat: EngineChat): Promise<CommandSession> {
  const server = await openHttpServer(chat, { host: '127.0.0.1', port: 0, preloads: false, grace: 0 });
  const end = new AbortController();
  const errors: EventLine[] = [];
  const screen = {
    hidesOutput: false,
    rings: false,
    print: (line: EventLine) => void (line.event === 'error' && errors.push(line)),
  };
  const host = accessTo(chat, server, end.signal);
  const owner = await makeToken(chat, chat.owner.name);
  const session = new LinesSession(host, screen, { owner, threadId: chat.thread.id });
  return {
    get threadId() {
      return session.threadId;
    },
    run: async (who, line) => {
      await session.speakAs(who);
      await session.handle(line);
      const [error] = errors.splice(0);
      if (error) throw createError('TRANSCRIPT_STEP_FAILED', line, error.body);
    },
    close: async () => {
      end.abort();
      await server.close();
    },
  };
}

/** What a simulation needs of its workspace besides the API, in a chat in memory. */
function accessTo(
  chat: EngineChat,
  { url, realtime }: Pick<LinesAccess['address'], 'url' | 'realtime'>,
  signal: AbortSignal,
): LinesAccess {
  const address = { url, realtime };
  const { catalogue } = chat;
  return {
    address,
    signal,
    located: async () => {},
    reconnect: async () => false,
    locate: async () => address,
    login: (name) => makeToken(chat, name),
    join: async (threadId, name) => {
      const user = await ensureUser(chat, name);
      await ensureParticipant(chat, { thread: { id: threadId }, user, admin: false });
    },
    recording: undefined,
    record: async () => {
      throw createError('WRONG_USE', 'A transcript cannot be recorded while one is played.');
    },
    stopRecording: async () => undefined,
    replay: async () => {
      throw createError('WRONG_USE', 'A transcript is compared as a whole: nothing of it is replayed.');
    },
    resetPlayground: async () => {
      throw createError('WRONG_USE', 'A transcript has its group for itself: it cannot be emptied.');
    },
    reload: async () => 'The handlers of a test are loaded once.',
    clock: (change) => changeClock(chat, change),
    handlers: async () =>
      catalogue.all().map(({ alias, class: className, name, description }) => ({
        alias,
        class: className,
        name,
        description,
        needs: [],
      })),
  };
}
