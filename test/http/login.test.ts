import { beforeAll, expect, test } from 'vitest';
import { heartbeatSchema } from '../../src/api/heartbeat.ts';
import { type App, openApp } from '../../src/app.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { openHttpServer } from '../../src/http/server.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const config = `
export default {
  http: {
    auth: async ({ headers }) => {
      if (headers['x-fails']) throw new Error('The host application is down.');
      const name = headers['x-name'];
      return name === undefined ? null : { id: headers['x-id'], name };
    },
  },
};`;

const atEnd = endAfterAll();
let app: App;
let url: string;
const problems: unknown[] = [];
beforeAll(async () => {
  const folder = temporaryFolder(atEnd);
  writeFiles(folder, { 'messenger.config.mjs': config });
  app = await openApp({ workspace: findWorkspace(folder) });
  atEnd(() => app.close());
  const server = await openHttpServer(app, { port: 0, onError: (error) => problems.push(error) });
  atEnd(() => server.close());
  url = server.url;
});

/** Whom a request is taken for. */
async function who(headers: Record<string, string>): Promise<{ status: number; id?: string; name?: string }> {
  const response = await fetch(`${url}/api/messenger/heartbeat`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{"away":false}',
  });
  if (response.status !== 200) return { status: response.status };
  const { provider } = heartbeatSchema.parse(await response.json());
  return { status: 200, id: provider.provider_id, name: provider.name };
}

test('the login of the host application says who somebody is', async () => {
  expect(await who({ 'x-name': 'Ada' })).toMatchObject({ status: 200, name: 'Ada' });
  expect((await who({ 'x-name': 'Ada' })).id).toBe((await who({ 'x-name': 'Ada' })).id);
});

test('its ids stay the same when names change, whatever their form', async () => {
  const before = await who({ 'x-name': 'Bob', 'x-id': '17' });
  expect(await who({ 'x-name': 'Robert', 'x-id': '17' })).toEqual({ ...before, name: 'Robert' });
  const uuid = crypto.randomUUID();
  expect(await who({ 'x-name': 'Carla', 'x-id': uuid })).toMatchObject({ id: uuid, name: 'Carla' });
});

test('two of one name are two', async () => {
  const one = await who({ 'x-name': 'Dora', 'x-id': '1' });
  const other = await who({ 'x-name': 'Dora', 'x-id': '2' });
  expect(other.id).not.toBe(one.id);
  expect([one.name, other.name]).toEqual(['Dora', 'Dora (2)']);
  expect(await who({ 'x-name': 'Dora', 'x-id': '2' })).toEqual(other);
});

test('whom it does not know is a guest, and tokens are good besides', async () => {
  expect(await who({})).toEqual({ status: 401 });
  const { token, id } = await makeToken(app, 'Eve');
  expect(await who({ authorization: `Bearer ${token}` })).toMatchObject({ status: 200, id });
});

test('when it fails, nobody is let in, and the client learns no details', async () => {
  const response = await fetch(`${url}/api/messenger`, { headers: { 'x-fails': '1' } });
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: 'Server Error' });
  expect(problems).toEqual([new Error('The host application is down.')]);
});
