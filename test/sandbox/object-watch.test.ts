import { describe, expect, test } from 'vitest';
import { ObjectWatch, RealmWatch } from '../../src/sandbox/object-watch.ts';
import type { WatchedObject } from '../../src/sandbox/watched-objects.ts';

const secret = Symbol('secret');

/** A watch that takes the object as it is now as clean. */
function watchOf(watched: WatchedObject): ObjectWatch {
  const watch = new ObjectWatch(watched);
  watch.remember();
  return watch;
}

/** A shared object with a property of each kind, and its watch. */
function watched() {
  const { object } = {
    object: Object.defineProperties(
      {
        text: 'a',
        list: [1],
        nothing: undefined,
        notANumber: Number.NaN,
        zero: 0,
        [secret]: 1,
        run: () => 1,
      },
      {
        hidden: { value: 1, writable: true, configurable: true },
        computed: { get: () => 1, configurable: true, enumerable: false },
      },
    ) as Record<string | symbol, unknown>,
  };
  return { object, watch: watchOf({ name: 'shared', object }) };
}

type Change = (object: Record<string | symbol, unknown>) => void;

describe('a property that was changed', () => {
  test.each<[string, Change, string | undefined]>([
    ['nothing', () => undefined, undefined],
    ['the same value again', (object) => Object.assign(object, { text: 'a' }), undefined],
    ['another text', (object) => Object.assign(object, { text: 'b' }), 'shared.text'],
    ['another list with the same items', (object) => Object.assign(object, { list: [1] }), 'shared.list'],
    ['a value where there was none', (object) => Object.assign(object, { nothing: null }), 'shared.nothing'],
    ['a property that is not listed', (object) => Object.assign(object, { hidden: 2 }), 'shared.hidden'],
    ['a symbol', (object) => Object.assign(object, { [secret]: 2 }), 'shared[Symbol(secret)]'],
    ['a method', (object) => Object.assign(object, { run: () => 1 }), 'shared.run'],
    ['a property that was deleted', (object) => Reflect.deleteProperty(object, 'zero'), 'shared.zero'],
    [
      'a symbol that was deleted',
      (object) => Reflect.deleteProperty(object, secret),
      'shared[Symbol(secret)]',
    ],
    ['a getter that was deleted', (object) => Reflect.deleteProperty(object, 'computed'), 'shared.computed'],
    ['not a number, which it was', (object) => Object.assign(object, { notANumber: Number.NaN }), undefined],
    ['the prototype', (object) => Object.setPrototypeOf(object, {}), 'the prototype of shared'],
    ['freezing', (object) => Object.preventExtensions(object), 'whether shared can be extended'],
    [
      'an item of its list, which is an object of its own',
      (object) => (object.list as number[]).push(2),
      undefined,
    ],
  ])('%s', (_, change, found) => {
    const { object, watch } = watched();
    change(object);
    expect(watch.findChanged()).toBe(found);
  });

  test('and changed back is not found', () => {
    const { object, watch } = watched();
    const { text } = object;
    object.text = 'b';
    object.text = text;
    expect(watch.findChanged()).toBeUndefined();
  });

  test('is the new state after remember()', () => {
    const { object, watch } = watched();
    object.text = 'b';
    Reflect.deleteProperty(object, 'zero');
    watch.remember();
    expect(watch.findChanged()).toBeUndefined();
    object.text = 'a';
    expect(watch.findChanged()).toBe('shared.text');
  });

  test.each<[string, Change]>([
    ['the last one', (object) => Reflect.deleteProperty(object, secret)],
    [
      'one, and another was added',
      (object) => Reflect.deleteProperty(object, 'text') && Object.assign(object, { a: 1 }),
    ],
  ])('was deleted before remember() and is not missed afterwards: %s', (_, change) => {
    const { object, watch } = watched();
    change(object);
    watch.remember();
    expect([watch.findChanged(), watch.findAddedNow()]).toEqual([undefined, undefined]);
  });

  test('has a name that could be taken for code', () => {
    const object: Record<string, unknown> = { '"] }; throw "': 1, 'a\u2028b': 1, __proto__: null };
    const watch = watchOf({ name: 'odd', object });
    object['"] }; throw "'] = 2;
    expect(watch.findChanged()).toBe('odd."] }; throw "');
  });

  test('is not read through a getter, which might load something', () => {
    let reads = 0;
    const object = Object.defineProperty({}, 'lazy', { get: () => ++reads, enumerable: true });
    const watch = watchOf({ name: 'module', object });
    expect([watch.findChanged(), watch.findAdded(), reads]).toEqual([undefined, undefined, 0]);
  });
});

describe('a property that was added', () => {
  const define = (object: object, key: string | symbol) => Object.defineProperty(object, key, { value: 1 });

  test.each<[string, Change, string | undefined, string | undefined]>([
    ['nothing', () => undefined, undefined, undefined],
    ['by assignment', (object) => Object.assign(object, { added: 1 }), 'shared.added', 'shared.added'],
    ['by definition', (object) => define(object, 'added'), undefined, 'shared.added'],
    ['a symbol', (object) => define(object, Symbol('a')), undefined, 'shared[Symbol(a)]'],
    ['by Node itself', (object) => define(object, Symbol('undici.globalDispatcher.1')), undefined, undefined],
  ])('%s', (_, change, found, foundSlowly) => {
    const { object, watch } = watched();
    change(object);
    expect([watch.findAdded(), watch.findAddedNow()]).toEqual([found, foundSlowly]);
  });

  test('is known after remember()', () => {
    const { object, watch } = watched();
    object.added = 1;
    watch.remember();
    expect([watch.findAdded(), watch.findChanged()]).toEqual([undefined, undefined]);
    object.added = 2;
    expect(watch.findChanged()).toBe('shared.added');
  });
});

test('an object is hidden where Object.assign copies nothing of it', () => {
  const hiddenOf = (object: object) => watchOf({ name: 'a', object }).hidden;
  const closed = Object.defineProperty({}, 'a', { value: 1 });
  expect(hiddenOf(closed)).toBe(closed);
  expect(hiddenOf({ a: 1 })).toBeUndefined();
  expect(hiddenOf({ [secret]: 1 })).toBeUndefined();
});

describe('the objects of a realm', () => {
  /** An open object, and one without enumerable properties. */
  function realm() {
    const open: Record<string, unknown> = { a: 1 };
    const closed: Record<string, unknown> = Object.defineProperty({}, 'b', { value: 1, writable: true });
    const watch = new RealmWatch([
      { name: 'open', object: open },
      { name: 'closed', object: closed },
    ]);
    return { open, closed, watch };
  }

  test.each<[string, (objects: ReturnType<typeof realm>) => void, string | undefined]>([
    ['nothing', () => undefined, undefined],
    ['a change', ({ open }) => Object.assign(open, { a: 2 }), 'open.a'],
    ['a change of a hidden object', ({ closed }) => Object.assign(closed, { b: 2 }), 'closed.b'],
    ['an addition', ({ open }) => Object.assign(open, { c: 1 }), 'open.c'],
    ['an addition to a hidden object', ({ closed }) => Object.assign(closed, { c: 1 }), 'closed.c'],
  ])('show %s', (_, change, found) => {
    const objects = realm();
    change(objects);
    expect(objects.watch.find()).toBe(found);
    objects.watch.remember();
    expect(objects.watch.find()).toBeUndefined();
  });
});
