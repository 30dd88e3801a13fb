import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileAhead } from '../support/compile-ahead.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

const atEnd = endAfterAll();
let shared = '';
beforeAll(() => {
  shared = temporaryFolder(atEnd);
  writeFiles(shared, { 'bots/HelloBot.ts': helloBot, 'bots/more/ReplyBot.ts': replyBot });
  compileAhead(shared);
});

const json = '{"cooldown":0,"admin_only":false,"enabled":true}';
const words = ['cooldown=0', 'admin_only=false', 'enabled=true'];
const resolved = {
  handler: 'hello',
  handler_dto: { class: 'HelloBot', alias: 'hello' },
  match: 'contains:caseless',
  enabled: true,
  admin_only: false,
  cooldown: 0,
  triggers: ['hello', 'hi', 'hey'],
  payload: null,
};

describe('test-resolve', () => {
  test.each([
    ['JSON for a class', ['test-resolve', 'HelloBot', json]],
    ['the other spelling, an alias and words', ['testResolve', 'hello', ...words]],
    [
      'the long spelling, a file, and JSON with words',
      [
        'messenger:test-resolve',
        'bots/HelloBot.ts',
        '{"cooldown":9,"admin_only":false,"enabled":true}',
        'cooldown=0',
      ],
    ],
  ])('takes %s', async (_, command) => {
    const { code, stdout, stderr } = await messenger(shared, [...command, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject(resolved);
  });

  test('tells a person what the action would be', async () => {
    const { code, stdout } = await messenger(shared, ['test-resolve', 'HelloBot', ...words]);
    expect([code, stdout.split('\n').map((line) => line.trim().replace(/\s{2,}/, ': '))]).toEqual([
      0,
      [
        'HelloBot resolved.',
        'alias: hello',
        'match: contains:caseless',
        'triggers: hello|hi|hey',
        'enabled: true',
        'admin only: false',
        'cooldown: 0 s',
        'payload: none',
        '',
      ],
    ]);
  });

  test('reads lists and texts of numbers as the handler wants them', async () => {
    const fields = ['match=exact', 'triggers=42|43', 'replies=["7","8"]'];
    const { code, stdout } = await messenger(shared, [
      'test-resolve',
      'reply',
      ...words,
      ...fields,
      '--json',
    ]);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { triggers: ['42', '43'], payload: { replies: ['7', '8'] } },
    ]);
  });

  test('gives the errors by field and exits 1', async () => {
    const errors = {
      cooldown: ['The cooldown field is required.'],
      admin_only: ['The admin only field is required.'],
      enabled: ['The enabled field is required.'],
    };
    const folder = shared;
    const asJson = await messenger(folder, ['test-resolve', 'HelloBot', '--json']);
    const error = {
      code: 'INVALID_PARAMETERS',
      message: 'Hello Response: The cooldown field is required. (and 2 more errors)',
      errors,
    };
    expect([asJson.code, asJson.stderr, JSON.parse(asJson.stdout)]).toEqual([1, '', { error }]);
    const asText = await messenger(folder, ['test-resolve', 'HelloBot']);
    expect([asText.code, asText.stdout.split('\n')[0]]).toEqual([1, 'HelloBot did not resolve.']);
    for (const [field, [sentence]] of Object.entries(errors))
      expect(asText.stdout).toMatch(new RegExp(`\\n  ${field}: ${sentence}`));
  });

  test('writes nothing into the workspace but its cache', async () => {
    await messenger(shared, ['test-resolve', 'HelloBot', json]);
    expect(existsSync(path.join(shared, '.messenger', 'messenger.sqlite'))).toBe(false);
  });

  test.each([
    [
      'does not compile',
      'export const a = 1;\n\nexport const b = = 2;',
      /^Error: bots\/Broken\.ts:3: Unexpected token\. /,
    ],
    ['throws', "\nthrow new Error('no luck');", /^Error: bots\/Broken\.ts:2: no luck\. /],
    [
      'has wrong settings',
      helloBot.replace("alias: 'hello',", ''),
      /^Error: bots\/Broken\.ts: getSettings\(\) has an invalid "alias": /,
    ],
  ])('tells the line of a file that %s, without a stack of ours', async (_, text, sentence) => {
    const { folder } = makeWorkspace({ 'bots/Broken.ts': text });
    const { code, stdout, stderr } = await messenger(folder, ['test-resolve', 'Broken', json]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a handler that throws while it is resolved is told with the frames of its author', async () => {
    const text = helloBot
      .replace(
        'async handle()',
        "serializePayload(): never { throw new Error('no shelf'); }\n  rules() { return { a: z.string().optional() }; }\n  async handle()",
      )
      .replace('import', "import { z } from 'zod';\nimport");
    const { folder } = makeWorkspace({ 'bots/HelloBot.ts': text });
    const { code, stderr } = await messenger(folder, ['test-resolve', 'HelloBot', json]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/no shelf\n.*bots\/HelloBot\.ts:16/)]);
    expect(stderr).not.toMatch(/went wrong inside messenger|dist\//);
  });

  test('does not know a handler that is not there, and says which there are', async () => {
    const { code, stderr } = await messenger(shared, ['test-resolve', 'NoBot', json]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^Error: There is no handler "NoBot"\. Known handlers: .*hello, .*reply/),
    ]);
  });
});
