import { MovableClock } from '../base/clock.ts';
import { createError } from '../base/errors.ts';
import type { Message } from '../domain/message.ts';
import type { User } from '../domain/user.ts';
import { verdictSentence } from '../domain/verdict-sentence.ts';
import { explainMessage } from '../services/explaining/explain-message.ts';
import { sendMessage } from '../services/messages/send-message.ts';
import type { Network } from '../services/outside/outside.ts';
import { ensureParticipant, ensureUser } from '../services/users/people.ts';
import type { Engine, EngineChat } from '../testing/engine.ts';
import { type CommandSession, openCommandSession } from './command-session.ts';
import { recordedNetwork } from './http-answers.ts';
import { moveClock } from './move-clock.ts';
import { type Observed, observe } from './observed.ts';
import type { Stage } from './play.ts';
import { setUp } from './set-up.ts';
import { readPattern } from './text-pattern.ts';
import type { Line, Transcript } from './transcript.ts';

/** A stage that is closed after the play. */
export interface OpenStage extends Stage {
  close(): Promise<void>;
}

/** Who is the admin of a group in which nobody says anything. */
const nobody = 'owner';

/**
 * Opens a group in memory for a transcript, with its bots, and time that stands still between its steps.
 *
 * @param network answers the requests of handlers; without it, they have no answer
 * @throws what attaching and installing throw
 */
export async function openStage(
  engine: Engine,
  transcript: Transcript,
  network: Network = recordedNetwork([], 'a file'),
): Promise<OpenStage> {
  const clock = new MovableClock();
  clock.freeze();
  const owner = transcript.admins?.[0] ?? spokenLines(transcript)[0]?.who ?? nobody;
  const chat = await engine.openChat({ clock, owner });
  try {
    chat.outside.use(chat.thread.id, { seed: transcript.seed, network });
    await setUp(chat, transcript);
    await letJoin(chat, transcript);
    return new ChatStage(chat, clock);
  } catch (error) {
    await chat.close();
    throw error;
  }
}

/** What may be said by people. A short name may also be that of a bot. */
const spokenLines = ({ chat }: Transcript): Line[] =>
  chat.filter((step): step is Line => step.kind === 'line' && step.role !== 'bot' && step.verb === 'says');

/** Everybody who will speak is in the group from the start, so that they can be made admins before. */
async function letJoin(chat: EngineChat, transcript: Transcript): Promise<void> {
  const { store, thread } = chat;
  const bots = new Set((await store.bots.inThread(thread.id)).map(({ bot }) => bot.name));
  const people = spokenLines(transcript).filter(({ who, role }) => role === 'person' || !bots.has(who));
  for (const who of new Set(people.map((line) => line.who)))
    await ensureParticipant(chat, { thread, user: await ensureUser(chat, who), admin: false });
}

class ChatStage implements OpenStage {
  readonly #chat: EngineChat;
  readonly #clock: MovableClock;
  readonly #observed: Observed[] = [];
  /** Who is known to be in a group. */
  readonly #people = new Map<string, User>();
  #commands: CommandSession | undefined;
  /** The last one that a person has sent. */
  #message: Message | undefined;

  constructor(chat: EngineChat, clock: MovableClock) {
    this.#chat = chat;
    this.#clock = clock;
    chat.events.onAny((named) => {
      const observed = observe(named);
      if (observed) this.#observed.push(observed);
    });
  }

  async bots(): Promise<ReadonlySet<string>> {
    const bots = await this.#chat.store.bots.inThread(this.#threadId);
    return new Set(bots.map(({ bot }) => bot.name));
  }

  async say(line: Line): Promise<void> {
    if (/^\/[^\s/]/.test(line.text)) await this.#run(line);
    else await this.#send(line);
    await this.#chat.queue.idle();
  }

  async move(span: string): Promise<void> {
    await moveClock(this.#chat, this.#clock, span);
  }

  observed(): readonly Observed[] {
    return this.#observed.splice(0);
  }

  async verdicts(): Promise<readonly string[]> {
    const [message, thread] = [this.#message, await this.#chat.store.threads.find(this.#threadId)];
    if (message === undefined || thread === undefined) return [];
    const { actions } = await explainMessage(this.#chat, { thread, message });
    return actions
      .filter(({ verdict }) => verdict !== 'fired')
      .map((row) => `${row.action.handler}: ${verdictSentence(row)}`);
  }

  async close(): Promise<void> {
    await this.#commands?.close();
    await this.#chat.close();
  }

  get #threadId(): string {
    return this.#commands?.threadId ?? this.#chat.thread.id;
  }

  async #run({ who, text }: Line): Promise<void> {
    this.#commands ??= await openCommandSession(this.#chat);
    await this.#commands.run(who, text);
  }

  async #send({ who, text, to }: Line): Promise<void> {
    const threadId = this.#threadId;
    const sender = await this.#participant(threadId, who);
    const replyToId = to === undefined ? null : await this.#messageLike(to);
    const outgoing = { body: text.replace(/^\/\//, '/'), replyToId };
    const { message } = await sendMessage(this.#chat, { threadId, sender, outgoing });
    this.#message = message;
  }

  async #participant(threadId: string, who: string): Promise<User> {
    const key = `${threadId} ${who}`;
    const known = this.#people.get(key);
    if (known) return known;
    const user = await ensureUser(this.#chat, who);
    await ensureParticipant(this.#chat, { thread: { id: threadId }, user, admin: false });
    this.#people.set(key, user);
    return user;
  }

  /** The id of the last message that matches. */
  async #messageLike(pattern: string): Promise<string> {
    const matches = readPattern(pattern);
    const messages = await this.#chat.store.messages.newest(this.#threadId, 1_000);
    const found = messages.find(({ body }) => matches(body));
    if (found) return found.id;
    throw createError('TRANSCRIPT_STEP_FAILED', `to: ${pattern}`, 'there is no such message');
  }
}
