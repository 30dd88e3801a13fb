import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import { replyDTO } from '../support/descriptions.ts';
import { handlerSource, helloBot, replyBot } from '../support/handlers.ts';
import { TestSandbox } from '../support/sandbox.ts';
import { requiredSettings, settingsSource } from '../support/settings.ts';

const shared = new TestSandbox({}, {}, afterAll);
const oneBot = handlerSource('OneBot', 'a', '');
const twoBots = oneBot + handlerSource('TwoBot', 'b', '').replace(/^import.*$/m, '');

test('a handler is described as plain data, with the export it is found by', async () => {
  const sandbox = new TestSandbox({ 'bots/HelloBot.ts': helloBot, 'bots/sub/ReplyBot.ts': replyBot });
  expect(await sandbox.describe('bots/HelloBot.ts', 'bots/sub/ReplyBot.ts')).toMatchObject({
    problems: [],
    handlers: [
      {
        class: 'HelloBot',
        alias: 'hello',
        description: 'Say hello when someone says hi!',
        name: 'Hello Response',
        unique: false,
        shouldAuthorize: false,
        triggers: ['hello', 'hi', 'hey'],
        matchMethod: 'contains:caseless',
        source: { file: path.join(sandbox.folder, 'bots/HelloBot.ts'), exportName: 'default' },
      },
      {
        ...replyDTO,
        source: { file: path.join(sandbox.folder, 'bots/sub/ReplyBot.ts'), exportName: 'ReplyBot' },
      },
    ],
  });
});

test.each([
  ['two named exports are two handlers', twoBots, 'OneBot,TwoBot'],
  ['a class exported by name and as the default is one', `${oneBot}\nexport default OneBot;`, 'OneBot'],
  ['a class exported under two names is one', `${oneBot}\nexport { OneBot as Other };`, 'OneBot'],
  ['other exports are passed over', `${oneBot}\nexport const three = 3;\nexport class Plain {}`, 'OneBot'],
  ['the base class exported again is none', "export { BotActionHandler } from 'messenger-bots';", ''],
  [
    'a class without getSettings() is a base for others',
    "import { BotActionHandler } from 'messenger-bots';\nexport class Base extends BotActionHandler { handle() {} }",
    '',
  ],
  ['a helper file has none', 'export const roll = () => 4;', ''],
  ['an empty file has none', '', ''],
])('%s', async (_, text, classes) => {
  const { handlers, sentences } = await shared.describeText(text);
  expect([handlers.map((handler) => handler.class).join(), sentences]).toEqual([classes, []]);
});

test.each([
  ['', { unique: false, shouldAuthorize: false, triggers: null, matchMethod: null }],
  ['unique: true', { unique: true }],
  ["triggers: [' a ', 'b|c', 'a']", { triggers: ['a', 'b', 'c'] }],
  ["triggers: 'a,b'", { triggers: ['a', 'b'] }],
  ["match: 'any'", { triggers: null, matchMethod: 'any' }],
])('settings with %s', async (fields, described) => {
  const { handlers } = await shared.describeText(settingsSource(`${requiredSettings}, ${fields}`));
  expect(handlers).toEqual([expect.objectContaining(described)]);
});

test('a handler that authorizes says so', async () => {
  const { handlers } = await shared.describeText(
    settingsSource(requiredSettings, 'authorize() { return true; }'),
  );
  expect(handlers).toMatchObject([{ shouldAuthorize: true }]);
});

test('a file may use enum, top-level await, zod and a relative import', async () => {
  shared.write({ 'bots/tools/words.ts': "export enum Word { Hello = 'hello there' }" });
  const { handlers, sentences } = await shared.describeText(`
    import { Word } from './tools/words.ts';
    import { BotActionHandler } from 'messenger-bots';
    import { z } from 'zod';
    const description = await Promise.resolve(z.string().parse(Word.Hello));
    export class AllBot extends BotActionHandler {
      static override getSettings() {
        return { alias: 'all', description, name: 'All' };
      }
      handle() {}
    }`);
  expect([handlers[0]?.description, sentences]).toEqual(['hello there', []]);
});

test('a handler may extend a ready-made one', async () => {
  const { handlers } = await shared.describeText(`
    import { ReplyBot } from 'messenger-bots/library';
    export class LouderBot extends ReplyBot {
      static override getSettings() {
        return { ...super.getSettings(), alias: 'louder' };
      }
    }`);
  expect(handlers).toMatchObject([{ alias: 'louder', name: 'Reply' }]);
});

test('the ready-made handlers are found by the name of their package', async () => {
  const { handlers, problems } = await shared.sandbox.describe(['messenger-bots/library']);
  expect(problems).toEqual([]);
  expect(handlers.map((handler) => handler.alias)).toEqual(
    expect.arrayContaining(['coin_toss', 'commands', 'react', 'reply', 'roll']),
  );
});

test('nothing has to be installed: a folder with only the file in it will do', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bare-'));
  const sandbox = new Sandbox({
    workspace: folder,
    threads: 1,
    timeout: 30_000,
    loadTimeout: 30_000,
    memory: 64,
    onOutput: () => {},
  });
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'ReplyBot.js');
  writeFileSync(file, replyBot.replaceAll('override ', ''));
  expect(await sandbox.describe([file])).toMatchObject({ handlers: [{ alias: 'reply' }], problems: [] });
});
