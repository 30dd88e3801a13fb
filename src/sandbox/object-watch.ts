import { isDefinedByNode, type WatchedObject } from './watched-objects.ts';

/** Taken before any code of authors is run: it may replace them. */
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

/** The place of the first property whose value is another than it was; -1 for none. */
type Compare = (object: object, values: readonly unknown[]) => number;

/**
 * Properties whose getter reads a variable that its setter writes: only their values tell of a change. Others are
 * never read: most of those getters load something.
 */
const readThroughGetter: Readonly<Record<string, readonly string[]>> = {
  globalThis: ['process', 'Buffer'],
  buffer: ['INSPECT_MAX_BYTES'],
  events: ['defaultMaxListeners', 'captureRejections'],
  fs: ['ReadStream', 'WriteStream'],
  http: ['globalAgent'],
  process: ['exitCode'],
};

/** Of old functions: whoever reads them lets the engine look through the stack. */
const unreadable: ReadonlySet<unknown> = new Set(['arguments', 'caller']);

/** What Node itself changes while code is run. */
const volatile: Readonly<Record<string, readonly string[]>> = {
  process: ['domain', '_exiting', '_events', '_eventsCount'],
};

/**
 * Compares one object with what it was. Each property is read by code of its own that is generated for it: so the
 * engine remembers where it found the property, and reading it costs two nanoseconds instead of thirty.
 */
export class ObjectWatch {
  readonly #name: string;
  readonly #object: object;
  /** Additions under a symbol are looked for: elsewhere that would cost more than all the rest. */
  readonly #hasSymbols: boolean;
  #keys: ReadonlyArray<string | symbol> = [];
  #compared: ReadonlyArray<string | symbol> = [];
  readonly #values: unknown[] = [];
  /** Globals that Node loads when they are first read, with the getter that does it. */
  #lazy: ReadonlyArray<[key: string | symbol, getter: () => unknown]> = [];
  #compare: Compare = () => -1;
  #prototype: object | null = null;
  #isExtensible = true;
  #enumerable = 0;
  #symbols = 0;

  constructor({ name, object }: WatchedObject) {
    this.#name = name;
    this.#object = object;
    this.#hasSymbols = object === globalThis || object === String.prototype;
    if (object !== globalThis) makeFast(object);
    this.remember();
  }

  /** The object, where `Object.assign` sees nothing in it: so with most of what the language is made of. */
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

  /** What is changed or gone; undefined for nothing. What was added is found by {@link findAdded}. */
  findChanged(): string | undefined {
    const object = this.#object;
    const changed = this.#compare(object, this.#values);
    if (changed >= 0) return this.#shown(this.#keys[changed]);
    if (getPrototypeOf(object) !== this.#prototype) return `the prototype of ${this.#name}`;
    if (isExtensible(object) !== this.#isExtensible) return `whether ${this.#name} can be extended`;
    return this.#lazy.length === 0 ? undefined : this.#findReplaced();
  }

  /** A property that was added by an assignment; undefined for none. */
  findAdded(): string | undefined {
    const object = this.#object;
    if (keys(object).length <= this.#enumerable) {
      if (!this.#hasSymbols || getOwnPropertySymbols(object).length <= this.#symbols) return undefined;
    }
    return this.findAddedNow();
  }

  /** As {@link findAdded}, and by any other way; slowly. */
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
    // NaN is not even what it is itself.
    return descriptor !== undefined && 'value' in descriptor && !Number.isNaN(descriptor.value);
  }

  /** Node's getter puts what it has loaded into its own place, and returns the same whenever it is called. */
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

/** The engine keeps large objects in hash tables, and what is a prototype in an order that is quick to read. */
function makeFast(object: object): void {
  const heir: object = create(object);
  for (let round = 0; round < 10; round++) get(heir, 'constructor');
}

/** All objects of a realm that its code shares. */
export class RealmWatch {
  readonly #watches: readonly ObjectWatch[];
  #hidden: readonly object[] = [];
  #open: readonly ObjectWatch[] = [];

  constructor(objects: readonly WatchedObject[]) {
    this.#watches = objects.map((each) => new ObjectWatch(each));
    this.#sort();
  }

  remember(): void {
    for (const watch of this.#watches) watch.remember();
    this.#sort();
  }

  /** What was changed, or was added by an assignment, since it was remembered; undefined for nothing. */
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

  /** Whether any of the objects in which nothing was to be seen shows something: all are asked at once. */
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
    // Not by flatMap: the prototype of arrays is one.
    this.#hidden = this.#watches.map(({ hidden }) => hidden).filter((object) => object !== undefined);
    this.#open = this.#watches.filter(({ hidden }) => hidden === undefined);
  }
}
