import { beforeAll, describe, expect, test } from 'vitest';
import { ensureGroup, ensureParticipant } from '../../src/services/users/people.ts';
import { botSource, posting } from '../support/bot-source.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const note =
  'rules() { return { note: z.string(), notes: z.array(z.object({ text: z.string() })).optional() }; }';
const any = "match: 'any'";

const atEnd = endAfterAll();
let testServer: TestServer;
let tight: TestServer;
beforeAll(async () => {
  const extra = "{ much: 'x'.repeat(70_000) }";
  const bots = {
    'Note.ts': botSource('Note', '', { settings: any, members: note }),
    'Extra.ts': botSource('Extra', `await this.composer().message('hi', null, ${extra});`, {
      settings: "match: 'exact', triggers: ['extra']",
    }),
    'Throw.ts': botSource('Throw', `throw new Error('x'.repeat(1_000_000));`, {
      settings: "match: 'exact', triggers: ['throw']",
    }),
    'Swell.ts': botSource('Swell', posting("'hi'"), {
      settings: any,
      members:
        "rules() { return { a: z.string() }; } serializePayload() { return { a: 'x'.repeat(70_000) }; }",
    }),
    'Long.ts': botSource('Long', '', { settings: `${any}, triggers: ['${'x'.repeat(256)}']` }),
  };
  testServer = await TestServer.open(bots, { library: true }, atEnd);
  const limits = {
    bots: 2,
    actions: 2,
    actionsSize: 1,
    triggers: 3,
    triggerLength: 4,
    payloadText: 30,
    extra: 1,
  };
  tight = await TestServer.open(bots, { library: true, limits, messages: { sizeLimit: 20 } }, atEnd);
});

const base = { cooldown: 0, admin_only: false, enabled: true };

async function newBot(at: TestServer, name = 'Bot') {
  const fields = { name, enabled: true, hide_actions: false, cooldown: 0 };
  return at.call('POST', `/threads/${at.thread.id}/bots`, fields);
}

const bots = new WeakMap<TestServer, string>();

/** Attaches a handler to the one bot of a group. */
async function attach(at: TestServer, handler: string, fields: object) {
  const bot = bots.get(at) ?? (await newBot(at)).body.id;
  bots.set(at, bot);
  return at.call('POST', `/threads/${at.thread.id}/bots/${bot}/actions`, { handler, ...base, ...fields });
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
const reply = (triggers: unknown) => ({ match: 'exact', triggers, replies: ['hi'] });
const longer = (field: string, most: number) => ({
  [field]: [`The ${field} field must not be greater than ${most} characters.`],
});
const tooMany = { triggers: ['The triggers field must not have more than 1000 items.'] };

describe('what an action is given', () => {
  test.each([
    ['a list of 1,001 triggers', 'reply', reply(numbers(1_001)), tooMany],
    ['1,001 triggers in one text', 'reply', reply([numbers(1_001).join('|')]), tooMany],
    ['100,000 triggers', 'reply', reply(numbers(100_000)), tooMany],
    ['a long trigger', 'reply', reply(['ok', 'x'.repeat(256)]), longer('triggers.1', 255)],
    ['a long trigger behind a bar', 'reply', reply([`ok|${'é'.repeat(256)}`]), longer('triggers.0', 255)],
    [
      'a long reply',
      'reply',
      { ...reply(['a']), replies: ['ok', 'x'.repeat(5_001)] },
      longer('replies.1', 5_000),
    ],
    ['a long reaction', 'react', { match: 'any', reaction: `😀${'x'.repeat(255)}` }, longer('reaction', 255)],
    [
      'a long reaction of several',
      'react_bomb',
      { match: 'any', reactions: ['😀', `😀${'x'.repeat(255)}`] },
      longer('reactions.1', 255),
    ],
    ["a long text of a handler of one's own", 'note', { note: 'x'.repeat(10_001) }, longer('note', 10_000)],
    [
      'a long text deep in it',
      'note',
      { note: 'a', notes: [{ text: 'x'.repeat(10_001) }] },
      longer('notes.0.text', 10_000),
    ],
    [
      'many texts that are too long together',
      'note',
      { note: 'a', notes: Array(10).fill({ text: 'x'.repeat(9_000) }) },
      { notes: ['The notes field must not be greater than 64 kilobytes.'] },
    ],
    ['what its handler makes too large', 'swell', { a: 'a' }, longer('a', 10_000)],
  ])('is refused with a sentence: %s', async (_, handler, fields, errors) => {
    const answer = await attach(testServer, handler, fields);
    expect([answer.status, answer.body.errors]).toEqual([422, errors]);
    expect(await testServer.app.store.bots.actionsOf(bots.get(testServer) ?? '')).toEqual([]);
  });

  test('may be as much as the limits say', async () => {
    const triggers = numbers(1_000).map((trigger) => trigger.padEnd(255, 'x'));
    const fields = { ...reply(triggers), replies: ['😀'.repeat(5_000)] };
    const { status, body } = await attach(tight, 'note', { note: 'x'.repeat(30) });
    expect([status, body.payload]).toEqual([201, { note: 'x'.repeat(30) }]);
    const full = await attach(testServer, 'reply', fields);
    expect([full.status, full.body.triggers?.length]).toEqual([201, 1_000]);
    const gone = await testServer.call(
      'DELETE',
      `/threads/${testServer.thread.id}/bots/${bots.get(testServer)}/actions/${full.body.id}`,
    );
    expect(gone.status).toBe(204);
  });

  test('is what the configuration says, for ready-made handlers too', async () => {
    const wrong = { match: 'exact', triggers: ['a', 'b', 'c', 'd'], replies: ['x'.repeat(21)] };
    const { body } = await attach(tight, 'reply', wrong);
    expect(body.errors).toEqual({
      ...longer('replies.0', 20),
      triggers: ['The triggers field must not have more than 3 items.'],
    });
    const words = { match: 'exact', triggers: ['fine', 'tooth'], replies: ['hi'] };
    expect((await attach(tight, 'reply', words)).body.errors).toEqual(longer('triggers.1', 4));
  });
});

test('a handler whose own triggers are too long is no handler', () => {
  expect(testServer.app.catalogue.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('it may hold at most 1000 triggers of at most 255 characters'),
  ]);
});

