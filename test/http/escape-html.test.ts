import { beforeAll, describe, expect, test } from 'vitest';
import { escapeJson } from '../../src/http/escape.ts';
import { endpoints } from '../../src/http/routes/index.ts';
import { botSource } from '../support/bot-source.ts';
import { Live } from '../support/live.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import type { Answer, Role, TestServer } from '../support/test-server.ts';

const evil = `<i>"a" & 'b'</i>`;
const escaped = '&lt;i&gt;&quot;a&quot; &amp; &#039;b&#039;&lt;/i&gt;';

const rules = 'rules() { return { any: z.any(), note: z.string() }; }';
const handlers = {
  'Evil.ts': botSource('Evil', 'throw new Error(this.message.body);', {
    settings: `unique: true, name: ${JSON.stringify(evil)}, description: ${JSON.stringify(evil)}`,
    members: `${rules} errorMessages() { return { 'note.required': ${JSON.stringify(evil)} }; }`,
  }),
  'Pack.ts': `
    import { PackagedBot } from 'messenger-bots';
    import { Evil } from './Evil.ts';
    export class Pack extends PackagedBot {
      static override getSettings() {
        return { alias: 'pack', name: ${JSON.stringify(evil)}, description: ${JSON.stringify(evil)} };
      }
      static override installs() { return [Evil]; }
    }`,
};

const atEnd = endAfterAll();
let live: Live;
let testServer: TestServer;
const answers: Array<{ path: string; answer: Answer }> = [];
let ids: Record<string, string>;

/** Calls, and keeps the answer for the walk over all of them. */
async function call(method: string, path: string, body?: unknown, role: Role = 'admin') {
  const answer = await testServer.call(method, path, body, role);
  answers.push({ path: `${method} ${path} ${answer.status}`, answer });
  return answer;
}

