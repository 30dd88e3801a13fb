/*
 * What the compiler knows of handlers, and what it refuses: most of this is tested by `tsc --noEmit`, which fails
 * where a line becomes an error, or one marked as an error stops being one.
 */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../src/config/schema.ts';
import {
  BotActionHandler,
  type BotActionHandlerDTO,
  type BotActionHandlerSettings,
  defineConfig,
  type FieldErrors,
  type MatchMethod,
  type MessageData,
  MessengerBots,
  type MessengerComposer,
  matchMessage,
  type ResolvedBotHandlerDTO,
} from '../../src/index.ts';

const required = { alias: 'typed', description: 'Typed.', name: 'Typed' };

class TypedBot extends BotActionHandler {
  static override getSettings() {
    return { ...required, match: MessengerBots.MATCH_EXACT, triggers: ['a'] };
  }

  override rules() {
    return {
      replies: z.array(z.string()).min(1),
      times: z.int().optional(),
      mode: z.enum(['loud', 'quiet']),
    };
  }

  async handle() {
    // The types of rules() reach the payload.
    expectTypeOf(this.getPayload('replies')).toEqualTypeOf<string[]>();
    expectTypeOf(this.getPayload('times')).toEqualTypeOf<number | undefined>();
    expectTypeOf(this.getPayload('mode')).toEqualTypeOf<'loud' | 'quiet'>();
    expectTypeOf(this.getPayload().replies).toEqualTypeOf<string[]>();
    // @ts-expect-error there is no such field in rules()
    this.getPayload('reply');
    // @ts-expect-error nor is it in the whole payload
    this.getPayload().reply;

    expectTypeOf(this.getParsedMessage()).toEqualTypeOf<string | null>();
    expectTypeOf(this.getParsedWords(true)).toEqualTypeOf<string[] | null>();
    expectTypeOf(this.matchingTrigger).toEqualTypeOf<string | null>();
    expectTypeOf(this.isGroupAdmin).toEqualTypeOf<boolean>();
    expectTypeOf(this.senderIp).toEqualTypeOf<string | null>();
    expectTypeOf(this.message.owner.getProviderName()).toEqualTypeOf<string>();

    // A composer can be awaited in the middle, and goes on.
    expectTypeOf(this.composer().silent()).toExtend<MessengerComposer>();
    expectTypeOf(await this.composer().emitTyping()).toEqualTypeOf<undefined>();
    expectTypeOf(await this.composer().emitTyping().message('a')).toEqualTypeOf<MessageData>();
    await this.composer().message('a', this.message.id, { mood: 'good' });
    await this.composer().reaction(this.message, '👋');
    // @ts-expect-error a body is text
    await this.composer().message(7);
    // @ts-expect-error a reaction goes to a message
    await this.composer().reaction('👋');
    // @ts-expect-error extra data is an object or a list
    await this.composer().message('a', null, 'extra');
    // @ts-expect-error what a handler sees cannot be changed
    this.message = this.message;
  }
}

class WithoutRules extends BotActionHandler {
  static override getSettings() {
    return required;
  }

  handle() {}
}

const refusedClasses = [
  // @ts-expect-error there is no such match method
  class WrongMatch extends BotActionHandler {
    static override getSettings() {
      return { ...required, match: 'startswith' as const };
    }

    handle() {}
  },
  // @ts-expect-error the alias is missing
  class NoAlias extends BotActionHandler {
    static override getSettings() {
      return { description: 'No alias.', name: 'None' };
    }

    handle() {}
  },
  // @ts-expect-error triggers are texts
  class NoTriggers extends BotActionHandler {
    static override getSettings() {
      return { ...required, triggers: [null] };
    }

    handle() {}
  },
  class RulesOfText extends BotActionHandler {
    static override getSettings() {
      return required;
    }

    // @ts-expect-error rules are zod types
    override rules() {
      return { replies: 'required|array' };
    }

    handle() {}
  },
];

const refusedCalls = [
  // @ts-expect-error classes are registered, not objects
  () => MessengerBots.registerHandlers([new WithoutRules()]),
  // @ts-expect-error the base class itself is none
  () => MessengerBots.registerHandlers([BotActionHandler]),
  // @ts-expect-error there is no such match method
  () => matchMessage('startswith', 'a', 'a'),
];

const refusedConfigurations = [
  // @ts-expect-error there is no such setting
  defineConfig({ bots: { patience: 5_000 } }),
  // @ts-expect-error a limit is a number
  defineConfig({ bots: { timeout: '5s' } }),
];

test('the answers of the static methods have their types', () => {
  expectTypeOf<BotActionHandlerSettings['match']>().toEqualTypeOf<MatchMethod | undefined>();
  expectTypeOf(TypedBot.testResolve()).toEqualTypeOf<ResolvedBotHandlerDTO | FieldErrors>();
  expectTypeOf(TypedBot.getDto()).toEqualTypeOf<BotActionHandlerDTO | null>();
  expectTypeOf(MessengerBots.MATCH_CONTAINS).toEqualTypeOf<'contains'>();
  expect(MessengerBots.MATCH_CONTAINS).toBe('contains');
});

test('the payload has at run time what its type says', () => {
  const fields = { replies: ['a'], times: '3', mode: 'loud', other: 'dropped' };
  expect(TypedBot.testResolve({ cooldown: 0, admin_only: false, enabled: true, ...fields })).toMatchObject({
    payload: { replies: ['a'], times: 3, mode: 'loud' },
  });
});

describe('what the compiler refuses is refused at run time too', () => {
  test.each(refusedClasses)('%o', (handler) => {
    const params = {
      cooldown: 0,
      admin_only: false,
      enabled: true,
      match: 'exact',
      triggers: ['a'],
      replies: ['a'],
    };
    expect(() => Reflect.apply(BotActionHandler.testResolve, handler, [params])).toThrow();
  });

  test.each(refusedCalls)('%o', (call) => {
    expect(call).toThrow();
  });

  test.each(refusedConfigurations)('%o', (config) => {
    expect(configSchema.safeParse(config).success).toBe(false);
  });
});
