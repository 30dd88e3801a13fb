import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { findWorkspace, type Workspace } from '../../src/config/workspace.ts';
import { openSqliteStore } from '../../src/store/store.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { aBot, aParticipant, aThread, aUser } from '../support/records.ts';
import { conversationOf } from '../support/simulation.ts';
import { rowsOf } from '../support/stores.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** A package of both; its ReplyBot with these parameters, or without any. */
const testBotPackage = (replyParameters = '') => `
import { defineInstalls, MessengerBots, PackagedBot } from 'messenger-bots';
import HelloBot from './HelloBot.ts';
import { ReplyBot } from './ReplyBot.ts';

export default class TestBotPackage extends PackagedBot {
  static override getSettings() {
    return { alias: 'test_package', description: 'Test package description.', name: 'Test Package' };
  }

  static override installs() {
    return [HelloBot, [ReplyBot${replyParameters}]];
  }
}
`;
const complete = testBotPackage(`, {
  cooldown: 120,
  match: MessengerBots.MATCH_CONTAINS_CASELESS,
  triggers: ['help', 'support'],
  replies: ['Why are you asking me?', 'I say google it!'],
}`);

/** The handlers and the package of the documentation. */
const sources = (packageText: string) => ({
  'bots/HelloBot.ts': helloBot,
  'bots/ReplyBot.ts': replyBot,
  'bots/TestBotPackage.ts': packageText,
});

/** A workspace with them, and the command line in it. */
function open(packageText = testBotPackage()) {
  const workspace = makeWorkspace(sources(packageText));
  return { workspace, run: (...words: string[]) => messenger(workspace.folder, words) };
}

/** Another group with a bot, and Ada, who may not manage it. */
async function seedTeam({ database }: Workspace): Promise<void> {
  const [store, thread, ada] = [await openSqliteStore(database), aThread(), aUser({ name: 'Ada' })];
  await store.users.insert(ada);
  await store.threads.insert(thread);
  await store.participants.insert(aParticipant({ threadId: thread.id, userId: ada.id }));
  await store.bots.insert(aBot({ threadId: thread.id, name: 'Robbie' }));
  await store.close();
}

const names = (workspace: Workspace): string[] =>
  rowsOf(workspace.database, 'select name from bots order by id').map((row) => String(Object(row).name));

/** What the bots say in a simulation with these lines. */
async function answersTo(workspace: Workspace, ...lines: string[]): Promise<string[]> {
  const words = ['simulate', '--json', '--as', 'Ada'];
  const { stdout } = await messenger(workspace.folder, words, `${lines.join('\n')}\n`);
  const heard = conversationOf(stdout).filter(({ event }) => event === 'message' || event === 'reaction');
  return heard.filter(({ from }) => from.bot).map(({ body }) => body);
}

test('the package of the documentation: checked, installed, asked, removed, restored and purged', async () => {
  const { workspace, run } = open(complete);
  expect(await run('test-installs', 'TestBotPackage')).toMatchObject({ code: 0, stderr: '' });
  expect(await run('install', 'test_package', '--as', 'Ada')).toMatchObject({
    code: 0,
    stdout: `Installed Test Package in Playground with 2 of 2 actions.
  hello [ hello|hi|hey ]
  reply [ help|support ]
`,
    stderr: '',
  });
  const answers = await answersTo(workspace, 'hi', 'I need help!', 'I need help');
  expect(answers.join(' ')).toBe('Why hello there Ada! 👋 Why are you asking me? I say google it!');
  expect((await run('bots')).stdout.replace(/until [\d:]{8}/g, 'until 12:34:56')).toBe(
    `BOT            ACTION  MATCH              TRIGGERS          COOLDOWN  FOR  STATE
Test Package                                                0 s            on
               hello   contains:caseless  hello | hi | hey  30 s      all  on cooldown until 12:34:56
               reply   contains:caseless  help | support    120 s     all  on cooldown until 12:34:56
PlaygroundBot                                               0 s            on
`,
  );
  const removed = 'Removed Test Package from Playground. "messenger bots:restore" brings it back.\n';
  expect((await run('uninstall', 'Test Package')).stdout).toBe(removed);
  expect((await run('bots')).stdout).not.toContain('Test Package');
  expect((await run('bots:restore', 'Test Package')).stdout).toBe('Test Package is back in Playground.\n');
  expect((await run('bots')).stdout).toContain('on cooldown until');
  await run('uninstall', 'Test Package');
  expect((await run('purge:bots', '--days', '0', '--dry-run')).stdout).toBe(
    'Would purge 1 bot with 2 actions.\n',
  );
  expect(await run('purge:bots', '--days', '0')).toMatchObject({
    code: 0,
    stdout: 'No messenger runs here to do it, so it is done now.\nPurged 1 bot with 2 actions.\n',
  });
  expect(names(workspace)).toEqual(['PlaygroundBot']);
});

