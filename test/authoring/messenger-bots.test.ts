import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BotActionHandler, type BotActionHandlerSettings, MessengerBots } from '../../src/index.ts';

/** A handler class with these settings. */
function handlerWith(settings: Partial<BotActionHandlerSettings>, rules: z.ZodRawShape = {}) {
  return class TestBot extends BotActionHandler {
    static override getSettings(): BotActionHandlerSettings {
      return { alias: 'test', description: 'I am a test bot handler.', name: 'McTesting!', ...settings };
    }

    override rules() {
      return rules;
    }

    handle() {}
  };
}

describe('the match methods', () => {
  const constants = {
    MATCH_ANY: 'any',
    MATCH_CONTAINS: 'contains',
    MATCH_CONTAINS_CASELESS: 'contains:caseless',
    MATCH_CONTAINS_ANY: 'contains:any',
    MATCH_CONTAINS_ANY_CASELESS: 'contains:any:caseless',
    MATCH_EXACT: 'exact',
    MATCH_EXACT_CASELESS: 'exact:caseless',
    MATCH_STARTS_WITH: 'starts:with',
    MATCH_STARTS_WITH_CASELESS: 'starts:with:caseless',
  } as const;

  test('are nine constants', () => {
    expect({ ...MessengerBots }).toEqual(constants);
    expect(MessengerBots.getMatchMethods()).toEqual(Object.values(constants));
  });

  test('have a sentence each; what is none has none', () => {
    const sentences = MessengerBots.getMatchMethods().map((method) =>
      MessengerBots.getMatchDescription(method),
    );
    expect(new Set(sentences).size).toBe(9);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(MessengerBots.getMatchDescription('startswith')).toBeNull();
  });

  test('are handed out as a list of their own', () => {
    MessengerBots.getMatchMethods().pop();
    expect(MessengerBots.getMatchMethods()).toHaveLength(9);
  });
});

describe('registering', () => {
  test('gives every handler a description, which it had none of before', () => {
    const Hello = handlerWith({
      alias: 'described',
      name: 'Hello Response',
      triggers: ['hello', 'hi', 'hey'],
      match: 'contains:caseless',
    });
    expect([Hello.getDto(), MessengerBots.getHandler(Hello), MessengerBots.getHandler('described')]).toEqual([
      null,
      null,
      null,
    ]);
    MessengerBots.registerHandlers([Hello]);
    const description = {
      class: 'TestBot',
      alias: 'described',
      description: 'I am a test bot handler.',
      name: 'Hello Response',
      unique: false,
      shouldAuthorize: false,
      triggers: ['hello', 'hi', 'hey'],
      matchMethod: 'contains:caseless',
    };
    expect([Hello.getDto(), MessengerBots.getHandler(Hello), MessengerBots.getHandler('described')]).toEqual([
      description,
      description,
      description,
    ]);
    expect(MessengerBots.getHandlers()).toContainEqual(description);
    expect(MessengerBots.getHandlerAliases()).toContain('described');
  });

  test('lists handlers by their names, whatever the order in which they came', () => {
    MessengerBots.registerHandlers([
      handlerWith({ alias: 'z1', name: 'zebra' }),
      handlerWith({ alias: 'z2', name: 'Äpfel' }),
      handlerWith({ alias: 'z3', name: 'Birnen' }),
    ]);
    const aliases = MessengerBots.getHandlerAliases().filter((alias) => alias.startsWith('z'));
    expect(aliases).toEqual(['z2', 'z3', 'z1']);
    expect(MessengerBots.getHandlers().map(({ alias }) => alias)).toEqual(MessengerBots.getHandlerAliases());
  });

  test('again changes nothing', () => {
    const Again = handlerWith({ alias: 'again' });
    MessengerBots.registerHandlers([Again]);
    const before = MessengerBots.getHandlers();
    MessengerBots.registerHandlers([Again, Again]);
    expect(MessengerBots.getHandlers()).toEqual(before);
  });

  test('tells apart two classes of one name', () => {
    const [One, Other] = [handlerWith({ alias: 'one' }), handlerWith({ alias: 'other' })];
    MessengerBots.registerHandlers([One, Other]);
    expect([One.getDto()?.alias, Other.getDto()?.alias]).toEqual(['one', 'other']);
  });

  test('knows that a handler is unique and authorizes', () => {
    class GuardedBot extends handlerWith({ alias: 'guarded', unique: true }) {
      override authorize() {
        return true;
      }
    }
    MessengerBots.registerHandlers([GuardedBot]);
    expect(GuardedBot.getDto()).toMatchObject({ class: 'GuardedBot', unique: true, shouldAuthorize: true });
  });

  test('refuses two handlers with one alias, and names both', () => {
    class FirstBot extends handlerWith({ alias: 'same' }) {}
    class SecondBot extends handlerWith({ alias: 'same' }) {}
    MessengerBots.registerHandlers([FirstBot]);
    expect(() => MessengerBots.registerHandlers([SecondBot])).toThrow(
      'Two handlers have the alias "same": FirstBot and SecondBot.',
    );
    expect([MessengerBots.getHandler('same')?.class, SecondBot.getDto()]).toEqual(['FirstBot', null]);
  });

  test('takes all or none', () => {
    const Fine = handlerWith({ alias: 'fine' });
    expect(() => MessengerBots.registerHandlers([Fine, handlerWith({ alias: ' ' })])).toThrow(
      'invalid "alias"',
    );
    expect(() => MessengerBots.registerHandlers([Fine, handlerWith({ alias: 'fine' })])).toThrow(
      'Two handlers',
    );
    expect(Fine.getDto()).toBeNull();
  });

  test.each<[string, Partial<BotActionHandlerSettings>, string]>([
    [
      'no alias',
      { alias: '' },
      'TestBot: getSettings() has an invalid "alias": it must be a non-empty string.',
    ],
    ['no description', { description: ' \t' }, 'TestBot: getSettings() has an invalid "description"'],
    ['no name', { name: '' }, 'TestBot: getSettings() has an invalid "name"'],
    [
      'no trigger',
      { triggers: [] },
      'TestBot: getSettings() has an invalid "triggers": it must contain at least one',
    ],
    ['empty triggers', { triggers: ['', ' | '] }, 'TestBot: getSettings() has an invalid "triggers"'],
    [
      'a match that is none',
      JSON.parse('{"match":"regex"}'),
      'TestBot: getSettings() has an invalid "match": "regex" is none of any, contains',
    ],
  ])('refuses %s', (_, settings, sentence) => {
    expect(() => MessengerBots.registerHandlers([handlerWith({ alias: 'refused', ...settings })])).toThrow(
      sentence,
    );
    expect(MessengerBots.getHandler('refused')).toBeNull();
  });

  test.each(['cooldown', 'admin_only', 'enabled', 'match', 'triggers', 'handler'])(
    'refuses rules() that define "%s"',
    (field) => {
      const Taken = handlerWith({ alias: 'taken' }, { [field]: z.string() });
      expect(() => MessengerBots.registerHandlers([Taken])).toThrow(
        `TestBot: rules() defines "${field}", which every action already has.`,
      );
    },
  );
});
