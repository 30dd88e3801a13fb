import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  byName,
  type Described,
  findNamed,
  isInstalled,
  isOwn,
  isReplacement,
  isSame,
  noticesOf,
  variablesOf,
} from '../../../src/services/handlers/described.ts';
import { aHandler } from '../../support/descriptions.ts';

const file = path.resolve('bots/HelloBot.ts');
const item = (
  more: Partial<Omit<Described, 'source'>> & { source?: Partial<Described['source']> } = {},
): Described => ({
  alias: 'hello',
  class: 'HelloBot',
  name: 'Hello',
  ...more,
  source: { file, exportName: 'default', ...more.source },
});
const exported = item();
const installed = item({ source: { file: path.resolve('bots/Pack.ts'), exportName: 'Pack', install: 0 } });
const registered = item({
  source: { file: path.resolve('bots/setup.ts'), exportName: 'registered handler hello' },
});

describe('variables', () => {
  const weather = aHandler({ alias: 'weather', name: 'Weather', environment: ['KEY_A', 'KEY_B', 'UNITS?'] });
  test('are named without the mark of optional ones', () => {
    expect(variablesOf(weather)).toEqual(['KEY_A', 'KEY_B', 'UNITS']);
  });

  test.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    ['all are set', { KEY_A: '1', KEY_B: '2' }, undefined],
    ['one is missing', { KEY_A: '1' }, 'KEY_B'],
    ['one is empty', { KEY_A: '', KEY_B: '2' }, 'KEY_A'],
    ['all are missing', {}, 'KEY_A and KEY_B'],
  ])('are asked for in one sentence when %s', (_, given, missing) => {
    const message = `Weather is not configured: it needs ${missing}. Set it in the environment, or under "keys" in messenger.config.ts.`;
    expect(noticesOf(weather, given)).toEqual(missing === undefined ? [] : [{ handler: 'weather', message }]);
  });
});

describe('two descriptions of one class', () => {
  test.each<[string, Described, Described, boolean, boolean]>([
    ['a file goes before a package that installs it', exported, installed, true, false],
    ['a package does not go before a file, and adds nothing', installed, exported, false, true],
    ['two packages install the same', installed, installed, false, true],
    [
      'two files that export it are two',
      exported,
      item({ source: { file: path.resolve('bots/Copy.ts') } }),
      false,
      false,
    ],
    ['a call registers what a file exports', registered, exported, false, true],
    ['a file exports what a call registers', exported, registered, false, true],
    ['a call registers it with another name', item({ ...registered, name: 'Hi' }), exported, false, false],
    ['another class has the alias', item({ class: 'OtherBot' }), installed, false, false],
  ])('%s', (_, one, other, replaces, same) => {
    expect([isReplacement(one, other), isSame(one, other)]).toEqual([replaces, same]);
  });

  test('only what a package installs is installed, and the library is not the workspace’s own', () => {
    expect([exported, installed, registered].map(isInstalled)).toEqual([false, true, false]);
    expect([exported, item({ source: { file: 'messenger-bots/library' } })].map(isOwn)).toEqual([
      true,
      false,
    ]);
  });
});

describe('an item is found', () => {
  const other = item({
    alias: 'HelloBot',
    class: 'OtherBot',
    name: 'Éclair',
    source: { file: path.resolve('bots/O.ts') },
  });
  const items = new Map([exported, other].map((each) => [each.alias, each]));
  const copy = path.resolve('.messenger/cache/working/0123456789abcdef/bots/Copied.ts');
  const copied = item({ class: 'Copied', source: { file: copy } });

  test.each<[string, Described | undefined]>([
    ['hello', exported],
    ['OtherBot', other],
    ['bots/HelloBot.ts', exported],
    ['./bots/../bots/HelloBot.ts', exported],
    [file, exported],
    // An alias goes before the class of another item.
    ['HelloBot', other],
    ['hellobot', undefined],
    ['', undefined],
  ])('by %j', (name, expected) => {
    expect(findNamed(items, name)).toBe(expected);
  });

  test('by the file of its author, also while a working copy of that is used', () => {
    expect(findNamed(new Map([['copied', copied]]), 'bots/Copied.ts')).toBe(copied);
  });

  test('in lists that are ordered by name as an English reader expects', () => {
    const zebra = item({ alias: 'z', name: 'zebra' });
    expect(byName(new Map([['z', zebra], ...items])).map(({ name }) => name)).toEqual([
      'Éclair',
      'Hello',
      'zebra',
    ]);
  });
});
