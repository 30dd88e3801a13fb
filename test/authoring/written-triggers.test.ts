import { expect, test } from 'vitest';
import { BotActionHandler, type BotActionHandlerClass } from '../../src/authoring/bot-action-handler.ts';
import { writtenTriggers } from '../../src/authoring/handler-settings.ts';

/** A handler class whose settings have any triggers, as plain JavaScript may. */
const withTriggers = (triggers: unknown): BotActionHandlerClass => {
  class TestBot extends BotActionHandler {
    override handle(): void {}
  }
  const settings = { alias: 'test', description: 'A test.', name: 'Test', triggers };
  return Object.defineProperty(TestBot, 'getSettings', { value: () => settings });
};

test.each<[string, unknown, string[] | null]>([
  ['none', undefined, null],
  ['a text, which is meant to be split', 'hi|ho, hi', null],
  ['a list that is stored as it is', ['hi', 'ho'], null],
  ['numbers', [0, 1], null],
  ['a trigger with a comma', ['oh, hi'], ['oh, hi']],
  ['blanks around', [' hi '], [' hi ']],
  ['one twice', ['hi', 'hi'], ['hi', 'hi']],
  ['an empty one', ['hi', ''], ['hi', '']],
  ['what is no text', ['hi', null, {}, Symbol('a'), Object.create(null)], ['hi', '', '', '', '']],
  ['far too many', Array(5_000).fill('hi'), Array(1_000).fill('hi')],
])('the triggers as written, of %s', (_, triggers, expected) => {
  expect(writtenTriggers(withTriggers(triggers))).toEqual(expected);
});
