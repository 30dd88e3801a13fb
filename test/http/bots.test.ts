import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { ensureGroup } from '../../src/services/users/people.ts';
import { botSource } from '../support/bot-source.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open(
    { 'Hello.ts': botSource('Hello', '', { settings: "match: 'any'" }) },
    {},
    atEnd,
  );
});

const bots = () => `/threads/${testServer.thread.id}/bots`;
const fields = { name: 'Test Bot', enabled: true, hide_actions: false, cooldown: 0 };
const makeBot = async (more = {}) => (await testServer.call('POST', bots(), { ...fields, ...more })).body;
const attach = (bot: string) =>
  testServer.call('POST', `${bots()}/${bot}/actions`, {
    handler: 'hello',
    cooldown: 0,
    admin_only: false,
    enabled: true,
  });

const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

/** A person as every resource shows them. */
const person = (id: string, name: string) => {
  const avatar = (size: string) => `/messenger/assets/provider/user/${id}/${size}/default.png`;
  return {
    name,
    route: null,
    provider_id: id,
    provider_alias: 'user',
    base: { id, name, created_at: moment, updated_at: moment },
    avatar: { sm: avatar('sm'), md: avatar('md'), lg: avatar('lg') },
  };
};

/** A bot of the admin, as it is shown without its actions or their number. */
const shownBot = (id: string, more = {}) => {
  const owner = testServer.users.get('admin')?.id ?? '';
  const avatar = (size: string) =>
    `/messenger/assets/threads/${testServer.thread.id}/bots/${id}/avatar/${size}/default.png`;
  return {
    id,
    thread_id: testServer.thread.id,
    owner_id: owner,
    owner_type: 'users',
    owner: person(owner, 'Ada'),
    created_at: moment,
    updated_at: moment,
    ...fields,
    on_cooldown: false,
    avatar: { sm: avatar('sm'), md: avatar('md'), lg: avatar('lg') },
    ...more,
  };
};

