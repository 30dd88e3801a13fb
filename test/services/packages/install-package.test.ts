import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Thread } from '../../../src/domain/thread.ts';
import { MessengerBots } from '../../../src/index.ts';
import { archiveBot } from '../../../src/services/bots/archive-bot.ts';
import { attachHandler } from '../../../src/services/bots/playground.ts';
import { installPackage } from '../../../src/services/packages/install-package.ts';
import { ensureGroup } from '../../../src/services/users/people.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { contentsOf } from '../../support/folders.ts';
import { helloBot, replyBot } from '../../support/handlers.ts';
import { rejection } from '../../support/sandbox.ts';
import { execute, rowsOf } from '../../support/stores.ts';
import { TestGroup } from '../../support/test-group.ts';

const onHi = (name: string, more = {}) => exactBot(name, 'hi', posting(`'${name}'`), more);

/** Its alias is its name in lower case. */
const packageSource = (name: string, installs: string, settings = '', members = '') => `
export class ${name} extends PackagedBot {
  static override getSettings() {
    return { alias: '${name.toLowerCase()}', description: 'Of a test.', name: '${name}', ${settings} };
  }
  static override installs() { return [${installs}]; }
  ${members}
}`;
const imports = `
import { PackagedBot } from 'messenger-bots';
import HelloBot from './HelloBot.ts';
import { No } from './No.ts';
import { Once } from './Once.ts';
import { ReplyBot } from './ReplyBot.ts';
import { Thrower } from './Thrower.ts';`;
const help = `{ cooldown: 300, match: 'contains:caseless', triggers: ['help', 'support'], replies: ['Why?'] }`;
const answer = `{ cooldown: 120, match: 'exact', triggers: ['42'], replies: ['The answer.', 'Yes.'] }`;
const throwing = `authorize() { throw new Error('no idea'); }`;
const admins = 'authorize({ user, thread }) { return user.admin && thread.name === "Open"; }';

const packages = [
  packageSource('Forms', `HelloBot, [HelloBot, { enabled: false }], [ReplyBot, [${help}, ${answer}]]`),
  packageSource('Shy', 'HelloBot', 'cooldown: 30, enabled: false, hide_actions: true'),
  packageSource('Partly', `No, HelloBot, [No, ${help}], ReplyBot, [ReplyBot, [{}, ${answer}]]`),
  packageSource('Twice', `[Once, [{ cooldown: 'never' }, { cooldown: 1 }, { cooldown: 2 }]], Once`),
  packageSource('Guarded', 'HelloBot, No', '', admins),
  packageSource('Lost', 'HelloBot', '', throwing),
  packageSource('Asking', 'HelloBot, Thrower'),
  packageSource('Pictured', 'HelloBot', `avatar: 'pictures/My robot.png'`),
];

const bots = {
  'HelloBot.ts': helloBot,
  'ReplyBot.ts': replyBot,
  'No.ts': onHi('No', { members: 'authorize() { return false; }' }),
  'Once.ts': onHi('Once', { settings: 'unique: true,' }),
  'Thrower.ts': onHi('Thrower', { members: throwing }),
  'Packages.ts': imports + packages.join('\n'),
  'Broken.ts': imports + packageSource('Broken', 'HelloBot, 7'),
};

const testGroup = await TestGroup.open(bots, {}, afterAll);
const picture = path.join(testGroup.workspace.folder, 'pictures', 'My robot.png');
mkdirSync(path.dirname(picture));
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
let groups = 0;

/** A group with a name of its own, with Ada as its admin and Bob. */
async function openGroup(name = `Group ${++groups}`): Promise<Thread> {
  const thread = await ensureGroup(testGroup.app, name, { chatBots: true });
  for (const person of ['Ada', 'Bob']) await testGroup.person(person, thread);
  return thread;
}

async function install(name: string, thread: Thread, person = 'Ada') {
  const { bot, actions, leftOut } = await installPackage(testGroup.app, {
    thread,
    user: await testGroup.person(person),
    name,
  });
  return {
    bot,
    installed: actions.map(({ handler, cooldown }) => `${handler} ${cooldown}`),
    leftOut: leftOut.map(({ handler, reason, data }) => `${handler.class} ${data.cooldown} ${reason}`),
    errors: leftOut.flatMap(({ errors }) => Object.keys(errors)),
  };
}

/** Why an installation fails; it has left nothing behind. */
async function refusal(name: string, thread: Thread, person = 'Ada') {
  await testGroup.person(person);
  const before = traces();
  const error = await rejection(install(name, thread, person));
  expect(traces()).toEqual(before);
  return error;
}

