import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
const example = (name: string) => readFileSync(`examples/bots/${name}`, 'utf8');
const bots = Object.fromEntries(
  ['HelloBot.ts', 'ReplyBot.ts', 'TestBotPackage.ts'].map((name) => [name, example(name)]),
);

let testServer: TestServer;
let thread: string;
let bot: string;

beforeAll(async () => {
  testServer = await TestServer.open(bots, {}, atEnd);
});

/** Says something in the group and tells what the bots write and how they react. */
async function say(message: string): Promise<{ written: string[]; reactions: string[] }> {
  const sent = await testServer.call('POST', `/threads/${thread}/messages`, {
    message,
    temporary_id: message,
  });
  await testServer.app.queue.idle();
  const { data } = (await testServer.call('GET', `/threads/${thread}/messages`)).body;
  const written = data.filter(
    (one: { from_bot: boolean; id: string }) => one.from_bot && one.id > sent.body.id,
  );
  const reactions = await testServer.call('GET', `/threads/${thread}/messages/${sent.body.id}/reactions`);
  return {
    written: written.map((one: { body: string }) => one.body).reverse(),
    reactions: Object.keys(reactions.body.data),
  };
}

/** The steps of "Chat Bots API Flow", in the order and the words of the documentation; each goes on from the last. */
describe("the documentation's flow", () => {
  test('begins with a group', async () => {
    const { status, body: data } = await testServer.call('POST', '/groups', { subject: 'Bots' });
    expect([status, data.options.chat_bots]).toEqual([200, false]);
    thread = data.id;
  });

  test('whose settings must have chat_bots enabled', async () => {
    const body = { name: 'Test Bot', enabled: true, hide_actions: false, cooldown: 0 };
    const refused = await testServer.call('POST', `/threads/${thread}/bots`, body);
    expect([refused.status, refused.body]).toEqual([403, { message: 'Not authorized to create a bot.' }]);
    const settings = `/threads/${thread}/settings`;
    const { body: data } = await testServer.call('PUT', settings, {
      subject: 'Bots',
      add_participants: true,
      messaging: true,
      knocks: true,
      invitations: true,
      chat_bots: true,
    });
    expect(data.chat_bots).toBe(true);
  });

  test('create a new Bot', async () => {
    const { status, body: data } = await testServer.call('POST', `/threads/${thread}/bots`, {
      name: 'Test Bot',
      enabled: true,
      hide_actions: false,
      cooldown: 0,
    });
    expect([status, data.name, data.actions_count]).toEqual([201, 'Test Bot', 0]);
    bot = data.id;
  });

  test("view available handler's you may attach to the bot", async () => {
    const { body: data } = await testServer.call('GET', `/threads/${thread}/bots/${bot}/add-handlers`);
    expect(data.map(({ alias }: { alias: string }) => alias)).toEqual(['hello', 'reply']);
  });

  test('attach the HelloBot, which needs the base rules alone', async () => {
    const { status, body: data } = await testServer.call('POST', `/threads/${thread}/bots/${bot}/actions`, {
      handler: 'hello',
      cooldown: 0,
      admin_only: false,
      enabled: true,
    });
    expect([status, data.handler.alias, data.triggers]).toEqual([201, 'hello', ['hello', 'hi', 'hey']]);
  });

  test('attach the ReplyBot with triggers, match and replies', async () => {
    const { status, body: data } = await testServer.call('POST', `/threads/${thread}/bots/${bot}/actions`, {
      handler: 'reply',
      cooldown: 0,
      admin_only: false,
      enabled: true,
      match: 'contains:caseless',
      triggers: ['help', 'support'],
      replies: ['Why are you asking me?', 'I say google it!'],
    });
    expect([status, data.match, data.payload]).toEqual([
      201,
      'contains:caseless',
      { replies: ['Why are you asking me?', 'I say google it!'] },
    ]);
  });

  test('we can trigger them', async () => {
    expect(await say('oh hi there')).toEqual({ written: ['Why hello there Ada!'], reactions: [':wave:'] });
    expect(await say('I need HELP')).toEqual({
      written: ['Why are you asking me?', 'I say google it!'],
      reactions: [],
    });
  });

  test('install a package', async () => {
    const { status, body: data } = await testServer.call('POST', `/threads/${thread}/bots/packages`, {
      alias: 'test_package',
    });
    expect([status, data.name, data.actions_count]).toEqual([201, 'Test Package', 2]);
    const { data: logs } = (await testServer.call('GET', `/threads/${thread}/logs`)).body;
    expect(logs.map(({ body }: { body: string }) => body)).toEqual([
      'installed the BOT - Test Package',
      'added the BOT - Test Bot',
      'created Bots',
    ]);
  });
});
