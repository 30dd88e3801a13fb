import { LruCache } from '../../base/lru-cache.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { effectiveMatch } from '../../domain/effective-match.ts';
import type { MatchMethod } from '../../domain/match.ts';
import type { Thread } from '../../domain/thread.ts';
import { TriggerIndex } from '../../domain/trigger-index.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import type { Store } from '../../store/store.ts';
import type { HandlerCatalogue } from '../handlers/handler-catalogue.ts';

/** An action that can fire: its bot and handler exist, and all three are enabled. */
export interface LiveAction {
  bot: Bot;
  action: BotAction;
  handler: HandlerDescription;
  /** The method that the handler fixes, or else the one that was chosen. */
  method: MatchMethod;
  triggers: readonly string[];
}

interface Compiled {
  botsRevision: number;
  catalogueRevision: number;
  index: TriggerIndex<LiveAction>;
  /** Characters of its triggers, as a measure of the memory it uses. */
  weight: number;
}

/** How many threads' indexes are kept. */
const capacity = 1_000;

/** Total characters of all triggers in the kept indexes, not counting the one in use. */
const weightCapacity = 2_000_000;

/**
 * The trigger index of each thread. It is built for the first message, and again after the thread's bots or
 * the handlers have changed.
 */
export class ThreadTriggers {
  readonly #store: Store;
  readonly #catalogue: HandlerCatalogue;
  readonly #compiled = new LruCache<Compiled>({
    entries: capacity,
    weight: weightCapacity,
    weigh: ({ weight }) => weight,
  });

  constructor(store: Store, catalogue: HandlerCatalogue) {
    this.#store = store;
    this.#catalogue = catalogue;
  }

  /** The index over the thread's live actions, in the order in which they were attached, bot by bot. */
  async of(thread: Thread): Promise<TriggerIndex<LiveAction>> {
    const cached = this.#compiled.get(thread.id);
    if (cached && this.#isCurrent(cached, thread)) return cached.index;
    const compiled = await this.#compile(thread);
    this.#compiled.set(thread.id, compiled);
    return compiled.index;
  }

  #isCurrent(compiled: Compiled, thread: Thread): boolean {
    return (
      compiled.botsRevision === thread.botsRevision && compiled.catalogueRevision === this.#catalogue.revision
    );
  }

  async #compile(thread: Thread): Promise<Compiled> {
    const { revision } = this.#catalogue;
    const bots = await this.#store.bots.inThread(thread.id);
    const live = bots.flatMap(({ bot, actions }) =>
      actions.flatMap((action) => liveAction(this.#catalogue, bot, action) ?? []),
    );
    const index = new TriggerIndex(
      live.map((item) => ({ item, method: item.method, triggers: item.triggers })),
    );
    const weight = live.flatMap(({ triggers }) => triggers).reduce((sum, { length }) => sum + length, 0);
    return { botsRevision: thread.botsRevision, catalogueRevision: revision, index, weight };
  }
}

/** An action with what it needs to fire; undefined when it cannot. */
export function liveAction(catalogue: HandlerCatalogue, bot: Bot, action: BotAction): LiveAction | undefined {
  const handler = catalogue.find(action.handler);
  if (handler === undefined || !bot.enabled || !action.enabled) return undefined;
  const { match: method, triggers } = effectiveMatch(handler, action);
  return { bot, action, handler, method, triggers };
}