/** How much there is of all that installing makes. */
const traces = () => [
  ...['bots', 'bot_actions', 'messages', 'unclaimed_files'].flatMap((table) =>
    rowsOf(testGroup.workspace.database, `select '${table}' as name, count(*) as count from ${table}`),
  ),
  Object.keys(contentsOf(testGroup.workspace.data)).filter((file) => /avatar|\.png/.test(file)).length,
];

describe('an installation', () => {
  test('stores the bot with its actions, tells it, and the bot answers', async () => {
    const told = testGroup.collect('PackagedBotInstalled');
    const [{ thread }, ada] = [testGroup, await testGroup.person('Ada')];
    const { bot, actions, leftOut } = await installPackage(testGroup.app, {
      thread,
      user: ada,
      name: 'forms',
    });
    expect(await testGroup.app.store.bots.inThread(thread.id)).toEqual([{ bot, actions }]);
    expect([leftOut, told]).toEqual([[], [{ bot, package: 'forms' }]]);
    expect(bot).toMatchObject({ name: 'Forms', enabled: true, hideActions: false, cooldown: 0 });
    const hello = { handler: 'hello', triggers: 'hello|hi|hey', payload: null, cooldown: 30 };
    const reply = { handler: 'reply', enabled: true, adminOnly: false };
    expect(actions).toMatchObject([
      { ...hello, match: 'contains:caseless', enabled: true, adminOnly: false },
      { ...hello, match: 'contains:caseless', enabled: false, adminOnly: false },
      { ...reply, cooldown: 300, triggers: 'help|support', payload: { replies: ['Why?'] } },
      { ...reply, cooldown: 120, triggers: '42', payload: { replies: ['The answer.', 'Yes.'] } },
    ]);
    const message = { type: 104, owner: { name: 'Ada' }, body: 'installed the BOT - Forms' };
    expect(await testGroup.app.store.messages.newest(thread.id, 1)).toMatchObject([message]);
    expect(await testGroup.watch('Bob', 'Hi there, I need help')).toEqual([
      ...['types', 'says Why hello there Bob!', 'reacts 👋', 'handled hello'],
      ...['types', 'says Why?', 'handled reply'],
    ]);
    expect(await testGroup.say('Bob', '42')).toEqual(['The answer.', 'Yes.']);
  });

  test('gives each bot of a package what its settings say, whether found by its alias or its class', async () => {
    const thread = await openGroup();
    const bots = [(await install('shy', thread)).bot, (await install('Shy', thread)).bot];
    const fields = { name: 'Shy', cooldown: 30, enabled: false, hideActions: true };
    expect(bots).toMatchObject([fields, fields]);
  });
});

describe('left out and reported are', () => {
  test('handlers that refuse the person, and invalid parameters with their errors', async () => {
    expect(await install('partly', await openGroup())).toMatchObject({
      installed: ['hello 30', 'reply 120'],
      leftOut: ['No 30 unauthorized', 'No 300 unauthorized', 'ReplyBot 30 invalid', 'ReplyBot 30 invalid'],
      errors: ['replies', 'match', 'triggers', 'replies', 'match', 'triggers'],
    });
  });

  test('all but the first valid one of a unique handler', async () => {
    const thread = await openGroup();
    expect(await install('twice', thread)).toMatchObject({
      installed: ['once 1'],
      leftOut: ['Once never invalid', 'Once 2 already_installed', 'Once 30 already_installed'],
    });
    const { installed, leftOut } = await install('twice', thread);
    expect([installed, leftOut.length, leftOut[1]]).toEqual([[], 4, 'Once 1 already_installed']);
  });

  test('a unique handler that another bot of the group has, not one in the archive or in another group', async () => {
    const [thread, ada] = [await openGroup(), await testGroup.person('Ada')];
    await attachHandler(testGroup.app, { thread, user: ada, handler: 'once', params: {} });
    expect((await install('twice', thread)).installed).toEqual([]);
    for (const { bot } of await testGroup.app.store.bots.inThread(thread.id)) {
      await archiveBot(testGroup.app, { thread, user: ada, bot });
    }
    expect((await install('twice', thread)).installed).toEqual(['once 1']);
    expect((await install('twice', await openGroup())).installed).toEqual(['once 1']);
  });

  test('a unique handler in all but one of installations at the same moment', async () => {
    const thread = await openGroup();
    const all = await Promise.all([1, 2, 3].map(() => install('twice', thread)));
    expect(all.flatMap(({ installed }) => installed)).toEqual(['once 1']);
  });
});

