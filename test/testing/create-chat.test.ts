import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { BotActionHandler, PackagedBot } from '../../src/index.ts';
import { NeoPackage, ReplyBot, RollBot } from '../../src/library/index.ts';
import { type CreateChatOptions, createChat } from '../../src/testing/index.ts';
import '../../src/testing/vitest.ts';
import { handlerSource } from '../support/handlers.ts';
import { rejection } from '../support/sandbox.ts';
import { makeWorkspace } from '../support/workspace.ts';

const settings = { name: 'Test', description: 'For a test.', match: 'exact' as const };

class HelloBot extends BotActionHandler {
  static override getSettings() {
    return { ...settings, alias: 'hello', triggers: ['hi'] };
  }

  async handle() {
    await this.composer().emitTyping().message(`Hello, ${this.message.owner.name}!`);
    await this.composer().reaction(this.message, '👋');
  }
}

class SleepyBot extends BotActionHandler {
  static override readonly timeout = 90_000;

  static override getSettings() {
    return { ...settings, alias: 'sleepy', triggers: ['wake up'] };
  }

  async handle() {
    await this.composer().message('In a moment …');
    await this.sleep(60_000);
    await this.composer().message('Here I am.');
  }
}

class FailingBot extends BotActionHandler {
  static override readonly retries = 1;

  static override getSettings() {
    return { ...settings, alias: 'failing', triggers: ['fail'] };
  }

  async handle() {
    throw new Error('no luck');
  }
}

class EchoBot extends BotActionHandler {
  static override getSettings() {
    return { ...settings, alias: 'echo', triggers: ['echo'] };
  }

  override rules() {
    return { text: z.string() };
  }

  async handle() {
    await this.composer().message(this.getPayload('text'));
  }
}

class GreetingsPackage extends PackagedBot {
  static override getSettings() {
    return { alias: 'greetings', name: 'Greetings', description: 'Greets and echoes.' };
  }

  static override installs() {
    return [HelloBot, [EchoBot, { text: 'echo!', cooldown: 0 }]];
  }
}

const chatOf = async (options: CreateChatOptions = {}) => {
  const chat = await createChat({ workspace: makeWorkspace().folder, ...options });
  onTestFinished(() => chat.close());
  return chat;
};

const bodies = ({ messages }: { messages: ReadonlyArray<{ body: string }> }) =>
  messages.map(({ body }) => body);

describe('a chat', () => {
  test('answers what a person says, and returns all that happened', async () => {
    const chat = await chatOf({ bots: [HelloBot] });
    const said = await chat.as('alice').say('hi');
    expect(said).toMatchObject({
      said: { body: 'hi', owner: { name: 'alice' } },
      messages: [{ body: 'Hello, alice!', owner: { type: 'bot', name: 'PlaygroundBot' } }],
      reactions: [{ emoji: '👋', messageId: said.said?.id }],
      typing: [{ name: 'PlaygroundBot' }],
      knocks: [],
      runs: [{ handler: 'hello', status: 'handled', trigger: 'hi' }],
      verdicts: [
        { verdict: 'fired', action: { handler: 'hello' }, sentence: expect.stringMatching(/^fired/) },
      ],
    });
  });

  test('says why nobody answered', async () => {
    const chat = await chatOf({ bots: [HelloBot] });
    const { messages, runs, verdicts } = await chat.as('alice').say('Hi');
    expect({ messages, runs }).toEqual({ messages: [], runs: [] });
    expect(verdicts).toMatchObject([
      { verdict: 'no_match', sentence: expect.stringContaining('only case differs') },
    ]);
  });

  test('keeps what people and bots wrote, oldest first', async () => {
    const chat = await chatOf({ bots: [HelloBot] });
    await chat.as('alice').say('hi');
    await chat.as('bob').say('well');
    expect((await chat.messages()).map(({ owner, body }) => `${owner.name}: ${body}`)).toEqual([
      'alice: hi',
      'PlaygroundBot: Hello, alice!',
      'bob: well',
    ]);
  });

  test('does what is asked at once one after the other', async () => {
    const chat = await chatOf({ bots: [HelloBot] });
    const all = await Promise.all(['alice', 'bob'].map((name) => chat.as(name).say('hi')));
    expect(all.map(bodies)).toEqual([['Hello, alice!'], ['Hello, bob!']]);
  });

  test('knows nothing of another one', async () => {
    const [one, other] = await Promise.all([chatOf({ bots: [HelloBot] }), chatOf()]);
    const all = await Promise.all([one.as('alice').say('hi'), other.as('alice').say('hi')]);
    expect(all.map(bodies)).toEqual([['Hello, alice!'], []]);
  });

  test('is closed by await using', async () => {
    let chat: Awaited<ReturnType<typeof chatOf>>;
    {
      await using used = await chatOf({ bots: [HelloBot] });
      chat = used;
      expect(await chat.as('alice').say('hi')).toHaveReplied();
    }
    await expect(chat.messages()).rejects.toThrow('was called after chat.close()');
  });

  test.each(['thread', 'process'] as const)(
    'loads its handlers from files with isolation %s',
    async (isolation) => {
      const source = handlerSource('HelloBot', 'hi', 'await this.composer().message(String(process.pid));');
      const { folder } = makeWorkspace({
        'bots/HelloBot.ts': source.replace(/alias: '[^']*'/, "alias: 'hello'"),
      });
      const chat = await chatOf({ bots: [HelloBot], isolation, workspace: folder });
      const [pid] = bodies(await chat.as('alice').say('hi'));
      expect(pid).toMatch(/^\d+$/);
      expect(pid).not.toBe(String(process.pid));
    },
  );
});

