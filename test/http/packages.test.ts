import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { botSource } from '../support/bot-source.ts';
import { samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;

const packageSource = (name: string, installs: string, more = '', members = '') => `
import { PackagedBot } from 'messenger-bots';
import { Hello } from './Hello.ts';
import { Once } from './Once.ts';
import { Never } from './Never.ts';

export class ${name} extends PackagedBot {
  static override getSettings() {
    return { alias: '${name.toLowerCase()}', description: 'Of a test.', name: '${name} Package', ${more} };
  }
  static override installs() {
    return [${installs}];
  }
  ${members}
}
`;

const any = "match: 'any'";
beforeAll(async () => {
  testServer = await TestServer.open(
    {
      'Hello.ts': botSource('Hello', '', { settings: any }),
      'Never.ts': botSource('Never', '', { settings: any, members: 'authorize() { return false; }' }),
      'Once.ts': botSource('Once', '', { settings: `${any}, unique: true` }),
      'Small.ts': packageSource('Small', 'Once, Never, [Hello, { cooldown: 1 }], [Hello, [{ cooldown: 2 }]]'),
      'Pretty.ts': packageSource(
        'Pretty',
        'Hello',
        "avatar: new URL('../pretty.png', import.meta.url).pathname, cooldown: 7, hide_actions: true",
      ),
      'Secret.ts': packageSource('Secret', 'Hello', '', 'authorize() { return false; }'),
    },
    {},
    atEnd,
  );
});

const packages = () => `/threads/${testServer.thread.id}/bots/packages`;
const aliases = (handlers: Array<{ alias: string }>) => handlers.map(({ alias }) => alias);

describe('the packages', () => {
  test('are listed by name, without those that refuse and their handlers that refuse', async () => {
    const { status, body } = await testServer.call('GET', packages());
    const avatar = (size: string, file: string) => `/messenger/assets/bot-package/${size}/${file}`;
    const sizes = (file: string) => ({
      sm: avatar('sm', file),
      md: avatar('md', file),
      lg: avatar('lg', file),
    });
    expect(status).toBe(200);
    expect(body).toEqual([
      {
        alias: 'pretty',
        name: 'Pretty Package',
        description: 'Of a test.',
        avatar: sizes('pretty/avatar.png'),
        installs: [expect.objectContaining({ alias: 'hello' })],
        already_installed: [],
      },
      {
        alias: 'small',
        name: 'Small Package',
        description: 'Of a test.',
        avatar: sizes('small/avatar.png'),
        installs: [expect.objectContaining({ alias: 'hello' }), expect.objectContaining({ alias: 'once' })],
        already_installed: [],
      },
    ]);
    expect(Object.keys(body[0].installs[0])).toEqual([
      ...['alias', 'description', 'name', 'unique', 'authorize', 'triggers', 'match'],
    ]);
  });

  test('are installed with a set of actions, and the system says so', async () => {
    const heard = testServer.listen('PackagedBotInstalled', 'NewBot', 'NewMessage', 'NewBotAction');
    const { status, body } = await testServer.call('POST', packages(), { alias: 'small' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Small Package', enabled: true, cooldown: 0, actions_count: 3 });
    expect(heard).toEqual(['NewMessage', 'PackagedBotInstalled']);
    expect((await testServer.systemMessages()).at(-1)).toBe('104 installed the BOT - Small Package');
    const { body: actions } = await testServer.call(
      'GET',
      `/threads/${testServer.thread.id}/bots/${body.id}/actions`,
    );
    expect(actions.map((one: { cooldown: number }) => one.cooldown)).toEqual([30, 1, 2]);
  });

  test('have unique handlers of the thread among those that are there, and install them no second time', async () => {
    const { body } = await testServer.call('GET', packages());
    expect(aliases(body[1].installs)).toEqual(['hello']);
    expect(aliases(body[1].already_installed)).toEqual(['once']);
    const { body: bot } = await testServer.call('POST', packages(), { alias: 'small' });
    expect(bot.actions_count).toBe(2);
  });

  test('are installed with their picture', async () => {
    writeFileSync(path.join(testServer.testGroup.workspace.folder, 'pretty.png'), samples.png);
    const { status, body } = await testServer.call('POST', packages(), { alias: 'pretty' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ cooldown: 7, hide_actions: true });
    const { headers } = await testServer.request(body.avatar.lg);
    expect(headers.get('content-type')).toBe('image/png');
    const { body: listed } = await testServer.call('GET', packages());
    const picture = await testServer.request(listed[0].avatar.lg);
    expect(picture.status).toBe(200);
  });

  test.each([
    [{}, 'The alias field is required.'],
    [{ alias: ' ' }, 'The alias field is required.'],
    [{ alias: 'nothing' }, 'The selected alias is invalid.'],
    [{ alias: 'Small' }, 'The selected alias is invalid.'],
    [{ alias: ['small'] }, 'The selected alias is invalid.'],
  ])('are not installed by %j', async (given, message) => {
    const { status, body } = await testServer.call('POST', packages(), given);
    expect({ status, body }).toEqual({ status: 422, body: { message, errors: { alias: [message] } } });
  });

  test('are not installed where they refuse', async () => {
    const { status, body } = await testServer.call('POST', packages(), { alias: 'secret' });
    expect({ status, body }).toEqual({
      status: 403,
      body: { message: 'Not authorized to install that bot package.' },
    });
  });
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});
