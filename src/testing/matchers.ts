import { inspect } from 'node:util';
import { containsInOrder } from '../base/contains-in-order.ts';
import { isRecord } from '../base/is-record.ts';
import { emojiOf } from '../domain/emoji.ts';
import type { BotClass, Chat, ChatAction, ChatVerdict, Outcome } from './chat.ts';
import { chatLines } from './chat-lines.ts';

/** What a matcher returns, as vitest and Jest expect it. */
export interface MatcherResult {
  pass: boolean;
  message(): string;
}

/** A text, in which `…` stands for any characters, or a regular expression. */
type Text = string | RegExp;

/**
 * That a bot wrote a message.
 *
 * @param expected the whole text, in which `…` stands for any characters, or a regular expression; any if left out
 */
function toHaveReplied(received: unknown, expected?: Text): MatcherResult {
  const outcome = requireOutcome(received, 'toHaveReplied');
  assertText(expected, 'toHaveReplied');
  const pass = outcome.messages.some(({ body }) => expected === undefined || matches(expected, body));
  return result(pass, outcome, [`a bot to reply${shown(expected)}`, `no bot to reply${shown(expected)}`]);
}

/**
 * That a bot reacted to a message.
 *
 * @param expected the emoji, or its short code; any if left out
 */
function toHaveReacted(received: unknown, expected?: string): MatcherResult {
  const outcome = requireOutcome(received, 'toHaveReacted');
  if (expected !== undefined && typeof expected !== 'string')
    throw new TypeError(`toHaveReacted() needs an emoji, not ${inspect(expected)}.`);
  const wanted = expected === undefined ? undefined : (emojiOf(expected) ?? expected);
  const pass = outcome.reactions.some(({ emoji }) => wanted === undefined || emoji === wanted);
  return result(pass, outcome, [`a bot to react${shown(expected)}`, `no bot to react${shown(expected)}`]);
}

/**
 * That no bot wrote, reacted or knocked.
 *
 * @param reason part of the verdict of an action, like `no match`, `cooldown` or `admin only`
 */
function toHaveStayedSilent(received: unknown, reason?: Text): MatcherResult {
  const outcome = requireOutcome(received, 'toHaveStayedSilent');
  assertText(reason, 'toHaveStayedSilent');
  const { messages, reactions, knocks, verdicts } = outcome;
  const isSilent = messages.length + reactions.length + knocks.length === 0;
  const pass = isSilent && (reason === undefined || verdicts.some((verdict) => isReason(verdict, reason)));
  const why = reason === undefined ? '' : ` because of${shown(reason)}`;
  return result(pass, outcome, [`all bots to stay silent${why}`, `not all bots to stay silent${why}`]);
}

/**
 * Of an action: that it, or its bot, is on cooldown now. Of a chat: that one of its actions is. Of what happened: that a
 * cooldown kept an action from answering.
 *
 * @param handler counts only the actions of this handler: its class or its alias
 */
function toBeOnCooldown(received: unknown, handler?: BotClass | string): MatcherResult {
  const alias = typeof handler === 'function' ? handler.getSettings().alias : handler;
  const isMeant = (name: string) => alias === undefined || name === alias;
  if (isOutcome(received)) {
    const pass = received.verdicts.some(
      ({ verdict, action }) => verdict.endsWith('_cooldown') && isMeant(action.handler),
    );
    const kept = `cooldown to keep ${alias ?? 'an action'} from answering`;
    return result(pass, received, [`a ${kept}`, `no ${kept}`]);
  }
  const actions = actionsIn(received).filter((action) => isMeant(action.handler));
  const pass = actions.some(({ cooldownLeft }) => cooldownLeft > 0);
  const left = actions.map(({ handler, cooldownLeft }) =>
    cooldownLeft > 0 ? `${handler}: ${cooldownLeft} s left` : `${handler}: not on cooldown`,
  );
  const lines = left.length > 0 ? left : ['(no action)'];
  const expected = `${pass ? 'no ' : 'an '}action${alias === undefined ? '' : ` of ${alias}`} to be on cooldown`;
  return {
    pass,
    message: () => `Expected ${expected}. It is so:\n\n${lines.map((line) => `  ${line}`).join('\n')}`,
  };
}

