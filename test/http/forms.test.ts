import { beforeAll, describe, expect, test } from 'vitest';
import { readForm } from '../../src/http/forms.ts';
import { replyBot } from '../support/handlers.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

type Fields = ReadonlyArray<readonly [string, string]>;

describe('readForm', () => {
  test.each([
    ['', {}],
    ['a=1&b=&a=2', { a: '2', b: '' }],
    ['t[]=a&t[]=b', { t: ['a', 'b'] }],
    ['t[1]=b&t[0]=a', { t: { 1: 'b', 0: 'a' } }],
    ['p[0][id]=1&p[0][alias]=user&p[1][id]=2', { p: [{ id: '1', alias: 'user' }, { id: '2' }] }],
    ['p[0].id=1&q[=2&[]=3', { 'p[0].id': '1', 'q[': '2', '[]': '3' }],
    ['a=1&a[b]=2', { a: { b: '2' } }],
    ['n=%C3%A9+e', { n: 'é e' }],
  ])('reads %s', (given, expected) => {
    expect(readForm(given)).toEqual(expected);
  });

  test('keeps fields with dangerous names fields', () => {
    const form = readForm('__proto__[admin]=1&a[__proto__][admin]=1');
    expect(Object.getOwnPropertyNames(form)).toEqual(['__proto__', 'a']);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  test.each([
    ['a'.concat('[b]'.repeat(65), '=1'), 'The body is nested too deeply.'],
    ['a'.concat('[b]'.repeat(100_000), '=1'), 'The body is nested too deeply.'],
    ['a=1&'.repeat(2_001), 'The body has more than the 2000 fields'],
  ])('refuses what no form sends', (given, problem) => {
    expect(() => readForm(given)).toThrow(problem);
  });
});

describe('an endpoint', () => {
  const atEnd = endAfterAll();
  let testServer: TestServer;
  beforeAll(async () => {
    testServer = await TestServer.open({ 'ReplyBot.ts': replyBot }, {}, atEnd);
  });
  const thread = () => `/threads/${testServer.thread.id}`;
  const post = (path: string, body: RequestInit['body'], type?: string) =>
    testServer.request(`/api/messenger${path}`, {
      method: 'POST',
      headers: { ...testServer.login('admin'), ...(type && { 'content-type': type }) },
      body: body ?? null,
    });
  const formData = (fields: Fields) => {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    return form;
  };
  const bot = [
    ['name', ' Formed '],
    ['enabled', '1'],
    ['hide_actions', '0'],
    ['cooldown', '30'],
  ] as const;
  const action = [
    ['handler', 'reply'],
    ['match', 'exact'],
    ['triggers[]', 'a | b'],
    ['triggers[]', 'c'],
    ['cooldown', '0'],
    ['admin_only', '0'],
    ['enabled', '1'],
    ['replies[0]', 'd'],
  ] as const;
  const ways = [
    [
      'form-encoded',
      (fields: Fields) => new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])),
    ],
    ['multipart', formData],
  ] as const;

  test.each(ways)('takes its fields %s', async (_, encode) => {
    const made = await post(`${thread()}/bots`, encode(bot));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Formed', enabled: true, hide_actions: false, cooldown: 30 });
    const attached = await post(`${thread()}/bots/${made.body.id}/actions`, encode(action));
    expect(attached.status).toBe(201);
    expect(attached.body).toMatchObject({ triggers: ['a', 'b', 'c'], payload: { replies: ['d'] } });
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/json', 'a/b'])(
    'that needs no fields takes an empty body of %s, as axios and fetch send it',
    async (type) => {
      expect((await post(`${thread()}/mute`, '', type)).body).toEqual({ message: 'success' });
    },
  );

  test.each(['application/vnd.api+json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'reads JSON of the type %s',
    async (type) => {
      expect((await post('/heartbeat', '{"away":true}', type)).status).toBe(200);
    },
  );
});