describe('making a bot', () => {
  test('answers it, tells of it, and the system says so', async () => {
    const heard = testServer.listen('NewBot', 'NewMessage');
    const { status, body } = await testServer.call('POST', bots(), fields);
    expect(status).toBe(201);
    expect(body).toEqual({ ...shownBot(body.id), actions_count: 0 });
    expect(heard).toEqual(['NewMessage', 'NewBot']);
    expect((await testServer.systemMessages()).at(-1)).toBe('100 added the BOT - Test Bot');
  });

  test.each([
    ['blanks around a name', { name: '  Robbie ' }, { name: 'Robbie' }],
    ['a number as a name', { name: 42 }, { name: '42' }],
    ['255 characters, emojis among them', { name: '😀'.repeat(255) }, { name: '😀'.repeat(255) }],
    ['booleans as numbers', { enabled: 0, hide_actions: 1 }, { enabled: false, hide_actions: true }],
    ['booleans as text', { enabled: '1', hide_actions: '0' }, { enabled: true, hide_actions: false }],
    ['a cooldown as text', { cooldown: '900' }, { cooldown: 900 }],
    ['fields that nobody asked for', { id: 'x', owner_id: 'y', thread_id: 'z' }, {}],
  ])('takes %s', async (_, given, expected) => {
    const { status, body } = await testServer.call('POST', bots(), { ...fields, ...given });
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...fields, ...expected });
  });

  test('takes what a form or the query says', async () => {
    const { status, body } = await testServer.call('POST', `${bots()}?name=Quinn&enabled=0`, {
      ...{ enabled: true, hide_actions: false, cooldown: 0 },
    });
    expect([status, body]).toMatchObject([201, { name: 'Quinn', enabled: true }]);
  });

  const asked = { name: 'name', enabled: 'enabled', hide_actions: 'hide actions', cooldown: 'cooldown' };
  const range = 'The cooldown field must be between 0 and 900.';
  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ...Object.entries(asked).flatMap(([field, name]) =>
      [undefined, null, '', '  '].map((value): [string, Record<string, unknown>, Record<string, string>] => [
        `${field} as ${JSON.stringify(value)}`,
        { [field]: value },
        { [field]: `The ${name} field is required.` },
      ]),
    ),
    ['a name of one character', { name: 'A' }, { name: 'The name field must be at least 2 characters.' }],
    ['a name of one emoji', { name: '😀' }, { name: 'The name field must be at least 2 characters.' }],
    [
      'a name of 256 characters',
      { name: 'a'.repeat(256) },
      { name: 'The name field must not be greater than 255 characters.' },
    ],
    ['a list as a name', { name: ['Robbie'] }, { name: 'The name field must be a string.' }],
    ['an object as a name', { name: { a: 1 } }, { name: 'The name field must be a string.' }],
    ['the text "true"', { enabled: 'true' }, { enabled: 'The enabled field must be true or false.' }],
    ['a list', { hide_actions: [1] }, { hide_actions: 'The hide actions field must be true or false.' }],
    ['an empty list', { cooldown: [] }, { cooldown: 'The cooldown field is required.' }],
    ['true as a name', { name: true }, { name: 'The name field must be at least 2 characters.' }],
    ['false as a name', { name: false }, { name: 'The name field must be at least 2 characters.' }],
    ['a digit as a name', { name: 7 }, { name: 'The name field must be at least 2 characters.' }],
    ['a cooldown of 901', { cooldown: 901 }, { cooldown: range }],
    ['a cooldown of -1', { cooldown: '-1' }, { cooldown: range }],
    ['half a second', { cooldown: 1.5 }, { cooldown: 'The cooldown field must be an integer.' }],
    ['a word as a cooldown', { cooldown: 'soon' }, { cooldown: 'The cooldown field must be an integer.' }],
  ])('refuses %s', async (_, given, expected) => {
    const { status, body } = await testServer.call('POST', bots(), { ...fields, ...given });
    const [message] = Object.values(expected);
    const errors = Object.fromEntries(Object.entries(expected).map(([field, text]) => [field, [text]]));
    expect({ status, body }).toEqual({ status: 422, body: { message, errors } });
  });

  test('lists every error in the order of the fields, and counts those after the first', async () => {
    const { status, body } = await testServer.call('POST', bots(), {});
    expect(status).toBe(422);
    expect(body.message).toBe('The name field is required. (and 3 more errors)');
    expect(Object.keys(body.errors)).toEqual(['name', 'enabled', 'hide_actions', 'cooldown']);
    const { body: two } = await testServer.call('POST', bots(), { ...fields, name: '', cooldown: 901 });
    expect(two.message).toBe('The name field is required. (and 1 more error)');
  });

  test.each(['[]', '7', '"text"', 'null', ''])('takes %j as a body without fields', async (text) => {
    const { status } = await testServer.request(`/api/messenger${bots()}`, {
      method: 'POST',
      headers: { ...testServer.login('admin'), 'content-type': 'application/json' },
      body: text,
    });
    expect(status).toBe(422);
  });
});

describe('looking at bots', () => {
  test('lists them as a bare list, oldest first, with the number of their actions', async () => {
    const bot = await makeBot({ name: 'Last one' });
    await attach(bot.id);
    const { status, body } = await testServer.call('GET', bots(), undefined, 'participant');
    expect(status).toBe(200);
    expect(body.at(-1)).toEqual({ ...shownBot(bot.id, { name: 'Last one' }), actions_count: 1 });
  });

  test('shows one with its actions instead of their number', async () => {
    const bot = await makeBot();
    const action = (await attach(bot.id)).body;
    const { status, body } = await testServer.call('GET', `${bots()}/${bot.id}`, undefined, 'participant');
    expect(status).toBe(200);
    expect(body).toEqual({ ...shownBot(bot.id), actions: [action] });
  });

  test.each([
    ['participant', 'actions_count'],
    ['manager', 'actions'],
    ['admin', 'actions'],
  ] as const)('shows a %s only the %s of a bot that hides them', async (role, field) => {
    const bot = await makeBot({ hide_actions: true });
    const { body } = await testServer.call('GET', `${bots()}/${bot.id}`, undefined, role);
    expect(Object.keys(body).filter((key) => key.startsWith('actions'))).toEqual([field]);
  });

  test('tells that one rests', async () => {
    const bot = await makeBot();
    await testServer.app.store.cooldowns.start(bot.id, '2100-01-01T00:00:00.000000Z');
    const { body } = await testServer.call('GET', `${bots()}/${bot.id}`);
    expect(body.on_cooldown).toBe(true);
  });

  test('does not count the actions of handlers that are gone', async () => {
    const bot = await makeBot();
    await attach(bot.id);
    await testServer.testGroup.change("update bot_actions set handler = 'gone' where bot_id = ?", bot.id);
    const { body } = await testServer.call('GET', `${bots()}/${bot.id}`);
    expect(body.actions).toEqual([]);
  });
});

