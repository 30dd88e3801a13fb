/*
 * What the compiler knows of the test kit, and what it refuses: most of this is tested by `tsc --noEmit`, which fails
 * where a line becomes an error, or one marked as an error stops being one.
 */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { BotActionHandler, type Message, MessengerBots, type Reaction } from '../../src/index.ts';
import { GamesPackage, ReplyBot, RollBot } from '../../src/library/index.ts';
import {
  type Chat,
  type ChatAction,
  expect as chatExpect,
  type createChat,
  type NetworkTable,
  type Outcome,
  type Run,
} from '../../src/testing/index.ts';
import '../../src/testing/vitest.ts';

class TypedBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'typed',
      description: 'Typed.',
      name: 'Typed',
      match: MessengerBots.MATCH_EXACT,
      triggers: ['a'],
    };
  }

  override rules() {
    return { text: z.string(), times: z.int().optional() };
  }

  async handle() {}
}

/** Never called: only compiled. */
async function compiled(chat: Chat, create: typeof createChat): Promise<void> {
  await create();
  await create({ bots: [TypedBot, GamesPackage], clock: 'frozen', seed: 'a', isolation: 'thread' });
  // @ts-expect-error no class of a bot
  await create({ bots: [Date] });
  // @ts-expect-error an object of it is none either
  await create({ bots: [new TypedBot()] });
  // @ts-expect-error no such clock
  await create({ clock: 'slow' });

  await chat.attach(RollBot);
  await chat.attach(RollBot, { cooldown: 5, admin_only: true });
  await chat.attach(TypedBot, { text: 'hi' });
  await chat.attach('typed', { text: 'hi', anything: 1 });
  await chat.attach(ReplyBot, { match: 'exact', triggers: ['a'], replies: ['b'] });
  // @ts-expect-error its text is missing
  await chat.attach(TypedBot);
  // @ts-expect-error its text is no number
  await chat.attach(TypedBot, { text: 1 });
  // @ts-expect-error it has no such parameter
  await chat.attach(TypedBot, { text: 'hi', texts: 'hi' });
  // @ts-expect-error its match is missing
  await chat.attach(ReplyBot, { replies: ['b'] });
  // @ts-expect-error packages are installed
  await chat.attach(GamesPackage);
  // @ts-expect-error handlers are attached
  await chat.install(RollBot);

  expectTypeOf(await chat.attach(RollBot)).toEqualTypeOf<ChatAction>();
  expectTypeOf(chat.action(RollBot)).toEqualTypeOf<ChatAction>();
  expectTypeOf(await chat.as('alice').say('hi')).toEqualTypeOf<Outcome>();
  expectTypeOf(await chat.clock.advance('5m')).toEqualTypeOf<Outcome>();
  expectTypeOf(await chat.clock.untilIdle()).toEqualTypeOf<Outcome>();
  expectTypeOf<Outcome['messages']>().toEqualTypeOf<Message[]>();
  expectTypeOf<Outcome['reactions'][number]>().toExtend<Reaction>();
  expectTypeOf<Outcome['runs']>().toEqualTypeOf<Run[]>();
  chat.as('bob', { admin: true, sendKnocks: true });
  // @ts-expect-error no such right
  chat.as('bob', { manageBot: true });
  // @ts-expect-error no span
  await chat.clock.advance();

  const outcome = await chat.as('alice').say('hi');
  for (const matching of [
    expect(outcome),
    expect(outcome).not,
    chatExpect(outcome),
    chatExpect(outcome).not,
  ]) {
    matching.toHaveReplied('…');
    matching.toHaveReplied(/a/);
    matching.toHaveReacted('👋');
    matching.toHaveStayedSilent('no match');
    matching.toBeOnCooldown(RollBot);
    // @ts-expect-error a text or a regular expression
    matching.toHaveReplied(1);
    // @ts-expect-error an emoji
    matching.toHaveReacted(/a/);
  }
}

describe('the kit', () => {
  test('is as the compiler knows it', () => {
    expect(compiled).toBeTypeOf('function');
  });

  test('has answers of every kind in its network table', () => {
    const table: NetworkTable = {
      'https://a.example/text': 'text',
      'https://a.example/json': { json: [1] },
      'https://a.example/bytes': { status: 201, headers: { a: 'b' }, body: new Uint8Array() },
      'https://a.example/web': new Response('text'),
      'https://a.example/function': (request) => request.url,
      'https://a.example/promise': async (request) => ({ json: await request.json() }),
      // @ts-expect-error a number is no answer
      'https://a.example/wrong': 1,
      // @ts-expect-error there is no such field
      'https://a.example/field': { jason: 1 },
    };
    expect(Object.keys(table)).toHaveLength(8);
  });
});
