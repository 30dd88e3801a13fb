import { describe, expect, onTestFinished, test } from 'vitest';
import { DefinitionWatch } from '../../src/sandbox/definition-watch.ts';

const owners = [
  [Object, ['defineProperty', 'defineProperties']],
  [Reflect, ['defineProperty']],
  [Object.prototype, ['__defineGetter__', '__defineSetter__']],
] as const;

/** A shared object and a watch. The functions that the watch replaces are put back after the test. */
function watched() {
  const before = owners.flatMap(([owner, names]) =>
    names.map((name) => [owner, name, Reflect.get(owner, name)] as const),
  );
  onTestFinished(() => {
    for (const [owner, name, original] of before) Reflect.set(owner, name, original);
  });
  const object: Record<string | symbol, unknown> = { a: 1 };
  return { object, watch: new DefinitionWatch([{ name: 'shared', object }]) };
}

type Change = (object: Record<string | symbol, unknown>) => unknown;
const call = (object: object, method: string, ...args: unknown[]) =>
  Reflect.apply(Reflect.get(object, method), object, args);

test.each<[string, Change, string | undefined]>([
  ['Object.defineProperty', (object) => Object.defineProperty(object, 'b', { value: 1 }), 'shared.b'],
  ['Reflect.defineProperty', (object) => Reflect.defineProperty(object, 'b', { value: 1 }), 'shared.b'],
  [
    'Object.defineProperties',
    (object) => Object.defineProperties(object, { a: { value: 1 }, b: { value: 2 } }),
    'shared.b',
  ],
  ['__defineGetter__', (object) => call(object, '__defineGetter__', 'a', () => 1), 'shared.a'],
  ['__defineSetter__', (object) => call(object, '__defineSetter__', 'a', () => undefined), 'shared.a'],
  [
    'a symbol',
    (object) => Object.defineProperty(object, Symbol.iterator, { value: 1 }),
    'shared[Symbol(Symbol.iterator)]',
  ],
  [
    'a number as a name',
    (object) => Reflect.apply(Object.defineProperty, Object, [object, 1, { value: 1 }]),
    'shared.1',
  ],
  [
    'a getter with the same value',
    (object) => Object.defineProperty(object, 'a', { get: () => 1 }),
    'shared.a',
  ],
  [
    'a property that becomes read-only',
    (object) => Object.defineProperty(object, 'a', { writable: false }),
    'shared.a',
  ],
  ['the same definition as before', (object) => Object.defineProperty(object, 'a', { value: 1 }), undefined],
  [
    'what Node itself defines',
    (object) => Object.defineProperty(object, Symbol('undici.x'), { value: 1 }),
    undefined,
  ],
  ['an object of the author', () => Object.defineProperty({}, 'b', { value: 1 }), undefined],
])('a definition is found: %s', (_, change, expected) => {
  const { object, watch } = watched();
  change(object);
  expect(watch.find()?.name).toBe(expected);
});

describe('a definition', () => {
  test('works as without the watch, and its errors are those of the language', () => {
    const { object } = watched();
    expect(Object.defineProperty(object, 'b', { value: 2 })).toBe(object);
    expect(object.b).toBe(2);
    expect(Reflect.defineProperty(Object.freeze({}), 'a', { value: 1 })).toBe(false);
    expect(() => Object.defineProperty(object, 'b', { value: 3 })).toThrow(TypeError);
    expect(() => Reflect.apply(Object.defineProperties, Object, [object, null])).toThrow(TypeError);
    expect(Reflect.apply(Object.defineProperties, Object, [object, 5])).toBe(object);
    expect(Object.defineProperty.name).toBe('defineProperty');
  });

  test('comes with the place of the first call', () => {
    const { object, watch } = watched();
    function define() {
      Object.defineProperty(object, 'b', { value: 1, configurable: true });
    }
    define();
    Object.defineProperty(object, 'b', { value: 2 });
    expect(watch.find()?.site.stack).toMatch(/at define .*definition-watch\.test\.ts/);
  });

  test('that was taken back does not count', () => {
    const { object, watch } = watched();
    Object.defineProperty(object, 'b', { value: 1, configurable: true });
    Object.defineProperty(object, 'a', { get: () => 2, configurable: true });
    Reflect.deleteProperty(object, 'b');
    Object.defineProperty(object, 'a', { value: 1, writable: true, enumerable: true, configurable: true });
    expect(watch.find()).toBeUndefined();
  });

  test('is forgotten by remember(), and the next one is compared with it', () => {
    const { object, watch } = watched();
    Object.defineProperty(object, 'b', { value: 1, configurable: true });
    watch.remember();
    expect(watch.find()).toBeUndefined();
    Reflect.deleteProperty(object, 'b');
    expect(watch.find()).toBeUndefined();
    Object.defineProperty(object, 'b', { value: 1, configurable: true });
    expect(watch.find()?.name).toBe('shared.b');
  });
});