describe('people', () => {
  test('are plain participants, unless they are given rights', async () => {
    const chat = await chatOf();
    await chat.attach(HelloBot, { admin_only: true });
    expect(await chat.as('alice').say('hi')).toHaveStayedSilent('admin only');
    expect(await chat.as('bob', { admin: true }).say('hi')).toHaveReplied();
    expect(await chat.as('bob').say('hi')).toHaveReplied();
    expect(await chat.as('bob', { admin: false }).say('hi')).toHaveStayedSilent('admin only');
    expect(await chat.as('owner').say('hi')).toHaveReplied();
  });

  test('react and knock', async () => {
    const chat = await chatOf({ bots: [HelloBot] });
    const { messages } = await chat.as('alice').say('hi');
    const [message] = messages;
    if (message === undefined) throw new Error('Nobody answered.');
    const reacted = await chat.as('bob').react(message, '👍');
    expect(reacted).toEqual({
      said: null,
      messages: [],
      reactions: [],
      typing: [],
      knocks: [],
      runs: [],
      verdicts: [],
    });
    expect(await rejection(chat.as('bob').knock())).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await chat.as('bob', { sendKnocks: true }).knock()).toMatchObject({ knocks: [] });
  });

  test('reply to a message, with extra data', async () => {
    const chat = await chatOf({ bots: [HelloBot] });
    const { messages } = await chat.as('alice').say('hi');
    const { said } = await chat.as('alice').say('thanks', { replyTo: messages[0], extra: { mood: 'good' } });
    expect(said).toMatchObject({ replyToId: messages[0]?.id, extra: { mood: 'good' } });
  });
});