describe('changing a bot', () => {
  test('renames it, tells of it, and the system says so', async () => {
    const bot = await makeBot({ name: 'Old name' });
    const heard = testServer.listen('BotUpdated', 'NewMessage');
    const { status, body } = await testServer.call('PUT', `${bots()}/${bot.id}`, {
      ...fields,
      name: 'New name',
    });
    expect(status).toBe(200);
    expect(body).toEqual({ ...shownBot(bot.id, { name: 'New name' }), actions_count: 0 });
    expect(body.updated_at > bot.updated_at).toBe(true);
    expect(heard).toEqual(['NewMessage', 'BotUpdated']);
    expect((await testServer.systemMessages()).at(-1)).toBe('101 renamed the BOT ( Old name ) to New name');
  });

  test.each([
    ['the same', {}, []],
    ['another cooldown', { cooldown: 30 }, ['BotUpdated']],
    ['off', { enabled: false }, ['BotUpdated']],
    ['hidden actions', { hide_actions: true }, ['BotUpdated']],
  ])('to %s tells %s: %j', async (_, given, expected) => {
    const bot = await makeBot();
    const heard = testServer.listen('BotUpdated', 'NewMessage');
    const { status, body } = await testServer.call('PUT', `${bots()}/${bot.id}`, { ...fields, ...given });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...fields, ...given });
    expect(heard).toEqual(expected);
  });

  test('asks for every field', async () => {
    const bot = await makeBot();
    const { status, body } = await testServer.call('PUT', `${bots()}/${bot.id}`, { name: 'New name' });
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual(['enabled', 'hide_actions', 'cooldown']);
  });
});

describe('removing a bot', () => {
  test('answers nothing, tells of it, and the system says so', async () => {
    const bot = await makeBot({ name: 'Short-lived' });
    const heard = testServer.listen('BotArchived', 'NewMessage');
    const { status, text } = await testServer.call('DELETE', `${bots()}/${bot.id}`);
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(heard).toEqual(['NewMessage', 'BotArchived']);
    expect((await testServer.systemMessages()).at(-1)).toBe('103 removed the BOT - Short-lived');
    expect((await testServer.call('GET', `${bots()}/${bot.id}`)).status).toBe(404);
    expect((await testServer.call('DELETE', `${bots()}/${bot.id}`)).status).toBe(404);
  });
});

describe('what is not there', () => {
  test.each([
    ['a thread of no id', () => '/threads/none/bots', 'thread'],
    ['an unknown thread', () => `/threads/${newId()}/bots`, 'thread'],
    ['a bot of no id', () => `${bots()}/%00`, 'bot'],
    ['an unknown bot', () => `${bots()}/${newId()}`, 'bot'],
  ])('%s', async (_, path, what) => {
    const { status, body } = await testServer.call('GET', path());
    expect({ status, body }).toEqual({
      status: 404,
      body: { message: `Unable to locate the ${what} you requested.` },
    });
  });

  test('a bot of another thread, also for those who may look at both', async () => {
    const bot = await makeBot();
    const other = await ensureGroup(testServer.app, 'Other', { chatBots: true });
    await testServer.testGroup.person('Ada', other);
    const { status } = await testServer.call('GET', `/threads/${other.id}/bots/${bot.id}`);
    expect(status).toBe(404);
  });

  test('is told before what is wrong with the body, and that before who may not', async () => {
    const unknown = await testServer.call('PUT', `${bots()}/${newId()}`, {}, 'outsider');
    expect(unknown.status).toBe(404);
    const wrong = await testServer.call('POST', bots(), {}, 'outsider');
    expect(wrong.status).toBe(422);
    const refused = await testServer.call('POST', bots(), fields, 'outsider');
    expect(refused.status).toBe(403);
  });
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});
