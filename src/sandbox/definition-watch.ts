import { callSite } from '../authoring/call-site.ts';
import { isDefinedByNode, type WatchedObject } from './watched-objects.ts';

const { getOwnPropertyDescriptor, keys } = Object;
const { apply, ownKeys } = Reflect;

type Key = string | symbol;

/** What a function that defines properties defines, by its arguments and its `this`. */
type Defines = (self: unknown, args: readonly unknown[]) => { target: unknown; keys: readonly Key[] };

const byFirst: Defines = (_, [target, key]) => ({ target, keys: [asKey(key)] });
const bySelf: Defines = (target, [key]) => ({ target, keys: [asKey(key)] });

/** Every way to make a property that no enumeration shows, or to put a getter into the place of a value. */
const definers: ReadonlyArray<[owner: object, name: string, defines: Defines]> = [
  [Object, 'defineProperty', byFirst],
  [Reflect, 'defineProperty', byFirst],
  [Object, 'defineProperties', (_, [target, properties]) => ({ target, keys: keysOf(properties) })],
  [Object.prototype, '__defineGetter__', bySelf],
  [Object.prototype, '__defineSetter__', bySelf],
];

/** A definition: what was there before, and where it was made. */
interface Definition {
  key: Key;
  before: PropertyDescriptor | undefined;
  site: Error;
}

/**
 * Remembers what is defined on shared objects. To look for that afterwards would take as long as to name all
 * properties of all objects; so the functions that define are replaced by ones that take notice.
 */
export class DefinitionWatch {
  readonly #names: ReadonlyMap<unknown, string>;
  readonly #definitions = new Map<object, Map<Key, Definition>>();

  constructor(objects: readonly WatchedObject[]) {
    this.#names = new Map(objects.map(({ name, object }) => [object, name]));
    for (const [owner, name, defines] of definers) this.#watch(owner, name, defines);
  }

  remember(): void {
    this.#definitions.clear();
  }

  /** What is defined in another way than it was; undefined for nothing. What was put back is no change. */
  find(): { name: string; site: Error } | undefined {
    for (const [object, definitions] of this.#definitions) {
      for (const { key, before, site } of definitions.values()) {
        if (isSame(before, getOwnPropertyDescriptor(object, key))) continue;
        const owner = this.#names.get(object);
        return { name: typeof key === 'symbol' ? `${owner}[${String(key)}]` : `${owner}.${key}`, site };
      }
    }
    return undefined;
  }

  #watch(owner: object, name: string, defines: Defines): void {
    const original: (...args: unknown[]) => unknown = Reflect.get(owner, name);
    const noticed = new Proxy(original, {
      apply: (_, self, args: unknown[]) => {
        const { target, keys: defined } = defines(self, args);
        if (this.#names.has(target)) this.#note(target as object, defined);
        return apply(original, self, args);
      },
    });
    Object.assign(owner, { [name]: noticed });
  }

  #note(object: object, defined: readonly Key[]): void {
    const known = this.#definitions.get(object) ?? new Map<Key, Definition>();
    this.#definitions.set(object, known);
    for (const key of defined) {
      if (known.has(key) || isDefinedByNode(key)) continue;
      known.set(key, { key, before: getOwnPropertyDescriptor(object, key), site: callSite() });
    }
  }
}

const asKey = (key: unknown): Key => (typeof key === 'symbol' ? key : String(key));

const keysOf = (properties: unknown): readonly Key[] =>
  typeof properties === 'object' && properties !== null ? ownKeys(properties) : [];

function isSame(one: PropertyDescriptor | undefined, other: PropertyDescriptor | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return keys(one).every((name) => Object.is(Reflect.get(one, name), Reflect.get(other, name)));
}
