import { beforeEach, describe, expect, test } from 'vitest';
import { Registry } from '../../src/authoring/registry.ts';

interface Described {
  alias: string;
  name: string;
}

class One {}
class Two {}
const entry = (registered: { readonly name: string }, alias: string, name = alias) => ({
  registered,
  description: { alias, name },
  where: `bots/${registered.name}.ts`,
});

let registry: Registry<Described>;
beforeEach(() => {
  registry = new Registry();
});
const aliases = () => registry.all().map(({ alias }) => alias);

test('classes are found by their alias, and by themselves', () => {
  registry.add([entry(One, 'one')]);
  expect(registry.find('one')).toEqual({ alias: 'one', name: 'one' });
  expect(registry.findClass(One)).toBe(registry.find('one'));
  expect([registry.find('ONE'), registry.find('__proto__'), registry.findClass(Two)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('they are listed by their names, as an English reader expects it', () => {
  registry.add([entry(One, '1', 'zebra'), entry(Two, '2', 'Éclair'), entry(class {}, '3', 'apple')]);
  expect(aliases()).toEqual(['3', '2', '1']);
});

describe('an alias that is taken', () => {
  const taken = expect.objectContaining({
    code: 'ALIAS_TAKEN',
    message: expect.stringContaining('the alias "one": bots/One.ts and bots/Two.ts'),
  });

  test('is refused, and nothing of the call is registered', () => {
    registry.add([entry(One, 'one')]);
    expect(() => registry.add([entry(Two, 'two'), entry(Two, 'one')])).toThrow(taken);
    expect(aliases()).toEqual(['one']);
  });

  test('is refused within one call', () => {
    expect(() => registry.add([entry(One, 'one'), entry(Two, 'one')])).toThrow(taken);
    expect(aliases()).toEqual([]);
  });

  test('is free for the same class, whose description is replaced', () => {
    registry.add([entry(One, 'one', 'old')]);
    registry.add([entry(One, 'one', 'new')]);
    expect(registry.find('one')?.name).toBe('new');
  });

  test('is left out where only free ones are taken', () => {
    registry.add([entry(One, 'one', 'old')]);
    registry.addFree([entry(Two, 'one', 'other'), entry(Two, 'two'), entry(One, 'one', 'new')]);
    expect(registry.all().map(({ name }) => name)).toEqual(['new', 'two']);
  });
});

test('a check registers nothing', () => {
  registry.check([entry(One, 'one')]);
  expect(aliases()).toEqual([]);
});
