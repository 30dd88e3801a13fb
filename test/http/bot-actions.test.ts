import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { botSource } from '../support/bot-source.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
let bot: string;
beforeAll(async () => {
  const refusing = (expression: string) => ({ members: `authorize() { return ${expression}; }` });
  const wild =
    "rules() { return { test: z.array(z.string()).min(1) }; } errorMessages() { return { 'test.*': 'Test Needed.' }; }";
  testServer = await TestServer.open(
    {
      'HelloBot.ts': helloBot,
      'ReplyBot.ts': replyBot,
      'Once.ts': botSource('Once', '', { settings: "match: 'any', unique: true" }),
      'Never.ts': botSource('Never', '', { settings: "match: 'any'", ...refusing('false') }),
      'Broken.ts': botSource('Broken', '', {
        settings: "match: 'any'",
        ...refusing("(() => { throw new Error('It rains.'); })()"),
      }),
      'Admins.ts': botSource('Admins', '', {
        settings: "match: 'any'",
        members: 'authorize({ user }) { return user.admin; }',
      }),
      'Wild.ts': botSource('Wild', '', { settings: "match: 'any'", members: wild }),
    },
    {},
    atEnd,
  );
  bot = await newBot();
});

async function newBot(name = 'Test Bot'): Promise<string> {
  const fields = { name, enabled: true, hide_actions: false, cooldown: 0 };
  return (await testServer.call('POST', `/threads/${testServer.thread.id}/bots`, fields)).body.id;
}

const at = (path = '', of = bot) => `/threads/${testServer.thread.id}/bots/${of}${path}`;
const base = { cooldown: 0, admin_only: false, enabled: true };
const hello = { handler: 'hello', ...base };
const reply = {
  handler: 'reply',
  ...base,
  match: 'contains:caseless',
  triggers: ['help', 'support'],
  replies: ['Why are you asking me?', 'I say google it!'],
};
const attach = (body: object, of = bot) => testServer.call('POST', at('/actions', of), body);

const shownHello = {
  alias: 'hello',
  description: 'Say hello when someone says hi!',
  name: 'Hello Response',
  unique: false,
  authorize: false,
  triggers: ['hello', 'hi', 'hey'],
  match: 'contains:caseless',
};

describe('the handlers that can be attached', () => {
  test('are listed by name, with exactly these keys, without those that refuse', async () => {
    const { status, body } = await testServer.call('GET', at('/add-handlers'));
    expect(status).toBe(200);
    expect(body.map((one: { name: string }) => one.name)).toEqual([
      ...['Admins', 'Hello Response', 'Once', 'Reply', 'Wild'],
    ]);
    expect(body[1]).toEqual(shownHello);
    expect(body[3]).toMatchObject({ triggers: null, match: null });
  });

  test('are without those that refuse this very person', async () => {
    const { body } = await testServer.call('GET', at('/add-handlers'), undefined, 'manager');
    const aliases = body.map((one: { alias: string }) => one.alias);
    expect(aliases).not.toContain('admins');
  });

  test('are without a unique one that any bot of the thread has', async () => {
    const other = await newBot('Other Bot');
    const { body: action } = await attach({ handler: 'once', ...base }, other);
    const { body } = await testServer.call('GET', at('/add-handlers'));
    expect(body.map((one: { alias: string }) => one.alias)).not.toContain('once');
    await testServer.call('DELETE', at(`/actions/${action.id}`, other));
  });
});

