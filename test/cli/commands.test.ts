import { describe, expect, test } from 'vitest';
import { commands, findCommand, nearestCommand } from '../../src/cli/commands.ts';

describe('a command', () => {
  test.each([
    ['bots', 'bots'],
    ['test-resolve', 'test-resolve'],
    ['testResolve', 'test-resolve'],
    ['messenger:make:bot', 'make:bot'],
    ['messenger:testInstalls', 'test-installs'],
    ['Bots', undefined],
    ['messenger:', undefined],
    ['messenger:messenger:bots', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
  ])('"%s" is found as %s', (name, found) => {
    expect(findCommand(name)?.name).toBe(found);
  });

  test.each([
    ['simluate', 'simulate'],
    ['messenger:purge-bots', 'purge:bots'],
    ['xyzzy', undefined],
    ['', undefined],
  ])('near "%s" is %s', (name, nearest) => {
    expect(nearestCommand(name)).toBe(nearest);
  });
});

test('no name or other spelling belongs to two commands', () => {
  const names = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