describe('authorize() of a package', () => {
  test('is given the person and the group, and lets in or not', async () => {
    const [open, closed] = [await openGroup('Open'), await openGroup()];
    await testGroup.change('update participants set manage_bots = 1 where thread_id = ?', open.id);
    const { installed, leftOut } = await install('guarded', open);
    expect([installed, leftOut]).toEqual([['hello 30'], ['No 30 unauthorized']]);
    const refused = [await refusal('guarded', open, 'Bob'), await refusal('guarded', closed)];
    const message = 'Not authorized to install that bot package.';
    expect(refused.map((error) => error.message)).toEqual([message, message]);
  });

  test.each([
    ['is allowed', 'Ada', 'guarded', undefined],
    ['is not permitted', 'Eve', 'guarded', 'NOT_PERMITTED'],
    ['finds no package', 'Ada', 'nothing', 'PACKAGE_UNKNOWN'],
  ])('is switched off for one request, which %s', async (_, person, name, code) => {
    const thread = await openGroup();
    MessengerBots.shouldAuthorize(false);
    if (code) expect((await refusal(name, thread, person)).code).toBe(code);
    else expect((await install(name, thread, person)).installed).toEqual(['hello 30', 'no 30']);
    expect((await refusal('guarded', thread)).code).toBe('PACKAGE_NOT_AUTHORIZED');
  });
});

describe('nothing at all is installed', () => {
  test.each([
    ['by who is not in the group', 'Eve', 'shy', 'NOT_PERMITTED', ''],
    ['by who may not manage bots', 'Bob', 'shy', 'NOT_PERMITTED', ''],
    ['while chat_bots is off', 'Ada', 'shy', 'NOT_PERMITTED', 'chat_bots = 0'],
    ['while the group is locked', 'Ada', 'shy', 'NOT_PERMITTED', 'locked = 1'],
    ['of a package nobody knows', 'Ada', 'nothing', 'PACKAGE_UNKNOWN', ''],
    ['of a package that is wrong', 'Ada', 'Broken', 'HANDLER_FILE_BROKEN', ''],
    ['when authorize() of the package throws', 'Ada', 'lost', 'HANDLER_THREW', ''],
    ['when authorize() of a handler throws', 'Ada', 'asking', 'HANDLER_THREW', ''],
  ])('%s', async (_, person, name, code, change) => {
    const thread = await openGroup();
    if (change !== '') await testGroup.change(`update threads set ${change} where id = ?`, thread.id);
    const changed = (await testGroup.app.store.threads.find(thread.id)) ?? thread;
    expect((await refusal(name, changed, person)).code).toBe(code);
  });

  test.each([
    ['one of its actions', 'bot_actions', 'forms'],
    ['its message', 'messages', 'forms'],
    ['its message, when its picture is there', 'messages', 'pictured'],
  ])('when the database fails at %s', async (_, table, name) => {
    writeFileSync(picture, png);
    const { database } = testGroup.workspace;
    const told = [testGroup.collect('NewMessage'), testGroup.collect('PackagedBotInstalled')];
    const when = table === 'messages' ? 'true' : 'new.cooldown = 120';
    const fail = `begin select raise(abort, 'full'); end`;
    await execute(database, `create trigger full before insert on ${table} when ${when} ${fail}`);
    onTestFinished(() => execute(database, 'drop trigger full'));
    expect((await refusal(name, await openGroup())).message).toBe('full');
    expect(told.flat()).toEqual([]);
  });
});

describe('the picture of a package', () => {
  test('becomes that of the bot, in a folder of its own', async () => {
    const thread = await openGroup();
    writeFileSync(picture, png);
    for (const { bot } of [await install('pictured', thread), await install('pictured', thread)]) {
      expect(bot.avatar).toMatch(/^Myrobot_[0-9a-f-]{36}\.png$/);
      const file = path.join('threads', thread.id, 'bots', bot.id, 'avatar', bot.avatar ?? '');
      expect(readFileSync(path.join(testGroup.workspace.storage, file))).toEqual(png);
      expect(await testGroup.app.store.bots.find(bot.id)).toEqual(bot);
    }
    expect(await testGroup.app.store.unclaimedFiles.all()).toEqual([]);
  });

  test.each<[string, Uint8Array | undefined, RegExp]>([
    ['is missing', undefined, /no such file/],
    ['is empty', Buffer.alloc(0), /must be a file of type: jpg, .* holds nothing/],
    ['is no picture', Buffer.from('%PDF-1.7 '), /must be a file of type: jpg/],
    ['is too large', Buffer.concat([png, Buffer.alloc(2 ** 23)]), /must not be greater than 5120 kilobytes/],
  ])('that %s leaves nothing installed, and the sentence says why', async (_, bytes, reason) => {
    rmSync(picture, { force: true });
    if (bytes) writeFileSync(picture, bytes);
    const error = await refusal('pictured', await openGroup());
    expect(error).toMatchObject({ code: 'AVATAR_UNREADABLE', message: expect.stringMatching(reason) });
    expect(error.message).toMatch(/^The avatar of Pictured, .*My robot\.png, cannot be used: /);
  });
});