describe('attaching a handler', () => {
  test('answers the action and tells of it', async () => {
    const heard = testServer.listen('NewBotAction', 'NewMessage');
    const { status, body } = await attach(hello);
    const owner = testServer.users.get('admin')?.id;
    expect(status).toBe(201);
    expect(body).toEqual({
      id: body.id,
      bot_id: bot,
      owner_id: owner,
      owner_type: 'users',
      created_at: body.created_at,
      updated_at: body.updated_at,
      enabled: true,
      admin_only: false,
      cooldown: 0,
      on_cooldown: false,
      match: 'contains:caseless',
      match_description: expect.any(String),
      triggers: ['hello', 'hi', 'hey'],
      payload: null,
      handler: shownHello,
      owner: expect.objectContaining({ provider_id: owner }),
    });
    expect(heard).toEqual(['NewBotAction']);
  });

  test.each<[string, object, object]>([
    ['with fields of its own', {}, { payload: { replies: reply.replies }, triggers: ['help', 'support'] }],
    ['with triggers in one text', { triggers: ['!a | !b, !a,, '] }, { triggers: ['!a', '!b'] }],
    ['to any message', { match: 'any' }, { match: 'any', triggers: [] }],
    ['to any message, without triggers', { match: 'any', triggers: undefined }, { triggers: [] }],
    ['with text for numbers', { cooldown: '30', admin_only: '1' }, { cooldown: 30, admin_only: true }],
    ['with what nobody asked for', { secret: 1 }, { payload: { replies: reply.replies } }],
  ])('%s', async (_, given, expected) => {
    const { status, body } = await attach({ ...reply, ...given });
    expect(status).toBe(201);
    expect(body).toMatchObject(expected);
    expect(Object.keys(body.payload)).toEqual(['replies']);
  });

  test('lets what the handler fixes win without a word', async () => {
    const { status, body } = await attach({ ...hello, match: 'exact', triggers: ['!mine'] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ match: 'contains:caseless', triggers: ['hello', 'hi', 'hey'] });
  });

  test.each([
    ['unknown', 'nothing'],
    ['a class and no alias', 'HelloBot'],
    ['a list', ['hello']],
    ['a number', 7],
  ])('is refused alone when it is %s', async (_, handler) => {
    const { status, body } = await attach({ handler });
    const text = 'The selected handler is invalid.';
    expect({ status, body }).toEqual({ status: 422, body: { message: text, errors: { handler: [text] } } });
  });

  test('is asked for alone', async () => {
    const { status, body } = await attach({});
    expect(status).toBe(422);
    expect(body.errors).toEqual({ handler: ['The handler field is required.'] });
  });

  test.each<[string, object, Record<string, string>]>([
    [
      'nothing else',
      { handler: 'reply' },
      {
        cooldown: 'The cooldown field is required.',
        admin_only: 'The admin only field is required.',
        enabled: 'The enabled field is required.',
        replies: 'The replies field is required.',
        match: 'The match field is required.',
        triggers: 'The triggers field is required.',
      },
    ],
    [
      'a cooldown of 901',
      { ...reply, cooldown: 901 },
      { cooldown: 'The cooldown field must be between 0 and 900.' },
    ],
    ['an unknown match', { ...reply, match: 'like' }, { match: 'The selected match is invalid.' }],
    ['no triggers', { ...reply, triggers: [] }, { triggers: 'The triggers field is required.' }],
    [
      'triggers of separators',
      { ...reply, triggers: ['|,| '] },
      { triggers: 'The triggers field is required.' },
    ],
    [
      'triggers that are no list',
      { ...reply, triggers: 'help' },
      { triggers: 'The triggers field must be an array.' },
    ],
    ['a blank trigger', { ...reply, triggers: ['a', ' '] }, { 'triggers.1': 'Trigger field is required.' }],
    ['a number as a trigger', { ...reply, triggers: [1] }, { 'triggers.0': 'A trigger must be a string.' }],
    ['a number as a reply', { ...reply, replies: [1] }, { 'replies.0': 'A reply must be a string.' }],
    ['a missing field of a wild sentence', { handler: 'wild', ...base }, { test: 'Test Needed.' }],
  ])('is refused with %s', async (_, given, expected) => {
    const { status, body } = await attach(given);
    expect(status).toBe(422);
    expect(body.errors).toEqual(
      Object.fromEntries(Object.entries(expected).map(([key, text]) => [key, [text]])),
    );
  });

  test('is refused by the handler itself, after its parameters were checked', async () => {
    const { status, body } = await attach({ handler: 'never', ...base });
    expect({ status, body }).toEqual({
      status: 403,
      body: { message: 'Not authorized to add ( Never ) to Test Bot.' },
    });
    expect((await attach({ handler: 'never' })).status).toBe(422);
  });

  test('is refused for a unique one that the thread has', async () => {
    const { body: first } = await attach({ handler: 'once', ...base });
    const { status, body } = await attach({ handler: 'once', ...base }, await newBot('Other Bot'));
    expect({ status, body }).toEqual({
      status: 403,
      body: { message: 'You may only have one ( Once ) in Lounge at a time.' },
    });
    await testServer.call('DELETE', at(`/actions/${first.id}`));
  });

  test('is refused to who may not before the body is looked at', async () => {
    const { status, body } = await testServer.call('POST', at('/actions'), {}, 'participant');
    expect({ status, body }).toEqual({ status: 403, body: { message: 'Not authorized add bot actions.' } });
  });
});

