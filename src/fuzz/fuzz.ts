import { asyncProperty, check } from 'fast-check';
import { MessengerError } from '../base/errors.ts';
import { effectiveMatch } from '../domain/effective-match.ts';
import { parametersOf } from '../services/bots/attached-parameters.ts';
import type { Engine } from '../testing/engine.ts';
import { chats, type Tried } from './chats.ts';
import { type Attempt, attachTo, type Given, type Played, play } from './play.ts';

/** What to search, how long, and with which random choices. */
export interface Search {
  /** The alias or the name of the class. */
  handler: string;
  /** Parameters to attach it with. The first ones with which it can be attached are used. */
  params: readonly Given[];
  /** The most messages that may answer one message. */
  maxReplies: number;
  /** How many chats to play. */
  runs: number;
  seed: number;
  /** Where a search with this seed has found something: leads there at once. */
  path?: string | undefined;
  /** Ends the search early. */
  signal: AbortSignal;
}

/** What a search has found. */
export interface Found {
  /** How many chats were played up to the first that broke a rule. Those of shrinking are not counted. */
  chats: number;
  /** The smallest chat that breaks a rule; null if none did. */
  failure: Played | null;
  /** Leads to the failure at once, with the same seed; null if the search did not end by itself. */
  path: string | null;
  /** The alias of the handler. */
  handler: string;
  /** The parameters that were used. */
  params: Record<string, unknown>;
  /** Why some chats could not be played to their end, where the handler is not the cause. */
  obstacles: string[];
}

/**
 * Searches for a chat in which a handler breaks a rule, and shrinks it to the smallest one that still does.
 *
 * @throws HANDLER_UNKNOWN; INVALID_PARAMETERS, HANDLER_NOT_AUTHORIZED when it can be attached with none of the
 *   parameters
 * @example await fuzz(engine, { handler: 'hello', params: [{}], maxReplies: 5, runs: 100, seed: 1, signal })
 */
export async function fuzz(engine: Engine, search: Search): Promise<Found> {
  const { runs: numRuns, seed, path, signal } = search;
  const { attempt, tried, ...attached } = await firstAttempt(engine, search);
  const progress = new Progress();
  const property = asyncProperty(chats(tried), async (chat) => {
    if (signal.aborted || progress.isEnough) return;
    const began = performance.now();
    progress.add(await play(engine, attempt, chat), began);
  });
  const options = { numRuns, seed, ...(path !== undefined && { path }) };
  const details = await Promise.race([check(property, options), aborted(signal)]);
  if (details?.failed && progress.failure === null) throw details.errorInstance;
  const { chats: played, failure, obstacles } = progress;
  return {
    ...attached,
    chats: played,
    failure,
    obstacles: [...obstacles],
    path: details?.counterexamplePath ?? null,
  };
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

/** What can be tried, and what that means for the texts and times that are worth it. */
interface Attempted extends Pick<Found, 'handler' | 'params'> {
  attempt: Attempt;
  tried: Tried;
}

/** The first parameters with which the handler can be attached. */
async function firstAttempt(engine: Engine, { handler, params, maxReplies }: Search): Promise<Attempted> {
  let reason: unknown;
  for (const each of params) {
    try {
      return await attempted(engine, { handler, params: each, maxReplies });
    } catch (error) {
      if (!(error instanceof MessengerError) || error.code !== 'INVALID_PARAMETERS') throw error;
      reason ??= error;
    }
  }
  throw reason;
}

async function attempted(engine: Engine, attempt: Attempt): Promise<Attempted> {
  const chat = await engine.openChat();
  try {
    const action = await attachTo(chat, attempt);
    const handler = engine.catalogue.get(action.handler);
    const { triggers } = effectiveMatch(handler, action);
    const tried = { triggers, cooldown: action.cooldown, messageLimit: chat.settings().messageLimit };
    return { attempt, tried, handler: handler.alias, params: parametersOf(action, handler) };
  } finally {
    await chat.close();
  }
}

/** Milliseconds from the start of the first chat that missed a deadline. */
const shrinkingLimit = 5_000;

/** What a search has found so far. */
class Progress {
  chats = 0;
  failure: Played | null = null;
  readonly obstacles = new Set<string>();
  #failedAt = 0;

  /**
   * @param began when the chat did, in real time
   * @throws for the search, when the chat broke a rule
   */
  add(played: Played, began: number): void {
    if (this.failure === null) this.chats++;
    if (played.obstacle !== null) this.obstacles.add(played.obstacle);
    if (played.violation === null) return;
    if (this.failure === null) this.#failedAt = began;
    // Shrinking tries only smaller chats than the last one that broke a rule.
    this.failure = played;
    throw new Error(played.violation.message);
  }

  /** Whether to shrink no further: each chat whose handler misses its deadline takes that long. */
  get isEnough(): boolean {
    const isSlow = this.failure?.violation?.rule === 'deadline';
    return isSlow && performance.now() - this.#failedAt > shrinkingLimit;
  }
}