describe('make:packaged-bot', () => {
  test('writes a package that can be checked, installed and asked as it is', async () => {
    const workspace = makeWorkspace();
    const run = (...words: string[]) => messenger(workspace.folder, words);
    expect(await run('make:packaged-bot', 'TestBotPackage')).toMatchObject({
      code: 0,
      stdout: `Wrote bots/TestBotPackage.ts.
Check it: messenger test-installs TestBotPackage. Install it: messenger install TestBotPackage
`,
    });
    const { code, stdout } = await run('test-installs', 'TestBotPackage', '--json');
    const resolved = JSON.parse(stdout).resolved;
    expect([code, resolved.map(({ cooldown }: { cooldown: number }) => cooldown)]).toEqual([0, [30, 15]]);
    const installed = JSON.parse((await run('install', 'TestBotPackage', '--json')).stdout);
    expect(installed).toMatchObject({ bot: { name: 'Test' }, left_out: [] });
    expect(await answersTo(workspace, '!roll 1')).toHaveLength(1);
  });

  test.each([
    ['a name that is none', 2, 'testBot', '"testBot" cannot be the name of a class'],
    ['a file that is there', 1, 'TestBotPackage', 'bots/TestBotPackage.ts already exists'],
  ])('refuses %s and writes nothing', async (_, code, name, sentence) => {
    const { workspace, run } = open();
    const outcome = await run('messenger:make:packaged-bot', name);
    expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(readdirSync(workspace.bots)).toEqual(['HelloBot.ts', 'ReplyBot.ts', 'TestBotPackage.ts']);
    expect(readFileSync(`${workspace.bots}/TestBotPackage.ts`, 'utf8')).toBe(testBotPackage());
  });

  test('overwrites it when told to', async () => {
    const { workspace, run } = open();
    expect((await run('make:packaged-bot', 'TestBotPackage', '--force')).code).toBe(0);
    expect(readFileSync(`${workspace.bots}/TestBotPackage.ts`, 'utf8')).toContain('defineInstalls(RollBot');
  });
});

