import { MovableClock, timestamp } from '../base/clock.ts';
import { createError } from '../base/errors.ts';
import type { BotAction } from '../domain/bot-action.ts';
import type { Message } from '../domain/message.ts';
import type { HttpRequest } from '../domain/outside.ts';
import { attachHandler } from '../services/bots/playground.ts';
import { advance, advanceUntilIdle } from '../services/clock/advance.ts';
import { explainMessage } from '../services/explaining/explain-message.ts';
import { sendMessage } from '../services/messages/send-message.ts';
import type { Network } from '../services/outside/outside.ts';
import { ensureParticipant, ensureUser } from '../services/users/people.ts';
import type { Engine, EngineChat } from '../testing/engine.ts';
import { type Observed, observe } from '../transcripts/observed.ts';
import { type Chat, people, type Step } from './chats.ts';
import { brokenCooldown, brokenReplies, brokenRun, brokenSilence, type Violation } from './rules.ts';

/** A handler to try, and what it may do. */
export interface Attempt {
  handler: string;
  params: Given;
  /** The most messages that may answer one message. */
  maxReplies: number;
}

/** Parameters to attach a handler with. */
export interface Given {
  values: Record<string, unknown>;
  /** As a person wrote them. Unknown ones are errors then. */
  texts?: Record<string, string> | undefined;
}

/** One message, and what bots did up to the next one. */
interface PlayedStep extends Step {
  answers: readonly Observed[];
}

/** A chat that was played to its end, or to the first rule that was broken. */
export interface Played extends Chat {
  steps: PlayedStep[];
  /** What bots did later on, when the clock was moved until nothing waited; null if the chat ended before. */
  later: readonly Observed[] | null;
  violation: Violation | null;
  /** Why it ended early, where the handler is not the cause. */
  obstacle: string | null;
}

/** Plays a chat with one handler, in a database of its own. Nothing is sent to the network. */
export async function play(engine: Engine, attempt: Attempt, { seed, steps }: Chat): Promise<Played> {
  const stage = await openStage(engine, attempt, seed);
  const played: Played = { seed, steps: [], later: null, violation: null, obstacle: null };
  const end = (violation: Violation): Played => {
    const obstacle = stage.obstacle(violation);
    return obstacle === null ? { ...played, violation } : { ...played, obstacle };
  };
  try {
    for (const step of steps) {
      const { answers, violation } = await stage.say(step);
      played.steps.push({ ...step, answers });
      if (violation) return end(violation);
    }
    const { answers, violation } = await stage.finish();
    played.later = answers;
    return violation ? end(violation) : played;
  } finally {
    await stage.close();
  }
}

async function openStage(engine: Engine, attempt: Attempt, seed: number): Promise<Stage> {
  const clock = new MovableClock();
  clock.freeze();
  const chat = await engine.openChat({ clock, owner: people[0] });
  try {
    return new Stage(chat, { clock, attempt, seed, action: await attachTo(chat, attempt) });
  } catch (error) {
    await chat.close();
    throw error;
  }
}

/**
 * Attaches the handler to a chat.
 *
 * @throws HANDLER_UNKNOWN, INVALID_PARAMETERS, HANDLER_NOT_AUTHORIZED
 */
export function attachTo(chat: EngineChat, { handler, params }: Attempt): Promise<BotAction> {
  const { thread, owner: user } = chat;
  return attachHandler(chat, { thread, user, handler, params: params.values, texts: params.texts });
}

/** What bots did, and the rule that they broke. */
interface Outcome {
  answers: readonly Observed[];
  violation: Violation | null;
}

interface StageOptions {
  clock: MovableClock;
  attempt: Attempt;
  seed: number;
  action: BotAction;
}

/** A chat in which messages are sent and the rules are checked. */
class Stage {
  readonly #chat: EngineChat;
  readonly #options: StageOptions;
  readonly #network = new RefusedNetwork();
  readonly #observed: Observed[] = [];
  /** What bots posted since it was last looked at. */
  readonly #posted: Message[] = [];
  readonly #sent: Message[] = [];

  constructor(chat: EngineChat, options: StageOptions) {
    this.#chat = chat;
    this.#options = options;
    chat.outside.use(chat.thread.id, { seed: options.seed, network: this.#network });
    chat.events.onAny((named) => this.#observed.push(...[observe(named)].filter((one) => one !== undefined)));
    chat.events.on('NewMessage', ({ message }) => {
      if (message.owner.type === 'bot') this.#posted.push(message);
    });
  }

  async say({ after, by, text }: Step): Promise<Outcome> {
    const { queue, thread, store, clock } = this.#chat;
    if (after > 0) await advance({ queue, clock: this.#options.clock }, after);
    const sender = await ensureUser(this.#chat, by);
    await ensureParticipant(this.#chat, { thread, user: sender, admin: by === people[0] });
    const { id, botId } = this.#options.action;
    const cooldowns = await store.cooldowns.endings([id, botId], timestamp(clock.milliseconds()));
    const outgoing = { body: text };
    const { message } = await sendMessage(this.#chat, { threadId: thread.id, sender, outgoing });
    this.#sent.push(message);
    await queue.idle();
    const violation = brokenCooldown(await this.#rows(message), cooldowns);
    return { answers: this.#answers(), violation: violation ?? (await this.#broken()) };
  }

  /** Lets everything happen that still waits for its time: sleeping handlers, and other attempts of failed ones. */
  async finish(): Promise<Outcome> {
    const { queue } = this.#chat;
    await advanceUntilIdle({ queue, clock: this.#options.clock });
    return { answers: this.#answers(), violation: await this.#broken() };
  }

  /** Why a handler broke a rule without being the cause: it lacks the network or a key. */
  obstacle({ rule, code }: Violation): string | null {
    if (rule !== 'failed') return null;
    const [need] = this.#chat.catalogue.noticesOf([this.#options.action.handler]);
    if (need) return need.message;
    const [host] = this.#network.hosts;
    if (host === undefined && code !== 'CONNECTION_REFUSED') return null;
    return `It sends requests to ${host ?? 'the network'}, which get no answer here, and fails without one.`;
  }

  close(): Promise<void> {
    return this.#chat.close();
  }

  async #broken(): Promise<Violation | null> {
    const posted = this.#posted.splice(0);
    const rows = (await Promise.all(this.#sent.map((message) => this.#rows(message)))).flat();
    const runs = await Promise.all(posted.map(({ id }) => this.#chat.store.runs.ofMessage(id)));
    return (
      brokenRun(rows) ??
      brokenReplies(posted.length, this.#options.attempt.maxReplies) ??
      brokenSilence(runs.some(({ size }) => size > 0))
    );
  }

  async #rows(message: Message) {
    const { actions } = await explainMessage(this.#chat, { thread: this.#chat.thread, message });
    return actions;
  }

  #answers(): Observed[] {
    return this.#observed.splice(0);
  }
}

/** Refuses every request of a handler. */
class RefusedNetwork implements Network {
  /** What was refused. */
  readonly hosts = new Set<string>();

  /** @throws REQUEST_UNANSWERED */
  async answer({ method, url }: HttpRequest): Promise<never> {
    this.hosts.add(new URL(url).host);
    throw createError('REQUEST_UNANSWERED', method, url, 'Catch the error, and answer without it.');
  }
}
