import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BotActionHandler, MessengerBots, MessengerError } from '../../src/index.ts';

/** As the README shows it. */
class HelloBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'hello',
      description: 'Say hello when someone says hi!',
      name: 'Hello Response',
      triggers: ['hello', 'hi', 'hey'],
      match: MessengerBots.MATCH_CONTAINS_CASELESS,
    };
  }

  async handle() {
    await this.composer().emitTyping().message(`Why hello there ${this.message.owner.getProviderName()}!`);
    await this.composer().reaction(this.message, '👋');
  }
}

/** One that leaves triggers and match to whoever attaches it. */
class ReplyBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'reply', description: 'Reply with the given response(s).', name: 'Reply' };
  }

  override rules() {
    return { replies: z.array(z.string()).min(1).max(5) };
  }

  override errorMessages() {
    return { 'replies.*.required': 'Reply is required.', 'replies.*.string': 'A reply must be a string.' };
  }

  async handle() {
    for (const reply of this.getPayload('replies')) await this.composer().message(reply);
  }
}

const common = { cooldown: 0, admin_only: false, enabled: true };

describe('testResolve() of the documentation', () => {
  test('gives the resolved handler', () => {
    expect(HelloBot.testResolve(common)).toEqual({
      handlerDTO: {
        class: 'HelloBot',
        alias: 'hello',
        description: 'Say hello when someone says hi!',
        name: 'Hello Response',
        unique: false,
        shouldAuthorize: false,
        triggers: ['hello', 'hi', 'hey'],
        matchMethod: 'contains:caseless',
      },
      matchMethod: 'contains:caseless',
      enabled: true,
      adminOnly: false,
      cooldown: 0,
      triggers: 'hello|hi|hey',
      payload: null,
    });
  });

  test('or the errors by field', () => {
    expect(HelloBot.testResolve()).toEqual({
      cooldown: ['The cooldown field is required.'],
      admin_only: ['The admin only field is required.'],
      enabled: ['The enabled field is required.'],
    });
  });

  test('of the reply bot takes what would be posted to attach it', () => {
    const posted = {
      handler: 'reply',
      ...common,
      match: 'contains:caseless',
      triggers: ['help', 'support'],
      replies: ['Why are you asking me?', 'I say google it!'],
    };
    expect(ReplyBot.testResolve(posted)).toMatchObject({
      matchMethod: 'contains:caseless',
      triggers: 'help|support',
      payload: { replies: ['Why are you asking me?', 'I say google it!'] },
    });
  });

  test.each([
    ['no replies', {}, { replies: ['The replies field is required.'] }],
    ['an empty list', { replies: [] }, { replies: ['The replies field is required.'] }],
    ['a number in the list', { replies: ['a', 7] }, { 'replies.1': ['A reply must be a string.'] }],
    ['an empty text in the list', { replies: ['', 'b'] }, { 'replies.0': ['Reply is required.'] }],
    [
      'six of them',
      { replies: ['a', 'b', 'c', 'd', 'e', 'f'] },
      { replies: ['The replies field must not have more than 5 items.'] },
    ],
    [
      'no triggers and no match',
      { replies: ['a'], match: undefined, triggers: undefined },
      { match: ['The match field is required.'], triggers: ['The triggers field is required.'] },
    ],
  ])('of the reply bot refuses %s', (_, fields, errors) => {
    expect(ReplyBot.testResolve({ ...common, match: 'exact', triggers: ['help'], ...fields })).toEqual(
      errors,
    );
  });

  test('asks neither the registry nor the database', () => {
    expect([HelloBot.getDto(), ReplyBot.getDto()]).toEqual([null, null]);
  });

  test('refuses a handler whose settings are wrong', () => {
    class Nameless extends BotActionHandler {
      handle() {}
    }
    expect(() => Nameless.testResolve(common)).toThrow(
      'Nameless: getSettings() has an invalid "alias": the class does not define getSettings().',
    );
  });
});

describe('a handler that answers no message', () => {
  const handler = new HelloBot();
  const members: Array<[string, () => unknown]> = [
    ['bot', () => handler.bot],
    ['action', () => handler.action],
    ['thread', () => handler.thread],
    ['message', () => handler.message],
    ['matchingTrigger', () => handler.matchingTrigger],
    ['isGroupAdmin', () => handler.isGroupAdmin],
    ['senderIp', () => handler.senderIp],
    ['getPayload()', () => handler.getPayload()],
    ['getParsedMessage()', () => handler.getParsedMessage()],
    ['getParsedWords()', () => handler.getParsedWords()],
    ['getParsedWords()', () => handler.getParsedWords()],
    ['releaseCooldown()', () => handler.releaseCooldown()],
    ['composer()', () => handler.composer()],
  ];

  test.each(members)('has no %s', (_, use) => {
    expect(use).toThrow(MessengerError);
    expect(use).toThrow(/^HelloBot\.\w+(\(\))? is available only while a handler answers a message\./);
  });
});

test('a handler that overrides nothing has no rules, no sentences of its own, and stores its payload as it is', () => {
  const handler = new HelloBot();
  expect([handler.rules(), handler.errorMessages()]).toEqual([{}, {}]);
  expect([handler.serializePayload(null), handler.serializePayload({ a: [1] })]).toEqual([null, { a: [1] }]);
  expect(handler.authorize).toBeUndefined();
});
