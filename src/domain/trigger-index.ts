import { comparable, hasText, type MatchMethod, matchRule, type Place } from './match.ts';
import { type PatternFinder, patternFinders } from './pattern-finder.ts';
import { NONE } from './trie.ts';

/** An item (an action of a bot) and its triggers. */
export interface IndexedTriggers<T> {
  item: T;
  method: MatchMethod;
  /** In stored order; ignored with `any`. */
  triggers: readonly string[];
}

/** The triggers of one method while an index is built, each with the entries that have it. */
class Owners {
  /** The newest owner of each trigger; `previous` links to the others. */
  readonly newest = new Map<string, number>();
  readonly previous: number[] = [];
  readonly entries: number[] = [];
  readonly ranks: number[] = [];

  add(trigger: string, entry: number, rank: number): void {
    this.previous.push(this.newest.get(trigger) ?? NONE);
    this.newest.set(trigger, this.entries.length);
    this.entries.push(entry);
    this.ranks.push(rank);
  }
}

/** The triggers of one method, ready for searching. It holds numbers only; the texts are in the finder. */
class MethodSearch {
  readonly caseless: boolean;
  readonly #find: PatternFinder;
  readonly #newest: Int32Array;
  readonly #previous: Int32Array;
  readonly #entries: Uint32Array;
  readonly #ranks: Uint32Array;

  constructor(owners: Owners, place: Place, caseless: boolean) {
    const triggers = [...owners.newest.keys()].sort();
    this.caseless = caseless;
    this.#find = patternFinders[place](triggers);
    this.#newest = Int32Array.from(triggers, (trigger) => owners.newest.get(trigger) ?? NONE);
    this.#previous = Int32Array.from(owners.previous);
    this.#entries = Uint32Array.from(owners.entries);
    this.#ranks = Uint32Array.from(owners.ranks);
  }

  /** Calls `fire` with each entry that has a matching trigger, and the trigger's position in its list. */
  run(body: string, fire: (entry: number, rank: number) => void): void {
    this.#find(body, (trigger) => {
      let owner = this.#newest[trigger] ?? NONE;
      for (; owner !== NONE; owner = this.#previous[owner] ?? NONE) {
        fire(this.#entries[owner] ?? 0, this.#ranks[owner] ?? 0);
      }
    });
  }
}

/** Groups the triggers of all entries by method. Positions of entries with `any` are added to `always`. */
function collect(entries: readonly IndexedTriggers<unknown>[], always: number[]): Map<MatchMethod, Owners> {
  const byMethod = new Map<MatchMethod, Owners>();
  for (const [position, { method, triggers }] of entries.entries()) {
    const { place, caseless } = matchRule(method);
    if (place === null) {
      always.push(position);
      continue;
    }
    const owners = byMethod.get(method) ?? new Owners();
    byMethod.set(method, owners);
    for (const [rank, trigger] of triggers.entries()) {
      const text = comparable(trigger, caseless);
      if (text !== '') owners.add(text, position, rank);
    }
  }
  return byMethod;
}

/** Returns the canonical forms of one message, each computed on first use. */
function formsOf(body: string): (caseless: boolean) => string {
  const forms = new Map<boolean, string>();
  return (caseless) => {
    const form = forms.get(caseless) ?? comparable(body, caseless);
    forms.set(caseless, form);
    return form;
  };
}

/**
 * Searches the triggers of many items at once. The cost depends on the length of the message and on what it
 * fires, not on the number of triggers.
 *
 * The results are exactly those of calling `matchMessage` for each trigger of each item.
 *
 * @example
 * const index = new TriggerIndex([{ item: 'dice', method: 'starts:with', triggers: ['!roll', '!dice'] }]);
 * index.match('!dice 2d6'); // [{ item: 'dice', trigger: '!dice' }]
 */
export class TriggerIndex<T> {
  readonly #entries: readonly IndexedTriggers<T>[];
  /** Positions of the entries that every message fires. */
  readonly #always: number[] = [];
  readonly #searches: MethodSearch[] = [];

  /** Reads all entries. Throws a `TypeError` for an unknown method. */
  constructor(entries: Iterable<IndexedTriggers<T>>) {
    this.#entries = [...entries];
    for (const [method, owners] of collect(this.#entries, this.#always)) {
      const { place, caseless } = matchRule(method);
      if (place !== null) this.#searches.push(new MethodSearch(owners, place, caseless));
    }
  }

  /**
   * Returns the items that a message fires, in the order given and each at most once, with the first of its
   * triggers that matches (null for `any`). A message without text fires nothing.
   */
  match(body: string | null): Array<{ item: T; trigger: string | null }> {
    if (!hasText(body)) return [];
    const found = [...this.#ranksIn(body)].sort(([a], [b]) => a - b);
    return found.flatMap(([position, rank]) => {
      const entry = this.#entries[position];
      return entry ? [{ item: entry.item, trigger: entry.triggers[rank] ?? null }] : [];
    });
  }

  /** Maps each matching entry to the position of its first matching trigger, or to `NONE` for `any`. */
  #ranksIn(body: string): Map<number, number> {
    const ranks = new Map(this.#always.map((position) => [position, NONE]));
    const form = formsOf(body);
    for (const search of this.#searches) {
      search.run(form(search.caseless), (position, rank) => {
        ranks.set(position, Math.min(rank, ranks.get(position) ?? rank));
      });
    }
    return ranks;
  }
}
