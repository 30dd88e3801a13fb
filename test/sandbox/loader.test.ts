import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import { handlerSource, helloBot, replyBot } from '../support/handlers.ts';
import { shortDeadline, TestSandbox } from '../support/sandbox.ts';

const settingsOf = (fields: string, more = '') => `
import { BotActionHandler } from 'messenger-bots';
import { z } from 'zod';
export class WrongBot extends BotActionHandler {
  static override getSettings() {
    return { ${fields} } as never;
  }
  ${more}
  handle() {}
}
`;
const complete = "alias: 'wrong', description: 'Wrong.', name: 'Wrong'";

describe('a file with handlers', () => {
  test('is described as plain data, with the export each handler is found by', async () => {
    const { describe: look, folder } = bound({ 'bots/HelloBot.ts': helloBot, 'bots/ReplyBot.ts': replyBot });
    expect(await look('bots/HelloBot.ts', 'bots/ReplyBot.ts')).toEqual({
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
          source: { file: path.join(folder, 'bots/HelloBot.ts'), exportName: 'default' },
        },
        {
          class: 'ReplyBot',
          alias: 'reply',
          description: 'Reply with the given response(s).',
          name: 'Reply',
          unique: false,
          shouldAuthorize: false,
          triggers: null,
          matchMethod: null,
          source: { file: path.join(folder, 'bots/ReplyBot.ts'), exportName: 'ReplyBot' },
        },
      ],
    });
  });

  test('tells that a handler is unique and authorizes', async () => {
    const source = settingsOf(`${complete}, unique: true`, 'authorize() { return true; }');
    const { handlers } = await bound({ 'bots/a.ts': source }).describe('bots/a.ts');
    expect(handlers).toMatchObject([{ unique: true, shouldAuthorize: true }]);
  });

  test.each([
    [
      'two named exports are two handlers',
      handlerSource('OneBot', 'a', '') + secondOf('TwoBot'),
      'OneBot,TwoBot',
    ],
    [
      'a class exported by name and as the default is one',
      `${handlerSource('OneBot', 'a', '')}\nexport default OneBot;`,
      'OneBot',
    ],
    [
      'a class exported under two names is one',
      `${handlerSource('OneBot', 'a', '')}\nexport { OneBot as Other };`,
      'OneBot',
    ],
    [
      'other exports are passed over',
      `${handlerSource('OneBot', 'a', '')}\nexport const three = 3;\nexport class Plain {}`,
      'OneBot',
    ],
    [
      'the abstract base class that a file exports again is none',
      "export { BotActionHandler } from 'messenger-bots';",
      '',
    ],
    ['a helper file has none', 'export const roll = () => 4;', ''],
    ['an empty file has none', '', ''],
  ])('%s', async (_, source, classes) => {
    const { handlers, problems } = await bound({ 'bots/a.ts': source }).describe('bots/a.ts');
    expect({ classes: handlers.map((handler) => handler.class).join(), problems }).toEqual({
      classes,
      problems: [],
    });
  });

  test('may use enum, top-level await, zod and a relative import', async () => {
    const { handlers, problems } = await bound({
      'bots/tools/words.ts': "export enum Word { Hello = 'hello there' }",
      'bots/a.ts': `
        import { z } from 'zod';
        import { Word } from './tools/words.ts';
        import { BotActionHandler } from 'messenger-bots';
        const description = await Promise.resolve(z.string().parse(Word.Hello));
        export class AllBot extends BotActionHandler {
          static override getSettings() {
            return { alias: 'all', description, name: 'All' };
          }
          handle() {}
        }`,
    }).describe('bots/a.ts');
    expect({ problems, description: handlers[0]?.description }).toEqual({
      problems: [],
      description: 'hello there',
    });
  });

  test('may extend a ready-made handler', async () => {
    const source = `
      import { ReplyBot } from 'messenger-bots/library';
      export class LouderBot extends ReplyBot {
        static override getSettings() {
          return { ...super.getSettings(), alias: 'louder' };
        }
      }`;
    const { handlers } = await bound({ 'bots/a.ts': source }).describe('bots/a.ts');
    expect(handlers).toMatchObject([{ alias: 'louder', name: 'Reply' }]);
  });

  test('needs no node_modules: a folder with nothing but the file will do', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bare-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'ReplyBot.js');
    writeFileSync(file, replyBot.replaceAll('override ', ''));
    const sandbox = new Sandbox({
      workspace: folder,
      threads: 1,
      timeout: 30_000,
      memory: 64,
      onOutput: () => {},
    });
    onTestFinished(() => sandbox.close());
    expect(await sandbox.describe([file])).toMatchObject({ handlers: [{ alias: 'reply' }], problems: [] });
  });
});

