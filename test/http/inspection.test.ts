import { beforeAll, describe, expect, test } from 'vitest';
import { botSource } from '../support/bot-source.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const brokenBot = helloBot
  .replaceAll('HelloBot', 'BrokenBot')
  .replace("alias: 'hello'", "alias: 'broken'")
  .replace("['hello', 'hi', 'hey']", "['crash']")
  .replace('async handle() {', "async handle() {\n    throw new Error('out of coffee');");

const faultyBot = botSource('Faulty', '', {
  settings: "match: 'any'",
  members: "authorize(): never { throw new Error('no shelf'); }",
});

let testServer: TestServer;
let thread: string;
let bot: string;
const atEnd = endAfterAll();

beforeAll(async () => {
  const bots = {
    'HelloBot.ts': helloBot,
    'ReplyBot.ts': replyBot,
    'BrokenBot.ts': brokenBot,
    'Faulty.ts': faultyBot,
  };
  testServer = await TestServer.open(bots, {}, atEnd);
  thread = `/threads/${testServer.thread.id}`;
  const made = await testServer.testGroup.bot('Helper');
  bot = made.id;
  await testServer.testGroup.attach('hello', { cooldown: 300 }, made);
  await testServer.testGroup.attach('broken', {}, made);
  await testServer.testGroup.attach(
    'reply',
    { match: 'exact', triggers: ['admins'], replies: ['yes'], admin_only: true },
    made,
  );
});

/** What the API tells of a message that was sent and answered. */
async function verdictsOf(name: string, body: string) {
  const { id } = await testServer.testGroup.send(name, body);
  await testServer.app.queue.idle();
  return (await testServer.call('GET', `${thread}/messages/${id}/verdicts`)).body;
}

describe('verdicts', () => {
  test('what fired, what rests and what did not match', async () => {
    const first = await verdictsOf('Ada', 'hi');
    expect(first).toMatchObject({
      ignored: null,
      runs: [{ handler: 'hello', trigger: 'hi', status: 'handled' }],
    });
    const reasons = first.untouched.map(
      ({ handler, reason }: Record<string, string>) => `${handler} ${reason}`,
    );
    expect(reasons).toEqual(['broken no_match', 'reply no_match']);
    const second = await verdictsOf('Ada', 'hi');
    expect(second.runs).toMatchObject([{ status: 'skipped', reason: 'action_cooldown' }]);
    expect(second.runs[0].rests_for).toBeGreaterThan(290);
  });

  test('of each action a sentence, with how the nearest trigger misses and what the cooldown is', async () => {
    const { actions } = await verdictsOf('Ada', 'hi');
    expect(actions).toMatchObject([
      {
        bot: { id: bot, name: 'Helper' },
        handler: 'hello',
        verdict: 'action_cooldown',
        sentence: expect.stringMatching(/^on cooldown, .+ left, until .+ UTC$/),
        trigger: 'hi',
        near_miss: null,
        cooldown: { of: 'action', seconds_left: expect.any(Number), until: expect.any(String) },
      },
      {
        handler: 'broken',
        verdict: 'no_match',
        sentence: 'no match: the message has nothing like "crash"',
        trigger: null,
        near_miss: { trigger: 'crash', reason: 'nothing_like_it', position: null },
        cooldown: null,
        error: null,
      },
      { handler: 'reply', verdict: 'no_match' },
    ]);
  });

  test('what failed, with the line of the author', async () => {
    const { runs } = await verdictsOf('Ada', 'crash');
    expect(runs).toMatchObject([
      { status: 'failed', error: { message: expect.stringContaining('out of coffee') } },
    ]);
    expect(runs[0].error.stack).toContain('bots/BrokenBot.ts:');
    const { actions } = await verdictsOf('Ada', 'crash');
    const failed = actions.find(({ verdict }: { verdict: string }) => verdict === 'failed');
    expect(failed.error).toMatchObject({
      message: expect.stringContaining('out of coffee'),
      at: expect.stringMatching(/^bots\/BrokenBot\.ts:\d+$/),
    });
  });

  test('what is for admins only, with what it is attached with', async () => {
    const { runs } = await verdictsOf('Grace', 'admins');
    expect(runs).toMatchObject([{ status: 'skipped', reason: 'admin_only', payload: { replies: ['yes'] } }]);
  });

  test('why no bot looks at it at all', async () => {
    const messages = (await testServer.call('GET', `${thread}/messages`)).body.data;
    const fromBot = messages.find((message: { from_bot: boolean }) => message.from_bot);
    const { body } = await testServer.call('GET', `${thread}/messages/${fromBot.id}/verdicts`);
    expect(body).toMatchObject({ ignored: 'from_bot', runs: [] });
    const verdicts = body.actions.map(({ verdict }: { verdict: string }) => verdict);
    expect(verdicts).toEqual(['from_bot', 'from_bot', 'from_bot']);
  });

  test('only who is in the group sees them', async () => {
    const { id } = await testServer.testGroup.send('Ada', 'nothing');
    const path = `${thread}/messages/${id}/verdicts`;
    const statuses = await Promise.all(
      (['guest', 'outsider', 'participant'] as const).map((role) =>
        testServer.call('GET', path, undefined, role),
      ),
    );
    expect(statuses.map(({ status }) => status)).toEqual([401, 403, 200]);
  });
});

