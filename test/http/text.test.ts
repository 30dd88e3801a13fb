import { beforeAll, describe, expect, test } from 'vitest';
import { botSource, posting } from '../support/bot-source.ts';
import { replyBot } from '../support/handlers.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
const broken = String.raw`half \ud83d`;

const poster = `await this.composer().message('half \\ud83d', null, { 'key \\ud83d': 'half \\udc00' });`;

beforeAll(async () => {
  testServer = await TestServer.open(
    {
      'Broken.ts': botSource('Broken', poster, { settings: "triggers: ['!broken'], match: 'exact'" }),
      'Echo.ts': botSource('Echo', posting("'echo ' + this.getParsedMessage()"), {
        settings: "triggers: ['!echo'], match: 'starts:with'",
      }),
      'ReplyBot.ts': replyBot,
    },
    { http: { rateLimits: { message: 0 } } },
    atEnd,
  );
});

const inThread = (rest: string) => `/threads/${testServer.thread.id}/${rest}`;

/** Sends a body as it is. */
const send = (rest: string, body: string, type = 'application/json') =>
  testServer.request(`/api/messenger${inThread(rest)}`, {
    method: 'POST',
    headers: { ...testServer.login('admin'), 'content-type': type },
    body,
  });

const read = async (id: string) => (await testServer.call('GET', inThread(`messages/${id}`))).body;

describe('what is answered is what is stored', () => {
  test('of a message: its text, its extra data and their names', async () => {
    const { status, body } = await send(
      'messages',
      `{"message":"${broken}","temporary_id":"${broken}","extra":{"${broken}":["${broken}"]}}`,
    );
    expect([status, body.body, body.temporary_id]).toEqual([201, 'half \ufffd', 'half \ufffd']);
    expect(body.extra).toEqual({ 'half \ufffd': ['half \ufffd'] });
    const { temporary_id: _, embeds: __, ...kept } = body;
    expect(await read(body.id)).toMatchObject(kept);
  });

  test('of an edited message', async () => {
    const { body } = await testServer.call('POST', inThread('messages'), {
      message: 'whole',
      temporary_id: 't',
    });
    const { body: edited } = await testServer.call('PUT', inThread(`messages/${body.id}`), {
      message: 'half \ud83d',
    });
    expect([edited.body, (await read(body.id)).body]).toEqual(['half \ufffd', 'half \ufffd']);
  });

  test('of a bot and an action', async () => {
    const { body: bot } = await send(
      'bots',
      `{"name":"${broken}","enabled":true,"hide_actions":false,"cooldown":0}`,
    );
    expect(bot.name).toBe('half \ufffd');
    const path = inThread(`bots/${bot.id}`);
    expect((await testServer.call('GET', path)).body.name).toBe('half \ufffd');
    const { body: action } = await send(
      `bots/${bot.id}/actions`,
      `{"handler":"reply_bot","cooldown":0,"admin_only":false,"enabled":true,"match":"exact","triggers":["${broken}"],"replies":["${broken}"]}`,
    );
    const stored = (await testServer.call('GET', `${path}/actions/${action.id}`)).body;
    expect([action.triggers, action.payload]).toEqual([stored.triggers, stored.payload]);
    expect(JSON.stringify(stored)).not.toMatch(/\\ud/);
    await testServer.call('DELETE', path);
  });

  test('of a group', async () => {
    const { body } = await testServer.call('POST', '/groups', { subject: 'half \ud83d' });
    expect([body.name, (await testServer.call('GET', `/threads/${body.id}`)).body.name]).toEqual([
      'half \ufffd',
      'half \ufffd',
    ]);
  });

  test('of what a bot posts', async () => {
    await testServer.testGroup.attach('broken', {}, await testServer.testGroup.bot('Broken'));
    const heard = testServer.testGroup.collect('NewMessage');
    await testServer.call('POST', inThread('messages'), { message: '!broken', temporary_id: 't' });
    await testServer.app.queue.idle();
    const { message } = heard.find(({ message: { owner } }) => owner.type === 'bot') ?? {};
    expect([message?.body, message?.extra]).toEqual(['half \ufffd', { 'key \ufffd': 'half \ufffd' }]);
    expect(await testServer.app.store.messages.find(message?.id ?? '')).toEqual(message);
  });
});

describe('texts of Windows tools', () => {
  test('JSON with a byte order mark', async () => {
    const { status, body } = await send('messages', '\ufeff{"message":"hi",\r\n"temporary_id":"t"}\r\n');
    expect([status, body.body]).toEqual([201, 'hi']);
  });

  test('a form with one, and lines that end by CRLF', async () => {
    const form = '\ufeffmessage=%EF%BB%BFone%0D%0Atwo&temporary_id=t';
    const { status, body } = await send('messages', form, 'application/x-www-form-urlencoded');
    expect([status, body.body]).toEqual([201, 'one\ntwo']);
  });

  test('a multipart form', async () => {
    const form = new FormData();
    form.set('message', '\ufeffone\r\ntwo');
    form.set('temporary_id', 't');
    const { status, body } = await testServer.call('POST', inThread('messages'), form);
    expect([status, body.body]).toEqual([201, 'one\ntwo']);
  });

  test('a message in JSON is stored as it was written', async () => {
    const message = '\u200eone\r\ntwo\ufeff';
    const { body } = await testServer.call('POST', inThread('messages'), { message, temporary_id: 't' });
    expect((await read(body.id)).body).toBe(message);
  });
});

test('a message with invisible ends is stored as written, matched and parsed without them', async () => {
  await testServer.testGroup.attach('echo', {}, await testServer.testGroup.bot('Echo'));
  const written = '\ufeff!echo you\u200b';
  await testServer.call('POST', inThread('messages'), { message: written, temporary_id: 't' });
  await testServer.app.queue.idle();
  expect((await testServer.testGroup.written()).slice(-2)).toEqual([`Ada: ${written}`, 'Echo: echo you']);
});

describe('names of groups and bots', () => {
  const bot = { enabled: true, hide_actions: false, cooldown: 0 };
  test('have one form', async () => {
    const { body } = await testServer.call('POST', inThread('bots'), { ...bot, name: ' Ro\u200bbo\u0301 ' });
    expect(body.name).toBe('Robó');
    expect((await testServer.call('POST', '/groups', { subject: '\ufeffTe\u00adam' })).body.name).toBe(
      'Team',
    );
  });

  test.each([
    ['a bot', () => inThread('bots'), { ...bot, name: 'Ro\nbo' }, 'name'],
    ['a bot', () => inThread('bots'), { ...bot, name: 'Ro\u0007bo' }, 'name'],
    ['a group', () => '/groups', { subject: 'Te\u0000am' }, 'subject'],
  ])('%s: control characters are refused', async (_, path, body, field) => {
    const answer = await testServer.call('POST', path(), body);
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      { [field]: [`The ${field} field must not have line breaks or other control characters.`] },
    ]);
  });

  test('what cannot be seen is too short', async () => {
    const { status, body } = await testServer.call('POST', '/groups', { subject: '\u200b\ufeff' });
    expect([status, Object.keys(body.errors)]).toEqual([422, ['subject']]);
  });
});