describe('handlers', () => {
  test('that need parameters are not attached by themselves', async () => {
    const chat = await chatOf({ bots: [EchoBot, HelloBot] });
    expect(chat.actions.map(({ handler }) => handler)).toEqual(['hello']);
    await chat.attach(EchoBot, { text: 'here' });
    expect(await chat.as('alice').say('echo')).toHaveReplied('here');
  });

  test('are attached by class or alias, listed before or not, ready-made or not', async () => {
    const chat = await chatOf();
    const actions = [
      await chat.attach(HelloBot, { cooldown: 30 }),
      await chat.attach(ReplyBot, { match: 'exact', triggers: ['help'], replies: ['Ask away!'] }),
      await chat.attach('roll'),
    ];
    expect(actions.map(({ handler, bot }) => [handler, bot])).toEqual([
      ['hello', 'PlaygroundBot'],
      ['reply', 'PlaygroundBot'],
      ['roll', 'PlaygroundBot'],
    ]);
    expect(await chat.as('alice').say('help')).toHaveReplied('Ask away!');
    expect(await chat.as('alice').say('!roll 3 3')).toHaveReplied('Rolling (3 - 3): 3');
  });

  test('of a package are installed', async () => {
    const chat = await chatOf({ bots: [GreetingsPackage] });
    expect(chat.actions).toEqual([]);
    const { bot, actions, leftOut } = await chat.install(GreetingsPackage);
    expect([bot, actions.map(({ handler }) => handler), leftOut]).toEqual([
      'Greetings',
      ['hello', 'echo'],
      [],
    ]);
    expect(await chat.as('alice').say('echo')).toHaveReplied('echo!');
  });

  test('of a package that was not listed are installed, also a ready-made one', async () => {
    const chat = await chatOf();
    await chat.install(GreetingsPackage);
    const { leftOut } = await chat.install('neo_package');
    expect(await chat.as('alice').say('hi')).toHaveReplied();
    expect(leftOut.map(({ reason }) => reason)).not.toContain('invalid');
    expect((await chatOf({ bots: [NeoPackage] })).actions).toEqual([]);
  });

  test('have the same chance for the same seed', async () => {
    const rolled = async (seed: number) => {
      const chat = await chatOf({ bots: [RollBot], seed });
      return bodies(await chat.as('alice').say('!roll 1 1000000'));
    };
    const [first, again, other] = [await rolled(1), await rolled(1), await rolled(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('get the answers of the network table, and no others', async () => {
    class FactBot extends HelloBot {
      override async handle() {
        const response = await fetch('https://api.example.com/fact');
        await this.composer().message(await response.text());
      }
    }
    const network = { 'https://api.example.com/fact': 'Octopuses have three hearts.' };
    const answered = await chatOf({ bots: [FactBot], network });
    expect(await answered.as('alice').say('hi')).toHaveReplied('Octopuses have three hearts.');
    const other = await chatOf({ bots: [FactBot] });
    expect((await other.as('alice').say('hi')).runs).toMatchObject([
      {
        status: 'failed',
        error: {
          code: 'REQUEST_UNANSWERED',
          message: expect.stringContaining(
            "GET https://api.example.com/fact has no answer here, and nothing is sent to the network. Add it: createChat({ network: { 'https://api.example.com/fact': '…' } }).",
          ),
        },
      },
    ]);
  });

  test('print where the test says', async () => {
    class PrintingBot extends HelloBot {
      override async handle() {
        process.stdout.write('printed\n');
      }
    }
    const printed: string[][] = [];
    const chat = await chatOf({ bots: [PrintingBot], onOutput: (...line) => printed.push(line) });
    await chat.as('alice').say('hi');
    expect(printed).toEqual([['PrintingBot', 'printed']]);
  });
});

describe('the clock', () => {
  test('ends a cooldown when it is moved', async () => {
    const chat = await chatOf({ clock: 'frozen' });
    const hello = await chat.attach(HelloBot, { cooldown: 30 });
    expect(hello).not.toBeOnCooldown();
    expect(await chat.as('alice').say('hi')).toHaveReplied();
    expect([hello.cooldownLeft, chat.action('hello').cooldownLeft]).toEqual([30, 30]);
    expect(await chat.as('alice').say('hi')).toHaveStayedSilent('cooldown');
    await chat.clock.advance('29s');
    expect(hello).toBeOnCooldown();
    await chat.clock.advance(1_000);
    expect(hello).not.toBeOnCooldown();
    expect(await chat.as('alice').say('hi')).toHaveReplied();
  });

  test('holds a handler that sleeps until it is moved', async () => {
    const chat = await chatOf({ bots: [SleepyBot], clock: 'frozen' });
    const said = await chat.as('alice').say('wake up');
    expect(said).toMatchObject({ messages: [{ body: 'In a moment …' }], runs: [{ status: 'running' }] });
    expect(await chat.clock.advance('59s')).toMatchObject({ messages: [], runs: [{ status: 'running' }] });
    expect(await chat.clock.advance('1s')).toMatchObject({
      said: null,
      messages: [{ body: 'Here I am.' }],
      runs: [{ status: 'handled' }],
      verdicts: [{ verdict: 'fired' }],
    });
    expect(await chat.clock.advance('1h')).toMatchObject({ messages: [], runs: [], verdicts: [] });
  });

  test('moves on until nothing waits, also no retry', async () => {
    const chat = await chatOf({ bots: [SleepyBot, FailingBot], clock: 'frozen' });
    const start = chat.clock.now.getTime();
    expect(await chat.as('alice').say('wake up')).toHaveReplied('In a moment …');
    const { runs } = await chat.as('alice').say('fail');
    expect(runs).toEqual([]);
    const idle = await chat.clock.untilIdle();
    expect(idle).toMatchObject({
      messages: [{ body: 'Here I am.' }],
      runs: [
        { handler: 'sleepy', status: 'handled' },
        { handler: 'failing', status: 'failed', attempts: 2, error: { message: 'no luck' } },
      ],
    });
    expect(chat.clock.now.getTime() - start).toBeGreaterThanOrEqual(60_000);
  });

  test('runs, unless it is frozen', async () => {
    const chat = await chatOf();
    expect(chat.clock.isFrozen).toBe(false);
    chat.clock.freeze();
    expect([chat.clock.isFrozen, chat.clock.now]).toEqual([true, chat.clock.now]);
    chat.clock.resume();
    expect(chat.clock.isFrozen).toBe(false);
  });

  test('does not keep a chat from closing', async () => {
    const chat = await chatOf({ bots: [SleepyBot], clock: 'frozen' });
    await chat.as('alice').say('wake up');
    await chat.close();
    expect(await rejection(chat.clock.untilIdle())).toMatchObject({ code: 'CHAT_CLOSED' });
  });
});

describe('misuse is an error that says what to do:', () => {
  class HiBot extends HelloBot {}
  class NamelessBot extends HelloBot {
    static override getSettings() {
      return { ...HelloBot.getSettings(), alias: 'nameless', name: '' };
    }
  }

  test.each<[string, object, string]>([
    ['no class', { bots: ['hello'] }, 'createChat(): what was given (string) is not the class of a bot'],
    ['an object', { bots: [new HelloBot()] }, 'is an object'],
    ['another class', { bots: [Date] }, 'createChat(): Date is not the class of a bot'],
    [
      'an alias twice',
      { bots: [HelloBot, HiBot] },
      'Two handlers have the alias "hello": HelloBot and HiBot.',
    ],
    ['wrong settings', { bots: [NamelessBot] }, 'NamelessBot: getSettings() has an invalid "name"'],
    [
      'an unknown clock',
      { clock: 'slow' },
      'createChat() cannot use clock: "slow". It must be one of running, frozen.',
    ],
    ['a misspelled option', { sead: 1 }, 'cannot use sead: 1. There is no such option. Did you mean "seed"?'],
    ['bots that are no list', { bots: null }, 'cannot use bots: null. It must be a list of classes.'],
    ['a seed of another type', { seed: {} }, 'cannot use seed: {}. It must be a number or a text.'],
    ['a network that is no table', { network: null }, 'It must be an object with answers.'],
    [
      'an answer that is none',
      { network: { '*': 404 } },
      'The answer for "*" in the network table cannot be used',
    ],
    ['an unknown isolation', { isolation: 'all' }, 'one of none, thread, process.'],
    ['a wrong network table', { network: { 'example.com': 'hi' } }, '"example.com" cannot be a key'],
    ['a class of no file', { bots: [HelloBot], isolation: 'thread' }, 'exports HelloBot. With isolation'],
  ])('%s', async (_, options, message) => {
    expect((await rejection(chatOf(options))).message).toContain(message);
  });

  test.each<[string, (chat: Awaited<ReturnType<typeof chatOf>>) => unknown, string]>([
    [
      'an unknown right',
      (chat) => chat.as('bob', { manageBot: true } as object),
      'no such right. Known are admin, sendMessages,',
    ],
    [
      'an action that is not attached',
      (chat) => chat.action('roll'),
      '"roll" is not attached in this chat. Attached are: hello.',
    ],
    [
      'a span that is none',
      (chat) => chat.clock.advance('soon'),
      'cannot use "soon": it takes a span of time like 90s',
    ],
    ['a negative span', (chat) => chat.clock.advance(-1), 'cannot use -1'],
    ['missing parameters', (chat) => chat.attach('echo'), 'There is no handler "echo"'],
    ['a handler as a package', (chat) => chat.install('hello'), 'There is no packaged bot "hello"'],
    [
      'no class to attach',
      (chat) => chat.attach(Date as never),
      'chat.attach(): Date is not the class of a bot',
    ],
    ['an empty message', (chat) => chat.as('alice').say(''), 'message'],
  ])('%s', async (_, misuse, message) => {
    const chat = await chatOf({ bots: [HelloBot] });
    expect((await rejection((async () => misuse(chat))())).message).toContain(message);
  });

  test.each<[string, (chat: Awaited<ReturnType<typeof chatOf>>) => unknown]>([
    ['as', (chat) => chat.as('alice')],
    ['action', (chat) => chat.action('hello')],
    ['attach', (chat) => chat.attach(HelloBot)],
    ['clock.freeze', (chat) => chat.clock.freeze()],
    ['clock.advance', (chat) => chat.clock.advance('1s')],
    ['messages', (chat) => chat.messages()],
  ])('%s after close', async (_, misuse) => {
    const chat = await chatOf({ bots: [HelloBot] });
    await chat.close();
    await chat.close();
    expect(await rejection((async () => misuse(chat))())).toMatchObject({ code: 'CHAT_CLOSED' });
  });
});