describe('a text that is not sent', () => {
  const explained = (message: unknown, role?: 'participant' | 'outsider' | 'guest') =>
    testServer.call('POST', `${thread}/explain`, { message }, role);

  test('has the verdict of each action, and stays unsent', async () => {
    const before = (await testServer.call('GET', `${thread}/messages`)).body.data.length;
    const { status, body } = await explained('admins');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ignored: null,
      actions: [
        { handler: 'hello', verdict: 'no_match' },
        { handler: 'broken', verdict: 'no_match' },
        { handler: 'reply', verdict: 'fired', sentence: 'would fire: "admins" matches', trigger: 'admins' },
      ],
    });
    expect((await explained('admins', 'participant')).body.actions[2].verdict).toBe('admin_only');
    expect((await testServer.call('GET', `${thread}/messages`)).body.data).toHaveLength(before);
  });

  test.each([
    ['guest', 'hi', 401],
    ['outsider', 'hi', 403],
    ['participant', 'x'.repeat(5_000), 200],
    ['participant', 'x'.repeat(5_001), 422],
    ['participant', '', 422],
    ['participant', 5, 422],
  ] as const)('of %s is explained or not: %.20s, %i', async (role, message, status) => {
    expect((await explained(message, role)).status).toBe(status);
  });
});

describe('the form of a handler', () => {
  test('asks for what its rules ask for, and for what every action has', async () => {
    const { body } = await testServer.call('GET', `${thread}/bots/${bot}/add-handlers/reply`);
    expect(body.handler.alias).toBe('reply');
    const fields = body.fields.map(({ name, type }: Record<string, string>) => `${name} ${type}`);
    expect(fields).toEqual([
      'match choice',
      'triggers list',
      'replies list',
      'cooldown number',
      'admin_only boolean',
      'enabled boolean',
    ]);
  });

  test('leaves out what the handler fixes', async () => {
    const { body } = await testServer.call('GET', `${thread}/bots/${bot}/add-handlers/hello`);
    expect(body.fields.map(({ name }: { name: string }) => name)).toEqual([
      'cooldown',
      'admin_only',
      'enabled',
    ]);
  });

  test('is for those who manage bots, and for handlers that are there', async () => {
    const path = `${thread}/bots/${bot}/add-handlers`;
    expect((await testServer.call('GET', `${path}/reply`, undefined, 'participant')).status).toBe(403);
    expect((await testServer.call('GET', `${path}/nothing`)).status).toBe(404);
  });
});