test.each([
  ['a JSON text', JSON.stringify({ a: 'x'.repeat(66_000) })],
  ['an object', { a: 'x'.repeat(66_000) }],
])('%s as the extra data of a message has a limit', async (_, extra) => {
  const path = `/threads/${testServer.thread.id}/messages`;
  const answer = await testServer.call('POST', path, { message: 'hi', temporary_id: 't', extra });
  expect([answer.status, answer.body.errors]).toEqual([
    422,
    { extra: ['The extra field must not be greater than 64 kilobytes.'] },
  ]);
});

test('a long text is no reaction, however many emojis it has', async () => {
  const { id } = await testServer.testGroup.send('Ada', 'hello');
  const path = `/threads/${testServer.thread.id}/messages/${id}/reactions`;
  const answer = await testServer.call('POST', path, { reaction: '😀'.repeat(256) });
  expect([answer.status, answer.body.errors]).toEqual([422, longer('reaction', 255)]);
});

describe('a handler', () => {
  test('cannot send more extra data than a person', async () => {
    await attach(testServer, 'extra', {});
    const failed = testServer.testGroup.next('BotActionFailed');
    await testServer.testGroup.send('Ada', 'extra');
    expect((await failed).error.message).toContain('its extra data is larger than 64 kilobytes as JSON');
  });

  test('is not remembered with all that it says when it fails', async () => {
    await attach(testServer, 'throw', {});
    const failed = testServer.testGroup.next('BotActionFailed');
    await testServer.testGroup.send('Ada', 'throw');
    expect((await failed).error.message).toBe(
      `${'x'.repeat(4096)}… The other 995904 bytes of this text were left out.`,
    );
  });
});

describe('a group', () => {
  test('has no more bots and actions than the configuration says', async () => {
    await attach(tight, 'extra', {});
    const third = await attach(tight, 'throw', {});
    expect([third.status, third.body.errors]).toEqual([
      422,
      { actions: ['The bot must not have more than 2 actions.'] },
    ]);
    expect(await tight.app.store.bots.actionsOf(bots.get(tight) ?? '')).toHaveLength(2);

    expect((await newBot(tight, 'Second')).status).toBe(201);
    const tooMany = { bots: ['The group must not have more than 2 bots.'] };
    const answer = await newBot(tight, 'Third');
    expect([answer.status, answer.body.errors]).toEqual([422, tooMany]);
    const install = await tight.call('POST', `/threads/${tight.thread.id}/bots/packages`, {
      alias: 'games_package',
    });
    expect([install.status, install.body.errors]).toEqual([422, tooMany]);
    expect((await tight.app.store.bots.inThread(tight.thread.id)).length).toBe(2);
  });

  test('installs no package whose actions are too many, and nothing of it', async () => {
    const admin = tight.users.get('admin');
    if (admin === undefined) throw new Error('There is no admin.');
    const group = await ensureGroup(tight.app, 'Games', { chatBots: true });
    await ensureParticipant(tight.app, { thread: group, user: admin, admin: true });
    const answer = await tight.call('POST', `/threads/${group.id}/bots/packages`, { alias: 'games_package' });
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      { actions: ['The bot must not have more than 2 actions.'] },
    ]);
    expect(await tight.app.store.bots.inThread(group.id)).toEqual([]);
  });

  test('holds no more triggers and payloads together than the configuration says', async () => {
    const admin = tight.users.get('admin');
    if (admin === undefined) throw new Error('There is no admin.');
    const group = await ensureGroup(tight.app, 'Heavy', { chatBots: true });
    await ensureParticipant(tight.app, { thread: group, user: admin, admin: true });
    const bot = (
      await tight.call('POST', `/threads/${group.id}/bots`, {
        name: 'Bot',
        enabled: true,
        hide_actions: false,
        cooldown: 0,
      })
    ).body.id;
    const path = `/threads/${group.id}/bots/${bot}/actions`;
    const notes = (count: number) => ({
      handler: 'note',
      ...base,
      note: 'a',
      notes: Array(count).fill({ text: 'x'.repeat(30) }),
    });
    const sentence = 'The triggers and payloads of a group must not be greater than 1 kilobytes together.';
    const first = await tight.call('POST', path, notes(20));
    expect(first.status).toBe(201);
    const second = await tight.call('POST', path, notes(20));
    expect([second.status, second.body.errors]).toEqual([422, { actions: [sentence] }]);
    const grown = await tight.call('PUT', `${path}/${first.body.id}`, notes(40));
    expect([grown.status, grown.body.errors]).toEqual([422, { actions: [sentence] }]);
    expect((await tight.call('PUT', `${path}/${first.body.id}`, notes(10))).status).toBe(200);
  });
});
