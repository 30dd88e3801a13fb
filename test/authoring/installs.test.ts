/*
 * What the compiler knows of the lists of packages, and what it refuses: this is tested by `tsc --noEmit`, which
 * fails where a line becomes an error, or one marked as an error stops being one.
 */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import {
  BotActionHandler,
  defineInstalls,
  type InstallParameters,
  MessengerBots,
  PackagedBot,
  type PackagedBotInstalls,
} from '../../src/index.ts';
import { ReplyBot, RollBot } from '../../src/library/index.ts';

/** Fixes that it answers everything. */
class EchoBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'echo', description: 'Repeats.', name: 'Echo', match: MessengerBots.MATCH_ANY };
  }

  handle() {}
}

/** Fixes how it matches and nothing else, and has a parameter that may be left out. */
class NamesBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'names', description: 'Names.', name: 'Names', match: MessengerBots.MATCH_EXACT };
  }

  override rules() {
    return { limit: z.int().optional() };
  }

  handle() {}
}

const exact = { match: MessengerBots.MATCH_EXACT, triggers: ['42'] };
const replying = { ...exact, replies: ['That is the answer.'] };

/** How many sets of parameters resolve, and how many fail. */
function tried(list: PackagedBotInstalls): [resolved: number, failed: number] {
  class Package extends PackagedBot {
    static override getSettings() {
      return { alias: 'package', description: 'Of a test.', name: 'Package' };
    }

    static override installs() {
      return list;
    }
  }
  const { resolved, failed } = Package.testInstalls();
  return [resolved.length, failed.length];
}

test.each<[string, PackagedBotInstalls, number]>([
  ['nothing', defineInstalls(), 0],
  ['classes that need nothing', defineInstalls(RollBot, EchoBot, [RollBot, {}]), 3],
  ['what every action has', defineInstalls([RollBot, { enabled: false, cooldown: 9, admin_only: true }]), 1],
  ['a payload', defineInstalls([ReplyBot, replying], [ReplyBot, { ...replying, quote_original: true }]), 2],
  [
    'a payload that may be left out',
    defineInstalls([NamesBot, { triggers: 'a|b' }], [NamesBot, { triggers: ['a'], limit: 1 }]),
    2,
  ],
  ['match any without triggers', defineInstalls([ReplyBot, { match: 'any', replies: ['a'] }]), 1],
  [
    'lists of sets',
    defineInstalls([ReplyBot, [replying, { ...replying, cooldown: 0 }]], [RollBot, [{}, {}]]),
    4,
  ],
  ['an empty list as one set', defineInstalls([RollBot, []]), 1],
])('the compiler takes %s', (_, list, resolved) => {
  expect(tried(list)).toEqual([resolved, 0]);
});

describe('the compiler refuses', () => {
  const refused: Array<[string, PackagedBotInstalls, resolved: number, failed: number]> = [
    // @ts-expect-error there is no such parameter
    ['a wrong name', defineInstalls([RollBot, { cooldwon: 5 }]), 1, 0],
    // @ts-expect-error there is none in the second set either
    ['a wrong name in a list', defineInstalls([ReplyBot, [replying, { ...replying, reply: 'a' }]]), 2, 0],
    // @ts-expect-error a cooldown is a number
    ['a wrong type', defineInstalls([RollBot, { cooldown: 'long' }]), 0, 1],
    // @ts-expect-error replies are texts
    ['a wrong payload', defineInstalls([ReplyBot, { ...exact, replies: [7] }]), 0, 1],
    // @ts-expect-error replies are required
    ['no payload', defineInstalls([ReplyBot, exact]), 0, 1],
    // @ts-expect-error triggers are required with every match but any
    ['no triggers', defineInstalls([ReplyBot, { match: 'exact', replies: ['a'] }]), 0, 1],
    // @ts-expect-error match is required
    ['no match', defineInstalls([ReplyBot, { triggers: ['a'], replies: ['a'] }]), 0, 1],
    // @ts-expect-error there is no such match
    ['a wrong match', defineInstalls([ReplyBot, { ...replying, match: 'regex' }]), 0, 1],
    // @ts-expect-error it needs parameters
    ['a class alone that needs parameters', defineInstalls(RollBot, ReplyBot), 1, 1],
    // @ts-expect-error it needs triggers
    ['a class alone that needs triggers', defineInstalls(NamesBot), 0, 1],
    // @ts-expect-error the handler fixes it
    ['a match that is fixed', defineInstalls([RollBot, { match: 'exact' }]), 1, 0],
    // @ts-expect-error the handler fixes them
    ['triggers that are fixed', defineInstalls([RollBot, { triggers: ['a'] }]), 1, 0],
    // @ts-expect-error there are none with match any
    ['triggers with a fixed match any', defineInstalls([EchoBot, { triggers: ['a'] }]), 1, 0],
  ];

  test.each(refused)('%s', (_, list, resolved, failed) => {
    expect(tried(list)).toEqual([resolved, failed]);
  });

  test('what is no handler', () => {
    // @ts-expect-error a text is none
    expect(() => tried(defineInstalls('hello'))).toThrow('entry 1 does not begin with a handler');
    // @ts-expect-error a package is none
    expect(() => tried(defineInstalls([PackagedBot, {}]))).toThrow('entry 1 does not begin with a handler');
  });
});

test('the parameters of each handler have their types', () => {
  type Common = 'enabled' | 'cooldown' | 'admin_only';
  expectTypeOf<keyof InstallParameters<typeof RollBot>>().toEqualTypeOf<Common>();
  expectTypeOf<keyof InstallParameters<typeof EchoBot>>().toEqualTypeOf<Common>();
  expectTypeOf<keyof InstallParameters<typeof NamesBot>>().toEqualTypeOf<Common | 'limit' | 'triggers'>();
  expectTypeOf<InstallParameters<typeof ReplyBot>['replies']>().toEqualTypeOf<string[]>();
  expectTypeOf<InstallParameters<typeof NamesBot>['limit']>().toEqualTypeOf<number | undefined>();
  expect(defineInstalls(RollBot)).toEqual([RollBot]);
});