/** Every text in a value, the names of fields too. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

const markupIn = (value: unknown) =>
  textsIn(value).filter((text) => /[<>"']|&(?!amp;|lt;|gt;|quot;|#039;)/.test(text));

const action = { handler: 'evil', cooldown: 0, admin_only: false, enabled: true, match: 'any', note: evil };
const payload = { [evil]: [{ [evil]: evil }] };
const fail = { match: 'contains:any', triggers: [`${evil}|x`] };

beforeAll(async () => {
  live = await Live.open(handlers, atEnd, { http: { escapeHtml: true }, knocks: { timeout: 5 } });
  testServer = live.testServer;
  await testServer.testGroup.change('update users set name = ? || name', evil);
  const thread = `/threads/${testServer.thread.id}`;
  const settings = {
    add_participants: true,
    messaging: true,
    knocks: true,
    invitations: true,
    chat_bots: true,
  };
  await call('PUT', `${thread}/settings`, { subject: evil, ...settings });
  const fields = { name: evil, enabled: true, hide_actions: false, cooldown: 0 };
  const bot = (await call('POST', `${thread}/bots`, fields)).body.id;
  const attached = await call('POST', `${thread}/bots/${bot}/actions`, { ...action, ...fail, any: payload });
  const sending = { temporary_id: evil, extra: { [evil]: [evil] } };
  const first = (await call('POST', `${thread}/messages`, { message: evil, ...sending })).body.id;
  const message = (
    await call('POST', `${thread}/messages`, { message: evil, ...sending, reply_to_id: first })
  ).body.id;
  await testServer.app.queue.idle();
  await call('PUT', `${thread}/messages/${message}`, { message: `${evil}!` });
  const reaction = (await call('POST', `${thread}/messages/${message}/reactions`, { reaction: ':joy:' })).body
    .id;
  const people = (await call('GET', `${thread}/participants`)).body.data;
  const { code } = await testServer.app.store.transaction(async (transaction) => {
    const invite = {
      id: testServer.thread.id,
      threadId: testServer.thread.id,
      code: 'CODE',
      maxUse: 0,
      uses: 0,
      expiresAt: null,
    };
    const owner = { type: 'user', id: testServer.users.get('admin')?.id ?? '' } as const;
    await transaction.invites.insert({ ...invite, owner, createdAt: testServer.app.clock.now() });
    return invite;
  });
  ids = {
    ...{ thread: testServer.thread.id, bot, action: attached.body.id, message, reaction, code },
    ...{ participant: people[0].id, handler: 'evil', relations: 'messages|participants' },
    moment: '2020-01-01T00:00:00.000000Z',
  };
});

const filled = (path: string) =>
  path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'nothing') +
  (path.includes('/search') ? `?q=${encodeURIComponent(evil)}` : '');

describe('with http.escapeHtml', () => {
  test('every endpoint that is read answers what people and authors wrote as HTML', async () => {
    const reading = endpoints(testServer.app).filter(({ method }) => method === 'GET');
    for (const { path } of reading) await call('GET', filled(path));
    const wrong = answers.filter(({ answer }) => answer.status >= 400);
    expect(wrong.map(({ path, answer }) => `${path} ${answer.text}`)).toEqual([]);
    const raw = answers.flatMap(({ path, answer }) =>
      markupIn(answer.body).map((text) => `${path}: ${text}`),
    );
    expect(raw).toEqual([]);
    expect(answers.filter(({ answer }) => answer.text.includes(escaped)).length).toBeGreaterThan(20);
  });

  test.each<[string, () => Promise<Answer>]>([
    ['the rest of a knock', () => call('POST', filled('/threads/:thread/knock-knock'))],
    [
      'a second unique handler',
      () => call('POST', filled('/threads/:thread/bots/:bot/actions'), { ...action, any: 1 }),
    ],
    [
      "a handler's own sentences",
      () => call('POST', filled('/threads/:thread/bots/:bot/actions'), { ...action, note: '' }),
    ],
    ['an unknown path', () => testServer.request(`/api/${encodeURIComponent(evil)}/<b>'x'`)],
    ['a path that is none', () => testServer.request(`/api/messenger/%c0<b>'`)],
  ])('an error answers texts as HTML: %s', async (_, ask) => {
    if (_ === 'the rest of a knock') await ask();
    const { status, body } = await ask();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(markupIn(body)).toEqual([]);
  });

  test('an action is answered as HTML down to the names of its fields, and stored as it came', async () => {
    const { body } = await call('GET', filled('/threads/:thread/bots/:bot/actions/:action'));
    expect(body.payload).toEqual({ any: { [escaped]: [{ [escaped]: escaped }] }, note: escaped });
    expect(body.triggers).toEqual([escaped, 'x']);
    expect(body.handler).toMatchObject({ name: escaped, description: escaped });
    const stored = await testServer.app.store.bots.findAction(ids.action ?? '');
    expect(stored?.payload).toEqual({ any: payload, note: evil });
  });

  test('clients are told of everything as HTML, in channels and in streams, and of other clients without markup', async () => {
    const [admin, other] = [
      await live.connect('admin', live.own('admin'), live.room),
      await live.connect('participant', live.room),
    ];
    expect(
      markupIn(JSON.parse((await live.sign('admin', admin.socketId, live.room)).body.channel_data)),
    ).toEqual([]);
    const stream = await fetch(`${testServer.server.url}/api/messenger${filled('/threads/:thread/events')}`, {
      headers: testServer.login('participant'),
    });
    await call('POST', filled('/threads/:thread/messages'), { message: evil, temporary_id: evil });
    await call('POST', filled('/threads/:thread/messages'), { message: 'end', temporary_id: 't' });
    const told = await live.until(admin, 'end');
    expect(told.map(({ event }) => event)).toContain('new.message');
    expect(markupIn(told)).toEqual([]);

    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let streamed = '';
    while (!streamed.includes('new.message') || !streamed.endsWith('\n\n'))
      streamed += (await reader?.read())?.value ?? '';
    const [, data = ''] = /data: (.*)/.exec(streamed) ?? [];
    expect(JSON.parse(data).body).toBe(escaped);

    const byNumbers = `{"name":"\\u003cb\\u003E\\u0022\\u0027${escaped}"}`;
    for (const sent of [{ name: `<b>${escaped}` }, JSON.stringify({ name: `<b>"${escaped}` }), byNumbers]) {
      admin.send({ event: 'client-typing', channel: live.room, data: sent });
      let heard = await other.next();
      while (
        heard.event !== 'client-typing' ||
        typeof Reflect.get(Object(heard.data), 'avatar') === 'string'
      ) {
        heard = await other.next();
      }
      expect(markupIn(heard.data)).toEqual([]);
      expect(JSON.stringify(heard.data)).toContain(escaped);
    }
  });
});

test.each([
  [{ a: '\\' }, { a: '\\' }],
  [{ a: '\\"<' }, { a: '\\&quot;&lt;' }],
  [{ '"': ["'", '\n\t\u0007', '\ud800', 'é😀'] }, { '&quot;': ['&#039;', '\n\t\u0007', '\ud800', 'é😀'] }],
  [
    [1, null, true, '&amp;'],
    [1, null, true, '&amp;amp;'],
  ],
])('escapeJson(%j)', (value, expected) => {
  expect(JSON.parse(escapeJson(JSON.stringify(value)))).toEqual(expected);
});
