import { isDefinedByNode, type WatchedObject } from './watched-objects.ts';

/** Captured before any authors' code runs, which may replace them. */
const {
  assign,
  create,
  getOwnPropertyDescriptor,
  getOwnPropertySymbols,
  getPrototypeOf,
  isExtensible,
  keys,
} = Object;
const { apply, get, ownKeys } = Reflect;

/** Returns the index of the first property whose value has changed; -1 if none has. */
type Compare = (object: object, values: readonly unknown[]) => number;

/**
 * Properties whose getter reads a variable that their setter writes: only their values show a change. No
 * other getters are called, since most of them load something.
 */
const readThroughGetter: Readonly<Record<string, readonly string[]>> = {
  globalThis: ['process', 'Buffer'],
  buffer: ['INSPECT_MAX_BYTES'],
  events: ['defaultMaxListeners', 'captureRejections'],
  fs: ['ReadStream', 'WriteStream'],
  http: ['globalAgent'],
  process: ['exitCode'],
};

/** Properties of old-style functions: reading them makes the engine walk the stack. */
const unreadable: ReadonlySet<unknown> = new Set(['arguments', 'caller']);

/** What Node itself changes while code runs. */
const volatile: Readonly<Record<string, readonly string[]>> = {
  process: ['domain', '_exiting', '_events', '_eventsCount'],
};

/**
 * Compares one object with its earlier state. Each property is read by generated code of its own. The engine
 * then caches where it found the property, and a read takes two nanoseconds instead of thirty.
 */
export class ObjectWatch {
  readonly #name: string;
  readonly #object: object;
  /** Whether to look for added symbols. On other objects this check would cost more than all others. */
  readonly #hasSymbols: boolean;
  #keys: ReadonlyArray<string | symbol> = [];
  #compared: ReadonlyArray<string | symbol> = [];
  readonly #values: unknown[] = [];
  /** Globals that Node loads on first read, with their getters. */
  #lazy: ReadonlyArray<[key: string | symbol, getter: () => unknown]> = [];
  #compare: Compare = () => -1;
  #prototype: object | null = null;
  #isExtensible = true;
  #enumerable = 0;
  #symbols = 0;

  /** {@link remember} has to be called before anything can be found. */
  constructor({ name, object }: WatchedObject) {
    this.#name = name;
    this.#object = object;
    this.#hasSymbols = object === globalThis || object === String.prototype;
    if (object !== globalThis) makeFast(object);
  }

