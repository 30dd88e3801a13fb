import { callSite } from '../authoring/call-site.ts';
import { isDefinedByNode, type WatchedObject } from './watched-objects.ts';

const { getOwnPropertyDescriptor, keys } = Object;
const { apply, ownKeys } = Reflect;

type Key = string | symbol;

/** Returns what a defining function defines, given its arguments and `this`. */
type Defines = (self: unknown, args: readonly unknown[]) => { target: unknown; keys: readonly Key[] };

const byFirst: Defines = (_, [target, key]) => ({ target, keys: [asKey(key)] });
const bySelf: Defines = (target, [key]) => ({ target, keys: [asKey(key)] });

/** Every way to define a property that enumeration does not show, or to replace a value with a getter. */
const definers: ReadonlyArray<[owner: object, name: string, defines: Defines]> = [
  [Object, 'defineProperty', byFirst],
  [Reflect, 'defineProperty', byFirst],
  [Object, 'defineProperties', (_, [target, properties]) => ({ target, keys: keysOf(properties) })],
  [Object.prototype, '__defineGetter__', bySelf],
  [Object.prototype, '__defineSetter__', bySelf],
];

/** A definition, with the previous property and the place of the call. */
interface Definition {
  key: Key;
  before: PropertyDescriptor | undefined;
  site: Error;
}

/**
 * Records definitions on shared objects. Finding them afterwards would require listing all properties of all
 * objects, so the defining functions are replaced by recording ones.
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

  /** A definition that still differs from before; undefined if there is none. Restored ones do not count. */
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