describe('a file that cannot be used', () => {
  test.each([
    ['a syntax error', 'const a = 1;\nconst b = = 2;', /^bots\/a\.ts:2: Unexpected token\. /],
    ['a throw at top level', "const a = 1;\n\nthrow new Error('no luck');", /^bots\/a\.ts:3: no luck\. /],
    ['a thrown text', "throw 'no luck';", /^bots\/a\.ts: no luck\. /],
    ['a missing file', "import './nowhere.ts';", /^bots\/a\.ts.*nowhere/],
    ['a missing package', "import 'no-such-package-anywhere';", /^bots\/a\.ts.*no-such-package-anywhere/],
    [
      'a throw in getSettings()',
      "import { BotActionHandler } from 'messenger-bots';\nexport class A extends BotActionHandler {\n static getSettings(): never { throw new Error('later'); }\n handle() {}\n}",
      /^bots\/a\.ts:3: later\. /,
    ],
    [
      'no getSettings()',
      "import { BotActionHandler } from 'messenger-bots';\nexport class ABot extends BotActionHandler { handle() {} }",
      /ABot: getSettings\(\) has a wrong "alias": the class does not define getSettings\(\)/,
    ],
    [
      'no alias',
      settingsOf("description: 'd', name: 'n'"),
      /^bots\/a\.ts: getSettings\(\) has a wrong "alias": it must be a text/,
    ],
    ['a blank alias', settingsOf("alias: ' ', description: 'd', name: 'n'"), /wrong "alias"/],
    [
      'no description',
      settingsOf("alias: 'a', name: 'n'"),
      /^bots\/a\.ts: getSettings\(\) has a wrong "description"/,
    ],
    [
      'no name',
      settingsOf("alias: 'a', description: 'd'"),
      /^bots\/a\.ts: getSettings\(\) has a wrong "name"/,
    ],
    ['a name that is no text', settingsOf("alias: 'a', description: 'd', name: 7"), /wrong "name"/],
    [
      'a wrong match',
      settingsOf(`${complete}, match: 'startswith'`),
      /^bots\/a\.ts: .* wrong "match": "startswith" is none of any, contains, /,
    ],
    [
      'no triggers in the list',
      settingsOf(`${complete}, triggers: []`),
      /^bots\/a\.ts: .* wrong "triggers": it must hold at least one/,
    ],
    ['only empty triggers', settingsOf(`${complete}, triggers: ['', ' ', '|']`), /wrong "triggers"/],
    [
      'a reserved field in rules()',
      settingsOf(complete, 'override rules() { return { cooldown: z.string() }; }'),
      /^bots\/a\.ts: rules\(\) defines "cooldown", which every action has already/,
    ],
  ])('%s is told with file and line, without a stack of ours', async (_, source, sentence) => {
    const { handlers, problems } = await bound({ 'bots/a.ts': source }).describe('bots/a.ts');
    const [problem] = problems;
    expect(handlers).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problem?.message).toMatch(sentence);
    expect(problem?.message).not.toMatch(/\n|dist\/|node:internal|jiti/);
  });

  test('an error in an imported file is told with that file', async () => {
    const { problems } = await bound({
      'bots/tools.ts': '\n\nconst = 1;',
      'bots/a.ts': "import './tools.ts';",
    }).describe('bots/a.ts');
    expect(problems[0]?.message).toMatch(/^bots\/tools\.ts:3: /);
  });

  test.each([
    [
      'an endless loop at top level',
      'while (true);',
      /^bots\/a\.ts was not done within 2500 ms and was stopped/,
    ],
    [
      'a top-level await that never comes back',
      'await new Promise(() => {});',
      /^bots\/a\.ts was not done within/,
    ],
    [
      'process.exit() at top level',
      'process.exit(3);',
      /^bots\/a\.ts ended its own thread \(process\.exit\(3\)\)/,
    ],
    ['a rejection nobody handles', "void Promise.reject(new Error('adrift'));", /^bots\/a\.ts.*adrift/],
  ])('%s is a problem of that file alone', async (_, source, sentence) => {
    const files = { 'bots/a.ts': source, 'bots/b.ts': handlerSource('NextBot', 'b', '') };
    const sandbox = new TestSandbox(files, { timeout: shortDeadline });
    const { handlers, problems } = await sandbox.describe('bots/a.ts', 'bots/b.ts');
    expect(handlers.map((handler) => handler.class)).toEqual(['NextBot']);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(sentence)]);
  });
});

function bound(files: Record<string, string>) {
  const sandbox = new TestSandbox(files);
  return { folder: sandbox.folder, describe: sandbox.describe.bind(sandbox) };
}

function secondOf(name: string): string {
  return handlerSource(name, 'b', '').replace(/^import.*$/m, '');
}