describe('parameters as a person writes them', () => {
  const attach = (alias: string, texts: Record<string, string>, values = {}) =>
    testServer.call('POST', `${thread}/bots/${bot}/add-handlers/${alias}`, { values, texts });

  test('attach a handler, with defaults for what is left out', async () => {
    const texts = { match: 'exact', triggers: 'written', replies: '["one","two"]' };
    const { status, body } = await attach('ReplyBot', texts, { cooldown: 5 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      handler: { alias: 'reply' },
      match: 'exact',
      triggers: ['written'],
      cooldown: 5,
      enabled: true,
      payload: { replies: ['one', 'two'] },
    });
  });

  test('are rejected by field when a name is unknown', async () => {
    const { status, body } = await attach('hello', { triggers: 'x', cooldwn: '' });
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual(['triggers', 'cooldwn']);
  });

  test('are rejected when they have the name __proto__, which nothing may lose on the way', async () => {
    const { status, body } = await attach('hello', {}, JSON.parse('{"__proto__": 5}'));
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual(['__proto__']);
  });

  test('name a handler that does not exist, and the error has its code', async () => {
    const answer = await attach('nothing', {});
    expect(answer).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('There is no handler "nothing". Known handlers: ') },
    });
    expect(answer.headers.get('messenger-error')).toBe('HANDLER_UNKNOWN');
  });

  const values = ['The values field must be an object.'];
  const texts = ['The texts field must be an object.'];
  test.each([
    [{ values: 1, texts: {} }, { values }],
    [{ values: {}, texts: [] }, { texts }],
    [
      { values: {}, texts: { cooldown: 5 } },
      { 'texts.cooldown': ['The texts.cooldown field must be a string.'] },
    ],
    [[], { values, texts }],
  ])('%j is rejected with %j', async (body, errors) => {
    const path = `${thread}/bots/${bot}/add-handlers/reply`;
    const answer = await testServer.call('POST', path, body);
    expect(answer).toMatchObject({ status: 422, body: { errors } });
    expect(answer.headers.get('messenger-error')).toBe('INVALID_INPUT');
  });

  test('are not looked at before permissions', async () => {
    const path = `${thread}/bots/${bot}/add-handlers/reply`;
    const statuses = await Promise.all(
      (['outsider', 'participant'] as const).map((role) =>
        testServer.call('POST', path, { values: 1 }, role),
      ),
    );
    expect(statuses.map(({ status }) => status)).toEqual([403, 403]);
  });

  test('show an error of the handler itself, which is also reported; other endpoints only report it', async () => {
    const known = testServer.problems.length;
    const shown = await attach('faulty', {});
    expect(shown).toMatchObject({ status: 422, body: { message: expect.stringContaining('no shelf') } });
    expect(shown.headers.get('messenger-error')).toBe('HANDLER_THREW');
    const parameters = { handler: 'faulty', cooldown: 0, admin_only: false, enabled: true };
    const hidden = await testServer.call('POST', `${thread}/bots/${bot}/actions`, parameters);
    expect(hidden).toMatchObject({ status: 500, body: { message: 'Server Error' } });
    expect(hidden.headers.get('messenger-error')).toBeNull();
    expect(testServer.problems.slice(known)).toMatchObject([
      { code: 'HANDLER_THREW' },
      { code: 'HANDLER_THREW' },
    ]);
  });
});

describe('failed runs and cooldowns', () => {
  test('a failed answer is listed and tried again', async () => {
    await testServer.testGroup.send('Ada', 'crash');
    await testServer.app.queue.idle();
    const { body } = await testServer.call('GET', `${thread}/failed-runs`);
    expect(body[0]).toMatchObject({ handler: 'broken', message: { body: 'crash' }, attempts: 1 });
    expect((await testServer.call('POST', `${thread}/failed-runs/${body[0].id}/retry`)).status).toBe(204);
    await testServer.app.queue.idle();
    const again = (await testServer.call('GET', `${thread}/failed-runs`)).body;
    expect(again.find(({ id }: { id: string }) => id === body[0].id)).toMatchObject({ attempts: 2 });
  });

  test('cleared cooldowns let an action act at once', async () => {
    await verdictsOf('Ada', 'hi');
    expect((await testServer.call('DELETE', `${thread}/cooldowns`)).status).toBe(204);
    expect((await verdictsOf('Ada', 'hi')).runs).toMatchObject([{ status: 'handled' }]);
  });

  test.each([
    ['GET', '/failed-runs'],
    ['POST', '/failed-runs/0190b3a0-0000-7000-8000-000000000000/retry'],
    ['GET', '/running-runs'],
    ['POST', '/running-runs/0190b3a0-0000-7000-8000-000000000000/cancel'],
    ['GET', '/signs'],
    ['DELETE', '/cooldowns'],
  ])('%s %s is for those who manage bots', async (method, path) => {
    expect((await testServer.call(method, thread + path, undefined, 'participant')).status).toBe(403);
  });
});