describe('test-installs', () => {
  const failing = {
    handler: 'ReplyBot',
    data: { enabled: true, cooldown: 30, admin_only: false },
    errors: {
      replies: ['The replies field is required.'],
      match: ['The match field is required.'],
      triggers: ['The triggers field is required.'],
    },
  };

  test('shows what resolves and what fails, with the errors by field', async () => {
    const { workspace, run } = open();
    expect(await run('test-installs', 'TestBotPackage')).toEqual({
      code: 1,
      signal: null,
      stdout: `1 resolved, 1 failed.

RESOLVED  MATCH              TRIGGERS      COOLDOWN  FOR  ENABLED  PAYLOAD
HelloBot  contains:caseless  hello|hi|hey  30 s      all  yes

ReplyBot failed with {"enabled":true,"cooldown":30,"admin_only":false}:
  replies: The replies field is required.
  match: The match field is required.
  triggers: The triggers field is required.
`,
      stderr: '',
    });
    expect(existsSync(workspace.database)).toBe(false);
  });

  test.each([
    ['test-installs', 'test_package'],
    ['testInstalls', 'TestBotPackage'],
    ['messenger:testInstalls', 'bots/TestBotPackage.ts'],
  ])('is spelled %s %s too, and gives JSON', async (command, name) => {
    const { code, stdout } = await open().run(command, name, '--json');
    const handlerDto = {
      class: 'HelloBot',
      alias: 'hello',
      description: 'Say hello when someone says hi!',
      name: 'Hello Response',
      unique: false,
      should_authorize: false,
      triggers: ['hello', 'hi', 'hey'],
      match: 'contains:caseless',
    };
    const own = { enabled: true, admin_only: false, cooldown: 30, payload: null };
    const { alias: handler, match, triggers } = handlerDto;
    const resolved = { handler, match, triggers, ...own, handler_dto: handlerDto };
    expect([code, JSON.parse(stdout)]).toEqual([1, { resolved: [resolved], failed: [failing] }]);
  });

  test('of what is no package fails', async () => {
    const stderr = expect.stringContaining('There is no packaged bot "HelloBot". Known packaged bots: ');
    const outcome = await open().run('test-installs', 'HelloBot', '--json');
    const stdout = expect.stringMatching(/^\{"error":\{"code":"PACKAGE_UNKNOWN",/);
    expect(outcome).toMatchObject({ code: 1, stdout, stderr });
  });
});

describe('install, uninstall, bots and bots:restore', () => {
  test('print JSON, and say what was left out', async () => {
    const { workspace, run } = open();
    const json = async (...words: string[]) => JSON.parse((await run(...words, '--json')).stdout);
    const { bot, actions, left_out: leftOut } = await json('install', 'TestBotPackage');
    expect(bot).toMatchObject({ name: 'Test Package', archived_at: null, avatar: null });
    expect(actions).toMatchObject([{ bot_id: bot.id, handler: 'hello', triggers: ['hello', 'hi', 'hey'] }]);
    const errors = {
      replies: [expect.any(String)],
      match: [expect.any(String)],
      triggers: [expect.any(String)],
    };
    const data = { enabled: true, cooldown: 30, admin_only: false };
    expect(leftOut).toEqual([{ handler: 'ReplyBot', reason: 'invalid', data, errors }]);
    expect(await json('bots')).toMatchObject([
      {
        id: bot.id,
        on_cooldown: false,
        actions: [{ id: actions[0].id, known: true, match: 'contains:caseless' }],
      },
    ]);
    expect(await json('uninstall', bot.id)).toMatchObject({
      id: bot.id,
      archived_at: expect.stringMatching(/Z$/),
    });
    expect(await json('bots:restore', bot.id)).toEqual(bot);
    expect((await run('install', 'test_package')).stdout).toBe(
      `Installed Test Package in Playground with 1 of 2 actions.
  hello [ hello|hi|hey ]
  left out: ReplyBot, its parameters are invalid:
    replies: The replies field is required.
    match: The match field is required.
    triggers: The triggers field is required.
`,
    );
    expect(names(workspace)).toEqual(['Test Package', 'Test Package']);
    expect(await run('uninstall', 'Test Package')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('More than one bot is called "Test Package"'),
    });
  });
});

describe('what cannot be done changes nothing:', () => {
  const atEnd = endAfterAll();
  let folder = '';
  beforeAll(async () => {
    folder = temporaryFolder(atEnd);
    writeFiles(folder, sources(testBotPackage()));
    await seedTeam(findWorkspace(folder));
  });

  test.each([
    ['install Nothing', 1, 'There is no packaged bot "Nothing". Known packaged bots: '],
    ['install test_package --thread Nowhere', 1, 'There is no group "Nowhere".'],
    ['install test_package --thread Team --as Nobody', 1, 'There is no person "Nobody"'],
    ['install test_package --thread Team --as Ada', 1, 'Not authorized to create a bot.'],
    ['uninstall Robbie', 1, 'There is no bot "Robbie" in Playground.'],
    ['uninstall Robbie --thread Team --as Ada', 1, 'Not authorized to remove bot.'],
    ['bots:restore Robbie', 1, 'There is no archived bot "Robbie" in Playground.'],
    ['bots --thread Nowhere', 1, 'There is no group "Nowhere".'],
  ])('%s fails', async (words, code, sentence) => {
    const outcome = await messenger(folder, words.split(' '));
    expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
  });
});
