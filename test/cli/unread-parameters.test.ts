import { beforeAll, describe, expect, test } from 'vitest';
import { compileAhead } from '../support/compile-ahead.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const codeBot = `import { BotActionHandler, MessengerBots } from 'messenger-bots';
import { z } from 'zod';
export default class CodeBot extends BotActionHandler {
  static getSettings() {
    return { alias: 'code', description: 'd', name: 'Code', match: MessengerBots.MATCH_ANY };
  }
  rules() { return { code: z.string(), times: z.number().optional() }; }
  async handle() {}
}`;

const atEnd = endAfterAll();
const handlers: Record<string, string> = { hello: helloBot, reply: replyBot, code: codeBot };

/** A folder with these handlers. */
function folderWith(...names: string[]): string {
  const made = temporaryFolder(atEnd);
  writeFiles(made, Object.fromEntries(names.map((name) => [`bots/${name}.ts`, handlers[name] ?? ''])));
  compileAhead(made);
  return made;
}

let folder = '';
/** Each handler in a folder of its own: a command reads every handler that there is. */
let folders: Record<string, string> = {};
beforeAll(() => {
  folder = folderWith('hello', 'reply', 'code');
  folders = Object.fromEntries(Object.keys(handlers).map((name) => [name, folderWith(name)]));
});

const unread: Array<[words: string[], sentence: string]> = [
  [['hello', 'foo=bar'], 'There is no parameter "foo". "hello" takes cooldown, admin_only, enabled.'],
  [['hello', 'cooldwn=5'], 'There is no parameter "cooldwn". Did you mean "cooldown"?'],
  [['hello', '{"adminOnly":true}'], 'There is no parameter "adminOnly". Did you mean "admin_only"?'],
  [['hello', 'match=exact'], 'The handler fixes the match (contains:caseless); leave it out.'],
  [['hello', 'triggers=yo'], 'The handler fixes the triggers (hello, hi, hey); leave them out.'],
  [['code', 'code=1', 'triggers=yo'], 'With the match "any" there are no triggers; leave them out.'],
  [['reply', 'match=any', 'triggers=yo', 'replies=["a"]'], 'With the match "any" there are no triggers'],
  [['reply', 'match=exact', 'triggers=yo', 'repleis=["a"]'], 'Did you mean "replies"?'],
  [['hello', '{"handler":"reply"}'], 'The parameters are for another handler'],
  [['reply', 'match=exact', 'triggers=yo', 'replies=a'], `A list is JSON here: replies='["a","b"]'.`],
  [['code', 'code=1', 'times=9007199254740993'], 'since larger numbers are not kept exactly'],
];

describe.each(['attach', 'test-resolve'])('%s', (command) => {
  test.each(unread)('%j: %s', async ([handler = '', ...words], sentence) => {
    const common = command === 'attach' ? [] : ['--defaults'];
    const { code, stdout, stderr } = await messenger(folders[handler] ?? '', [
      command,
      handler,
      ...words,
      ...common,
    ]);
    expect([code, `${stdout}${stderr}`]).toEqual([1, expect.stringContaining(sentence)]);
  });
});

test('a simulation says the same, and how to attach what needs parameters', async () => {
  const lines = unread.map(([words]) => `/attach ${words.join(' ')}`);
  const { stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], `${lines.join('\n')}\n`);
  for (const [, sentence] of unread) expect(stdout).toContain(sentence);
  expect(stdout).toContain(
    'reply needs parameters, so it is not attached: /attach reply {"match":"contains:caseless","triggers":["…"],"replies":["…"]}',
  );
});

test('the line that a simulation gives attaches it', async () => {
  const line = '/attach reply {"match":"contains:caseless","triggers":["…"],"replies":["…"]}';
  const { code, stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], `${line}\n`);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Attached reply: ….')]);
});

test.each([
  ['code=12345', '12345'],
  ['code=007', '007'],
  ['code=true', 'true'],
  ['code=9007199254740993', '9007199254740993'],
])('%s is a text where the rule wants one', async (word, code) => {
  const words = ['test-resolve', 'code', word, 'times=1e3', '--defaults', '--json'];
  expect(JSON.parse((await messenger(folders.code ?? '', words)).stdout)).toMatchObject({
    payload: { code, times: 1000 },
  });
});

test('--defaults fills in what attach fills in', async () => {
  expect(await messenger(folder, ['test-resolve', 'hello'])).toMatchObject({ code: 1 });
  const { code, stdout } = await messenger(folder, ['test-resolve', 'hello', '--defaults', 'cooldown=3']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/cooldown +3 s/)]);
});