/** The matchers for `expect.extend()` of vitest or Jest. */
export const matchers = { toHaveReplied, toHaveReacted, toHaveStayedSilent, toBeOnCooldown };

/** The matchers as they are called. All have `not` before them as well. */
export interface ChatMatchers {
  /**
   * That a bot wrote a message.
   *
   * @param expected the whole text, in which `…` stands for any characters, or a regular expression; any if left out
   * @example expect(await chat.as('alice').say('hi')).toHaveReplied('Hello, alice!')
   */
  toHaveReplied(expected?: Text): void;
  /** That a bot reacted, with this emoji if one is given. */
  toHaveReacted(emoji?: string): void;
  /**
   * That no bot wrote, reacted or knocked.
   *
   * @param reason part of the verdict of an action, like `no match`, `cooldown` or `admin only`
   */
  toHaveStayedSilent(reason?: Text): void;
  /**
   * Of an action or a chat: that it is on cooldown now. Of what happened: that a cooldown kept an action from answering.
   *
   * @param handler counts only the actions of this handler
   */
  toBeOnCooldown(handler?: BotClass | string): void;
}

const matches = (expected: Text, text: string): boolean =>
  typeof expected === 'string'
    ? expected === text || containsInOrder(text, expected.split('…'))
    : isFound(expected, text);

/** With the flags `g` and `y`, a regular expression would begin where it last ended. */
const isFound = ({ source, flags }: RegExp, text: string): boolean =>
  new RegExp(source, flags.replace(/[gy]/g, '')).test(text);

/** A reason is searched in the code and in the sentence of a verdict: `no match` is found in both. */
const isReason = ({ verdict, sentence }: ChatVerdict, reason: Text): boolean =>
  typeof reason === 'string'
    ? `${verdict.replaceAll('_', ' ')}\n${sentence}`
        .toLowerCase()
        .includes(reason.toLowerCase().replaceAll('_', ' '))
    : isFound(reason, sentence);

const shown = (detail: Text | undefined): string =>
  detail === undefined ? '' : ` ${typeof detail === 'string' ? JSON.stringify(detail) : detail}`;

/** @param expected what was expected, and with `not` */
const result = (pass: boolean, outcome: Outcome, [expected, opposite]: [string, string]): MatcherResult => ({
  pass,
  message: () => `Expected ${pass ? opposite : expected}. This happened:\n\n${chatLines(outcome)}`,
});

/** @throws TypeError for what no compiler has checked */
function assertText(expected: unknown, matcher: string): void {
  if (expected === undefined || typeof expected === 'string' || expected instanceof RegExp) return;
  throw new TypeError(`${matcher}() needs a text or a regular expression, not ${inspect(expected)}.`);
}

const isOutcome = (value: unknown): value is Outcome =>
  isRecord(value) && Array.isArray(value.messages) && Array.isArray(value.verdicts);

/** @throws TypeError for anything but what happened in a chat */
function requireOutcome(received: unknown, matcher: string): Outcome {
  if (isOutcome(received)) return received;
  const isPromise = received instanceof Promise;
  throw new TypeError(
    `${matcher}() needs what happened in a chat, which say() and chat.clock.advance() return${isPromise ? ': await it first' : ''}.`,
  );
}

function actionsIn(received: unknown): readonly ChatAction[] {
  if (isAction(received)) return [received];
  if (isChat(received)) return received.actions;
  const isPromise = received instanceof Promise;
  throw new TypeError(
    `toBeOnCooldown() needs an action, a chat, or what happened in one${isPromise ? ': await it first' : ''}.`,
  );
}

const isAction = (value: unknown): value is ChatAction =>
  typeof value === 'object' && value !== null && 'cooldownLeft' in value;

const isChat = (value: unknown): value is Chat =>
  typeof value === 'object' && value !== null && 'actions' in value && 'as' in value;
