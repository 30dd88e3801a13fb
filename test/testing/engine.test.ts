import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { UserConfig } from '../../src/config/schema.ts';
import { BotActionHandler } from '../../src/index.ts';
import { attachHandler } from '../../src/services/bots/playground.ts';
import { sendMessage } from '../../src/services/messages/send-message.ts';
import { tableNetwork } from '../../src/services/outside/network-table.ts';
import { type EngineChat, type EngineOptions, openEngine } from '../../src/testing/engine.ts';
import { GivenClasses } from '../../src/testing/given-classes.ts';
import { handlerSource } from '../support/handlers.ts';
import { makeWorkspace } from '../support/workspace.ts';

class HelloBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'hello',
      name: 'Hello',
      description: 'Greets.',
      match: 'exact' as const,
      triggers: ['hi'],
    };
  }

  override async handle() {
    await this.composer().message(`Hello, ${this.message.owner.name}!`);
  }
}

const given = (...all: Array<typeof HelloBot>) => {
  const classes = new GivenClasses();
  for (const each of all) classes.add(each);
  return classes;
};

const open = async (options: EngineOptions = {}) => {
  const engine = await openEngine({ workspace: makeWorkspace(), ...options });
  onTestFinished(() => engine.close());
  return engine;
};

const attach = (chat: EngineChat, handler: string, params = {}) =>
  attachHandler(chat, { thread: chat.thread, user: chat.owner, handler, params });

/** What bots wrote in answer to a message. */
const answers = async (chat: EngineChat, body: string) => {
  await sendMessage(chat, { threadId: chat.thread.id, sender: chat.owner, outgoing: { body } });
  await chat.queue.idle();
  const messages = await chat.store.messages.newest(chat.thread.id, 100);
  return messages.filter(({ owner }) => owner.type === 'bot').map((message) => message.body);
};

const greeting = handlerSource('FileBot', '!go', 'await this.composer().message(String(process.pid));');

describe('an engine', () => {
  test('runs a class of this process', async () => {
    const chat = await (await open({ classes: given(HelloBot) })).openChat({ owner: 'Ada' });
    await attach(chat, 'hello');
    expect(await answers(chat, 'hi')).toEqual(['Hello, Ada!']);
  });

  test('runs the ready-made handlers', async () => {
    const chat = await (await open({ classes: given() })).openChat();
    await attach(chat, 'roll');
    expect(await answers(chat, '!roll 7 7')).toEqual([expect.stringContaining('7')]);
  });

  test('gives a thread the same chance for the same seed, and answers for its requests', async () => {
    const engine = await open({ classes: given() });
    const tosses = async (seed: string) => {
      const chat = await engine.openChat();
      const network = tableNetwork(
        { 'https://api.chucknorris.io/*': { json: { value: 'He won.' } } },
        String,
      );
      chat.outside.use(chat.thread.id, { seed, network });
      await attach(chat, 'roll');
      await attach(chat, 'chuck', { match: 'exact', triggers: '!chuck' });
      await answers(chat, '!roll 1 1000000');
      return answers(chat, '!chuck');
    };
    const [first, again, other] = [await tosses('a'), await tosses('a'), await tosses('b')];
    expect(first[0]).toContain('He won.');
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test.each(['none', 'thread', 'process'] as const)(
    'runs the files of a workspace with isolation %s',
    async (isolation) => {
      const workspace = makeWorkspace({ 'bots/FileBot.ts': greeting });
      const chat = await (await open({ workspace, isolation })).openChat();
      await attach(chat, 'FileBot');
      const [pid] = await answers(chat, '!go');
      expect(pid === String(process.pid)).toBe(isolation === 'none');
    },
  );

  test('has chats side by side that know nothing of each other', async () => {
    const engine = await open({ classes: given(HelloBot) });
    const [one, other] = await Promise.all([
      engine.openChat({ owner: 'Ada' }),
      engine.openChat({ owner: 'Bob' }),
    ]);
    await attach(one, 'hello');
    expect(await Promise.all([answers(one, 'hi'), answers(other, 'hi')])).toEqual([['Hello, Ada!'], []]);
  });

  test('keeps its other chats when one is closed', async () => {
    const engine = await open({ classes: given(HelloBot) });
    const [one, other] = [await engine.openChat(), await engine.openChat({ owner: 'Bob' })];
    await attach(other, 'hello');
    await one.close();
    expect(await answers(other, 'hi')).toEqual(['Hello, Bob!']);
  });

  test('uses the configuration of the workspace, with bots on', async () => {
    const config: UserConfig = { bots: { enabled: false }, messages: { sizeLimit: 3 } };
    const workspace = makeWorkspace({ 'messenger.config.mjs': `export default ${JSON.stringify(config)};` });
    const { settings } = await (await open({ workspace, classes: given() })).openChat();
    expect(settings()).toMatchObject({ botsEnabled: true, messageLimit: 3 });
  });

  test('writes nothing into the workspace', async () => {
    const workspace = makeWorkspace();
    const engine = await open({ workspace, classes: given(HelloBot) });
    const chat = await engine.openChat();
    await attach(chat, 'hello');
    await answers(chat, 'hi');
    await engine.close();
    expect([existsSync(workspace.data), readdirSync(workspace.bots)]).toEqual([false, []]);
  });
});

describe('two classes', () => {
  test('of one name are both known', () => {
    const classes = given(HelloBot, { HelloBot: class extends HelloBot {} }.HelloBot);
    expect([...classes.modules.keys()]).toEqual(['HelloBot', 'HelloBot (2)']);
  });

  test('of one alias are a problem that names both', async () => {
    class HiBot extends HelloBot {}
    const { catalogue } = await open({ classes: given(HelloBot, HiBot) });
    expect(catalogue.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('the alias "hello": HelloBot and HiBot.'),
    ]);
  });
});