  /** The object, if `Object.assign` copies nothing from it. That holds for most built-in objects. */
  get hidden(): object | undefined {
    const isShown = (key: symbol) => getOwnPropertyDescriptor(this.#object, key)?.enumerable;
    const isOpen =
      this.#hasSymbols || this.#enumerable > 0 || getOwnPropertySymbols(this.#object).some(isShown);
    return isOpen ? undefined : this.#object;
  }

  remember(): void {
    const present = ownKeys(this.#object);
    if (present.length !== this.#keys.length || present.some((key, index) => key !== this.#keys[index]))
      this.#prepare(present);
    for (const [index, key] of this.#compared.entries()) this.#values[index] = get(this.#object, key);
    this.#prototype = getPrototypeOf(this.#object);
    this.#isExtensible = isExtensible(this.#object);
    this.#enumerable = keys(this.#object).length;
    this.#symbols = getOwnPropertySymbols(this.#object).length;
  }

  /** A changed or removed property; undefined if there is none. {@link findAdded} finds added ones. */
  findChanged(): string | undefined {
    const object = this.#object;
    const changed = this.#compare(object, this.#values);
    if (changed >= 0) return this.#shown(this.#keys[changed]);
    if (getPrototypeOf(object) !== this.#prototype) return `the prototype of ${this.#name}`;
    if (isExtensible(object) !== this.#isExtensible) return `whether ${this.#name} can be extended`;
    return this.#lazy.length === 0 ? undefined : this.#findReplaced();
  }

  /** A property that was added by assignment; undefined if there is none. */
  findAdded(): string | undefined {
    const object = this.#object;
    if (keys(object).length <= this.#enumerable) {
      if (!this.#hasSymbols || getOwnPropertySymbols(object).length <= this.#symbols) return undefined;
    }
    return this.findAddedNow();
  }

  /** Like {@link findAdded}, but finds properties added in any way; slow. */
  findAddedNow(): string | undefined {
    const added = ownKeys(this.#object).find((key) => !this.#keys.includes(key) && !isDefinedByNode(key));
    return added === undefined ? undefined : this.#shown(added);
  }

  #prepare(present: ReadonlyArray<string | symbol>): void {
    const compared: Array<string | symbol> = [];
    const lazy: Array<[string | symbol, () => unknown]> = [];
    const checks = present.map((key, index) => {
      const property = typeof key === 'string' ? JSON.stringify(key) : `keys[${index}]`;
      const descriptor = getOwnPropertyDescriptor(this.#object, key);
      if (this.#isCompared(key, descriptor))
        return `if (object[${property}] !== values[${compared.push(key) - 1}]) return ${index};`;
      if (this.#object === globalThis && descriptor?.get && descriptor.set) lazy.push([key, descriptor.get]);
      return `if (!(${property} in object)) return ${index};`;
    });
    this.#keys = present;
    this.#compared = compared;
    this.#lazy = lazy;
    const body = `return function compare(object, values) { ${checks.join('\n')} return -1; }`;
    this.#compare = new Function('keys', body)(present);
  }

  #isCompared(key: string | symbol, descriptor: PropertyDescriptor | undefined): boolean {
    if (unreadable.has(key) || volatile[this.#name]?.includes(String(key))) return false;
    if (readThroughGetter[this.#name]?.includes(String(key))) return true;
    // NaN does not equal itself.
    return descriptor !== undefined && 'value' in descriptor && !Number.isNaN(descriptor.value);
  }

  /** Node's getter replaces itself with the loaded value, and always returns the same value. */
  #findReplaced(): string | undefined {
    for (const [key, getter] of this.#lazy) {
      const descriptor = getOwnPropertyDescriptor(this.#object, key);
      if (descriptor?.get === getter) continue;
      if (descriptor?.value !== apply(getter, this.#object, [])) return this.#shown(key);
    }
    return undefined;
  }

  #shown(key: string | symbol | undefined): string {
    return typeof key === 'symbol' ? `${this.#name}[${String(key)}]` : `${this.#name}.${key}`;
  }
}

/**
 * The engine stores large objects as hash tables, and converts prototypes to a layout that is fast to read.
 */
function makeFast(object: object): void {
  const heir: object = create(object);
  for (let round = 0; round < 10; round++) get(heir, 'constructor');
}

/** All objects that the code of a realm shares. */
export class RealmWatch {
  readonly #watches: readonly ObjectWatch[];
  #hidden: readonly object[] = [];
  #open: readonly ObjectWatch[] = [];

  constructor(objects: readonly WatchedObject[]) {
    this.#watches = objects.map((each) => new ObjectWatch(each));
    this.remember();
  }

  remember(): void {
    for (const watch of this.#watches) watch.remember();
    this.#sort();
  }

  /** What was changed, or added by assignment, since the last `remember()`; undefined for nothing. */
  find(): string | undefined {
    for (const watch of this.#watches) {
      const changed = watch.findChanged();
      if (changed !== undefined) return changed;
    }
    for (const watch of this.#open) {
      const added = watch.findAdded();
      if (added !== undefined) return added;
    }
    return this.#isAnyShown() ? this.#findAddedAnywhere() : undefined;
  }

  /** Whether any of the hidden objects now has an enumerable property. Checks all at once. */
  #isAnyShown(): boolean {
    const shown = {};
    for (const object of this.#hidden) assign(shown, object);
    return ownKeys(shown).length > 0;
  }

  #findAddedAnywhere(): string | undefined {
    for (const watch of this.#watches) {
      const added = watch.findAddedNow();
      if (added !== undefined) return added;
    }
    return undefined;
  }

  #sort(): void {
    // Not by flatMap: Array.prototype is an array itself.
    this.#hidden = this.#watches.map(({ hidden }) => hidden).filter((object) => object !== undefined);
    this.#open = this.#watches.filter(({ hidden }) => hidden === undefined);
  }
}
