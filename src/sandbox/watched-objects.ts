/** An object that all code of a realm shares, with its usual name. */
export interface WatchedObject {
  name: string;
  object: object;
}

/**
 * Node's modules that authors use. They are loaded before any authors' code, because a module that is loaded
 * later has no earlier state to compare with.
 */
const moduleNames = [
  'assert async_hooks child_process crypto dns dns/promises fs fs/promises http https module net os path',
  'path/win32 perf_hooks process querystring readline stream stream/promises string_decoder timers',
  'timers/promises tls url util v8 vm worker_threads zlib buffer events',
].flatMap((line) => line.split(' '));

/** The modules whose classes are commonly inherited from, so that a change there affects all subclasses. */
const modulesWithClasses: ReadonlySet<string> = new Set([
  'child_process',
  'events',
  'fs',
  'http',
  'net',
  'stream',
]);

/** Built-in objects that no global refers to. One example of each is enough to find it. */
const examples: ReadonlyArray<[string, object]> = [
  ['%ArrayIterator%', [][Symbol.iterator]()],
  ['%MapIterator%', new Map()[Symbol.iterator]()],
  ['%SetIterator%', new Set()[Symbol.iterator]()],
  ['%StringIterator%', ''[Symbol.iterator]()],
  ['%RegExpStringIterator%', ''.matchAll(/x/g)],
  ['%Generator%', (function* () {})()],
  ['%AsyncGenerator%', (async function* () {})()],
  ['%GeneratorFunction%', function* () {}],
  ['%AsyncFunction%', async () => {}],
  ['%AsyncGeneratorFunction%', async function* () {}],
];

/**
 * The objects that all code of this realm shares: globals, built-ins, Node's modules, and ours.
 *
 * @param ours modules passed to authors, by name
 */
export function watchedObjects(ours: Readonly<Record<string, object>>): WatchedObject[] {
  const found = new Map<object, string>([[globalThis, 'globalThis']]);
  addMembers(found, '', globalThis);
  addMembers(found, 'Intl.', Intl);
  for (const [name, example] of examples) add(found, name, Object.getPrototypeOf(example));
  for (const name of moduleNames) {
    const module = process.getBuiltinModule(`node:${name}`);
    if (module === undefined) continue;
    add(found, name, module);
    if (modulesWithClasses.has(name)) addMembers(found, `${name}.`, module);
  }
  for (const [name, module] of Object.entries(ours)) {
    add(found, name, module);
    addMembers(found, `${name}.`, module);
  }
  for (const [object, name] of [...found]) addInherited(found, name, object);
  return [...found].map(([object, name]) => ({ name, object }));
}

/** Whether Node itself defines a property of a shared object, as `fetch` does on its first call. */
export const isDefinedByNode = (key: string | symbol): boolean =>
  typeof key === 'symbol' && String(key).startsWith('Symbol(undici.');

type Found = Map<object, string>;

/** Adds the objects, functions and classes that are properties of another. Getters may load something. */
function addMembers(found: Found, prefix: string, owner: object): void {
  for (const key of Object.getOwnPropertyNames(owner)) {
    const value: unknown = Object.getOwnPropertyDescriptor(owner, key)?.value;
    if (typeof value === 'function' && isClass(value)) addClass(found, `${prefix}${key}`, value);
    else if (owner === globalThis && isNamespace(value)) add(found, `${prefix}${key}`, value);
  }
}

/** Arrow functions and methods have no prototype. An ordinary function has an empty one that nobody uses. */
function isClass(value: object): boolean {
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
  if (!isObject(prototype)) return value === Proxy;
  return Reflect.ownKeys(prototype).length > 1 || Object.getPrototypeOf(prototype) !== Object.prototype;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null);

/** `Math`, `JSON`, `console`. `process` is among the modules. */
const isNamespace = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && value !== globalThis && value !== process;

function addClass(found: Found, name: string, made: object): void {
  add(found, name, made);
  const prototype: unknown = Reflect.get(made, 'prototype');
  if (isObject(prototype)) add(found, `${name}.prototype`, prototype);
}

/** Adds the prototypes of an object that have no names of their own. */
function addInherited(found: Found, name: string, object: object): void {
  const inherited: unknown = Object.getPrototypeOf(object);
  if (!isObject(inherited) || found.has(inherited)) return;
  found.set(inherited, `the prototype of ${name}`);
  addInherited(found, `the prototype of ${name}`, inherited);
}

function add(found: Found, name: string, object: object): void {
  if (!found.has(object)) found.set(object, name);
}
