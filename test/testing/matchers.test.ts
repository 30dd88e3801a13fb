import { AssertionError } from 'node:assert';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BotActionHandler } from '../../src/index.ts';
import type { Chat, Outcome } from '../../src/testing/index.ts';
import { expect as chatExpect, createChat, matchers } from '../../src/testing/index.ts';
import { makeWorkspace } from '../support/workspace.ts';

class GreetBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'greet',
      name: 'Greet',
      description: 'Greets.',
      match: 'exact' as const,
      triggers: ['hi', 'react', 'knock', 'quiet'],
    };
  }

  async handle() {
    const composer = this.composer();
    if (this.matchingTrigger === 'hi') await composer.message('Hello (1+1)!\nHow are you?');
    if (this.matchingTrigger === 'react') await composer.reaction(this.message, ':wave:');
    if (this.matchingTrigger === 'knock') await composer.knock();
  }
}

const open = async (): Promise<Chat> => {
  const chat = await createChat({ bots: [GreetBot], clock: 'frozen', workspace: makeWorkspace().folder });
  onTestFinished(() => chat.close());
  return chat;
};

const say = async (text: string): Promise<Outcome> => (await open()).as('alice').say(text);

/** The message of a failed assertion; undefined if it holds. */
const failure = (assert: () => void): string | undefined => {
  try {
    assert();
    return undefined;
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
};

describe('toHaveReplied', () => {
  test.each([
    ['hi', undefined, true],
    ['hi', 'Hello (1+1)!\nHow are you?', true],
    ['hi', 'Hello …you?', true],
    ['hi', '…', true],
    ['hi', /how are/i, true],
    ['hi', /^Hello.*$/g, false],
    ['hi', /Hello/g, true],
    ['hi', 'Hello', false],
    ['hi', 'Hello (1+1)!', false],
    ['react', undefined, false],
    ['react', '', false],
  ])('after "%s", with %j: %s', async (text, expected, holds) => {
    const outcome = await say(text);
    expect(failure(() => chatExpect(outcome).toHaveReplied(expected)) === undefined).toBe(holds);
    expect(failure(() => chatExpect(outcome).not.toHaveReplied(expected)) === undefined).toBe(!holds);
  });

  test('shows the chat and the verdicts where it fails', async () => {
    const outcome = await say('hi');
    expect(failure(() => chatExpect(outcome).toHaveReplied('Bye'))).toMatch(
      /^Expected a bot to reply "Bye"\. This happened:\n\n {2}alice: hi\n {2}PlaygroundBot: Hello \(1\+1\)!\n {4}How are you\?\n\n {2}greet \(PlaygroundBot\): fired in \d+ ms$/,
    );
    expect(failure(() => chatExpect(outcome).not.toHaveReplied(/hello/i))).toContain(
      'Expected no bot to reply /hello/i. This happened:',
    );
  });
});

test.each([
  ['react', undefined, true],
  ['react', '👋', true],
  ['react', ':wave:', true],
  ['react', '👍', false],
  ['hi', undefined, false],
])('toHaveReacted after "%s", with %j: %s', async (text, emoji, holds) => {
  const outcome = await say(text);
  expect(failure(() => chatExpect(outcome).toHaveReacted(emoji)) === undefined).toBe(holds);
});

test.each([
  ['bye', undefined, true],
  ['bye', 'no match', true],
  ['bye', 'no_match', true],
  ['bye', /^no match/, true],
  ['bye', 'cooldown', false],
  ['quiet', undefined, true],
  ['quiet', 'no match', false],
  ['hi', undefined, false],
  ['react', undefined, false],
  ['knock', undefined, false],
])('toHaveStayedSilent after "%s", with %j: %s', async (text, reason, holds) => {
  const outcome = await say(text);
  expect(failure(() => chatExpect(outcome).toHaveStayedSilent(reason)) === undefined).toBe(holds);
});

test('toHaveStayedSilent can be asked twice with one global expression', async () => {
  const outcome = await say('bye');
  const reason = /no match/g;
  chatExpect(outcome).toHaveStayedSilent(reason);
  chatExpect(outcome).toHaveStayedSilent(reason);
});

describe('toBeOnCooldown', () => {
  test('asks an action and a chat how it is now, and an outcome what a cooldown has prevented', async () => {
    const chat = await open();
    const first = await chat.attach(GreetBot, { cooldown: 10 });
    const [other] = chat.actions;
    const fired = await chat.as('alice').say('hi');
    const prevented = await chat.as('alice').say('hi');
    const isOn = (received: unknown, handler?: typeof GreetBot | string) =>
      failure(() => chatExpect(received).toBeOnCooldown(handler)) === undefined;
    expect([first, other, chat, fired, prevented].map((received) => isOn(received))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect([isOn(chat, GreetBot), isOn(chat, 'greet'), isOn(chat, 'roll'), isOn(prevented, 'roll')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(failure(() => chatExpect(chat).not.toBeOnCooldown())).toBe(
      'Expected no action to be on cooldown. It is so:\n\n  greet: not on cooldown\n  greet: 10 s left',
    );
  });
});

test.each([
  [
    'toHaveReplied',
    Promise.resolve(),
    'toHaveReplied() needs what happened in a chat, which say() and chat.clock.advance() return: await it first.',
  ],
  ['toHaveReacted', 'hi', 'toHaveReacted() needs what happened in a chat'],
  ['toHaveStayedSilent', null, 'toHaveStayedSilent() needs what happened in a chat'],
  ['toBeOnCooldown', undefined, 'toBeOnCooldown() needs an action, a chat, or what happened in one.'],
] as const)('%s of something else throws what it needs', (matcher, received, message) => {
  expect(() => chatExpect(received)[matcher]()).toThrow(message);
});

test.each([
  ['toHaveReplied', 5, 'toHaveReplied() needs a text or a regular expression, not 5.'],
  ['toHaveStayedSilent', null, 'toHaveStayedSilent() needs a text or a regular expression, not null.'],
  ['toHaveReacted', /x/, 'toHaveReacted() needs an emoji, not /x/.'],
] as const)('%s cannot expect %s', async (matcher, expected, message) => {
  const outcome = await say('bye');
  expect(() => chatExpect(outcome)[matcher](expected as never)).toThrow(message);
});

test('an expression may be used again, whatever its flags', async () => {
  const [outcome, reason] = [await say('bye'), /no match/g];
  for (const _ of [1, 2]) chatExpect(outcome).toHaveStayedSilent(reason);
});

test('what bots wrote cannot change the terminal', async () => {
  const outcome = await say('hi');
  const [message] = outcome.messages;
  const shown = { ...outcome, messages: message ? [{ ...message, body: '\u001b[31mred' }] : [] };
  expect(failure(() => chatExpect(shown).toHaveReplied('Bye'))).toContain('PlaygroundBot: \\x1b[31mred');
});

test('expect.extend takes the matchers as they are', async () => {
  const { pass, message } = matchers.toHaveReplied(await say('hi'), 'Bye');
  expect([pass, message()]).toEqual([false, expect.stringContaining('Expected a bot to reply "Bye"')]);
});