describe('looking at actions', () => {
  test('lists them in the order in which they were attached', async () => {
    const own = await newBot();
    const ids = [(await attach(hello, own)).body, (await attach(reply, own)).body];
    const { status, body } = await testServer.call('GET', at('/actions', own), undefined, 'participant');
    expect({ status, body }).toEqual({ status: 200, body: ids });
  });

  test('shows one, and whether it or its bot rests', async () => {
    const own = await newBot();
    const { body: action } = await attach(hello, own);
    const path = at(`/actions/${action.id}`, own);
    expect((await testServer.call('GET', path)).body).toEqual(action);
    for (const subject of [action.id, own]) {
      await testServer.app.store.cooldowns.start(subject, '2100-01-01T00:00:00.000000Z');
      expect((await testServer.call('GET', path)).body.on_cooldown).toBe(true);
      await testServer.app.store.cooldowns.release(subject);
    }
  });

  test('does not find one of another bot', async () => {
    const { body: action } = await attach(hello, await newBot());
    for (const id of [action.id, newId(), 'none']) {
      const { status, body } = await testServer.call('GET', at(`/actions/${id}`));
      expect({ status, body }).toEqual({
        status: 404,
        body: { message: 'Unable to locate the bot action you requested.' },
      });
    }
  });
});

describe('changing an action', () => {
  test('replaces everything but its handler, and tells of it', async () => {
    const { body: action } = await attach(reply);
    const heard = testServer.listen('BotActionUpdated', 'NewMessage');
    const change = {
      ...reply,
      handler: 'hello',
      match: 'exact',
      triggers: ['!b'],
      replies: ['One.'],
      cooldown: 5,
    };
    const { status, body } = await testServer.call('PUT', at(`/actions/${action.id}`), change);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...action,
      match: 'exact',
      match_description: expect.any(String),
      triggers: ['!b'],
      payload: { replies: ['One.'] },
      cooldown: 5,
      updated_at: body.updated_at,
    });
    expect(body.updated_at > action.updated_at).toBe(true);
    expect(heard).toEqual(['BotActionUpdated']);
  });

  test('to what it is tells nothing', async () => {
    const { body: action } = await attach(reply);
    const heard = testServer.listen('BotActionUpdated');
    const { status, body } = await testServer.call('PUT', at(`/actions/${action.id}`), reply);
    expect({ status, body }).toEqual({ status: 200, body: action });
    expect(heard).toEqual([]);
  });

  test('is refused to who may not before the body is looked at', async () => {
    const { body: action } = await attach(hello);
    const path = at(`/actions/${action.id}`);
    const { status, body } = await testServer.call('PUT', path, {}, 'participant');
    expect({ status, body }).toEqual({
      status: 403,
      body: { message: 'Not authorized to update bot action.' },
    });
    expect((await testServer.call('PUT', path, {})).status).toBe(422);
  });
});

describe('changing some parameters of an action', () => {
  const change = (id: string, body: object, who?: 'participant') =>
    testServer.call('PUT', at(`/actions/${id}/parameters`), body, who);

  test.each([
    ['a text', { texts: { cooldown: '30' } }, { cooldown: 30 }],
    ['a value', { values: { enabled: false } }, { enabled: false }],
    ['one of the handler', { texts: { replies: '["One."]' } }, { payload: { replies: ['One.'] } }],
    [
      'the match any, which has no triggers',
      { texts: { match: 'any' } },
      { match: 'any', triggers: [], match_description: expect.any(String) },
    ],
    ['nothing', {}, {}],
  ])('by %s keeps the others', async (_, body, changed) => {
    const { body: action } = await attach({ ...reply, cooldown: 7, admin_only: true });
    const answer = await change(action.id, { values: {}, texts: {}, ...body });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...action, ...changed, updated_at: answer.body.updated_at });
  });

  test.each([
    ['an unknown name', { texts: { colour: 'red' } }, 'There is no parameter "colour".'],
    ['a wrong value', { texts: { cooldown: '901' } }, 'The cooldown field must be between 0 and 900.'],
  ])('by %s changes nothing', async (_, body, sentence) => {
    const { body: action } = await attach(reply);
    const answer = await change(action.id, { values: {}, ...body });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body.errors)).toContain(sentence.replaceAll('"', '\\"'));
    expect((await testServer.call('GET', at(`/actions/${action.id}`))).body).toEqual(action);
  });

  test('is for those who may manage bots', async () => {
    const { body: action } = await attach(reply);
    const { status, body } = await change(action.id, {}, 'participant');
    expect({ status, body }).toEqual({
      status: 403,
      body: { message: 'Not authorized to update bot action.' },
    });
  });
});

test('detaching a handler answers nothing, tells of it, and leaves nothing', async () => {
  const { body: action } = await attach(hello);
  const heard = testServer.listen('BotActionRemoved', 'NewMessage');
  const { status, text } = await testServer.call('DELETE', at(`/actions/${action.id}`));
  expect({ status, text }).toEqual({ status: 204, text: '' });
  expect(heard).toEqual(['BotActionRemoved']);
  expect((await testServer.call('GET', at(`/actions/${action.id}`))).status).toBe(404);
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});
