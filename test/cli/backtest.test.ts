import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { handlerSource, helloBot, replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const atEnd = endAfterAll();

describe('backtest', () => {
  let folder = '';
  beforeAll(async () => {
    folder = temporaryFolder(atEnd);
    writeFiles(folder, { 'bots/HelloBot.ts': helloBot, 'bots/ReplyBot.ts': replyBot });
    await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\nthis\u001b[2J is it\nhey you\nbye\n');
  });

  const run = (...words: string[]) => messenger(folder, ['backtest', ...words]);
  const database = () => readFileSync(path.join(folder, '.messenger', 'messenger.sqlite'));

  test('prints what would change, with samples, and stores nothing', async () => {
    const before = database();
    const { code, stdout, stderr } = await run('hello', '--match', 'contains:any', '--triggers', 'hi|is it');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN')).toBe(`\
hello: fires on 1 more, stops on 1, of 4 messages.
  where   PlaygroundBot in Playground
  before  contains:caseless  hello | hi | hey
  after   contains:any  hi | is it
  + WHEN  Ada: this\\x1b[2J is it  (hi)
  - WHEN  Ada: hey you  (hey)

HelloBot fixes its match method and its triggers in getSettings(): change bots/HelloBot.ts to get this.
`);
    expect(database().equals(before)).toBe(true);
  });

  test('prints the same as JSON', async () => {
    const { code, stdout } = await run(
      'hello',
      '--triggers',
      'hi',
      '--since',
      '1d',
      '--samples',
      '1',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      handler: 'hello',
      note: expect.stringContaining('fixes its triggers'),
      since: expect.stringMatching(/^\d{4}-/),
      messages: 4,
      more: 0,
      stops: 1,
      unchanged: 1,
      actions: [
        {
          bot: { name: 'PlaygroundBot' },
          thread: { name: 'Playground' },
          baseline: 'triggers',
          before: { match: 'contains:caseless', triggers: ['hello', 'hi', 'hey'] },
          after: { match: 'contains:caseless', triggers: ['hi'] },
          stops: 1,
          samples: { more: [], stops: [{ sender: 'Ada', body: 'hey you', trigger: 'hey' }] },
        },
      ],
    });
  });

  test('of a handler that is attached nowhere counts everything that matches', async () => {
    const { stdout } = await run('reply', '--match', 'any', '--thread', 'Playground');
    expect(stdout).toContain('reply: fires on 4 more, stops on 0, of 4 messages.\n');
    expect(stdout).toContain(
      '  where   all groups; it is attached nowhere\n  before  nothing\n  after   any\n',
    );
  });

  test('without a change compares the saved file with what fired', async () => {
    expect((await run('HelloBot')).stdout).toContain('hello: fires on 0 more, stops on 0, of 4 messages.\n');
    const changed = handlerSource('HelloBot', 'bye', '').replace("alias: 'hellobot'", "alias: 'hello'");
    writeFiles(folder, { 'bots/HelloBot.ts': changed });
    const { stdout } = await run('bots/HelloBot.ts');
    expect(stdout).toContain('hello: fires on 1 more, stops on 2, of 4 messages.\n');
    expect(stdout).toContain('  before  what fired at the time\n  after   exact  bye\n');
    writeFiles(folder, { 'bots/HelloBot.ts': helloBot });
  });

  test.each([
    [['helo'], 1, 'There is no handler "helo".'],
    [['helo'], 1, 'Did you mean "hello"?'],
    [
      ['hello', '--match', 'contians'],
      2,
      'It must be one of any, contains, contains:caseless, contains:any,',
    ],
    [['hello', '--match', 'contians'], 2, 'Did you mean "contains"?'],
    [['hello', '--triggers', ' |, '], 2, 'It must have at least one trigger'],
    [['hello', '--match', 'any', '--triggers', 'x'], 2, 'Leave out --triggers'],
    [['reply', '--triggers', 'x'], 2, 'Say what to try: --match METHOD.'],
    [['hello', '--thread', 'Nowhere'], 1, 'There is no group "Nowhere".'],
    [['hello', '--since', 'yesterday'], 2, 'It must be a span of time, like 90s, 15m, 1h30m or 2d.'],
    [['hello', '--samples', '-1'], 2, 'It must be a whole number from 0 to 1000.'],
    [[], 2, "missing required argument 'handler|action'"],
  ])('%j ends with %i: %s', async (words, code, sentence) => {
    const outcome = await run(...words);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(sentence);
  });
});
