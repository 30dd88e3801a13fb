import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { type Finding, lintRules } from '../../src/services/linting/finding.ts';
import { botSource, exactBot } from '../support/bot-source.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

type Found = Pick<Finding, 'rule' | 'severity' | 'handler' | 'file' | 'line' | 'message' | 'witness'>;

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return folder;
}

async function findings(folder: string): Promise<{ code: number | null; found: Found[] }> {
  const { code, stdout } = await messenger(folder, ['lint', '--json']);
  return { code, found: JSON.parse(stdout).findings };
}

const listening = (name: string, settings: string): Record<string, string> => ({
  [`bots/${name}.ts`]: botSource(name, '', { settings }),
});

/** A package that installs ReplyBot with these parameters. */
const packageWith = (parameters: string): Record<string, string> => ({
  'bots/ReplyBot.ts': replyBot,
  'bots/HelpPackage.ts': `
import { PackagedBot } from 'messenger-bots';
import { ReplyBot } from './ReplyBot.js';

export default class HelpPackage extends PackagedBot {
  static override getSettings() {
    return { alias: 'help_package', description: 'Greets and helps.', name: 'Helper' };
  }

  static override installs() {
    return [[ReplyBot, [${parameters}]]];
  }
}
`,
});

const help = `match: 'exact', triggers: ['help'], replies: ['yes']`;

type Expected = Partial<Found> & Pick<Found, 'rule' | 'witness'>;

describe('each rule', () => {
  test.each<[string, Record<string, string>, Expected]>([
    [
      'the same trigger twice',
      listening('Act', "triggers: ['HI', 'hi'], match: 'exact:caseless'"),
      { rule: 'duplicate-trigger', witness: 'hi', handler: 'act', file: 'bots/Act.ts', line: 6 },
    ],
    [
      'a trigger behind another',
      listening('Act', "triggers: ['hi', 'hi all'], match: 'contains'"),
      { rule: 'shadowed-trigger', witness: 'hi all', handler: 'act', line: 6 },
    ],
    [
      'a trigger that is split',
      listening('Act', "triggers: ['oh, hi'], match: 'exact'"),
      { rule: 'split-trigger', witness: 'oh, hi', handler: 'act', line: 6 },
    ],
    [
      'a trigger that nobody sees',
      listening('Act', "triggers: ['hi', '\\u200b'], match: 'exact'"),
      { rule: 'invisible-trigger', witness: '\u200b', handler: 'act' },
    ],
    [
      'a trigger that is longer than a message',
      {
        ...listening('Act', "triggers: ['good morning'], match: 'exact'"),
        'messenger.config.mjs': 'export default { messages: { sizeLimit: 4 } };',
      },
      { rule: 'long-trigger', witness: 'good', handler: 'act' },
    ],
    [
      'any',
      listening('Act', "match: 'any'"),
      { rule: 'flood', witness: 'Good morning everyone', handler: 'act', severity: 'warning' },
    ],
    [
      'one letter',
      listening('Act', "triggers: ['z'], match: 'contains:any'"),
      { rule: 'flood', witness: 'The quick brown fox jumps over the lazy dog.' },
    ],
    [
      'two that answer',
      { 'bots/A.ts': exactBot('Ada', 'hi', ''), 'bots/B.ts': exactBot('Bob', 'hi', '') },
      { rule: 'both-answer', witness: 'hi', handler: 'bob', file: 'bots/B.ts', severity: 'warning' },
    ],
    [
      'one alias for two handlers',
      {
        'bots/A.ts': botSource('Act', '', { settings: "triggers: ['hi'], match: 'contains'" }),
        'bots/B.ts': botSource('Act', '', { settings: "triggers: ['hi you', 'ho'], match: 'exact'" }).replace(
          'class Act',
          'class Bct',
        ),
      },
      { rule: 'alias-taken', witness: 'ho', handler: 'act', file: 'bots/B.ts', line: 6 },
    ],
    [
      'a file that does not load',
      { 'bots/Act.ts': 'export default class {{' },
      { rule: 'file-broken', witness: null, handler: null, file: 'bots/Act.ts', line: 1 },
    ],
    [
      'a file with a blank in its name that does not load',
      { 'bots/My Act.ts': 'export default class {{' },
      {
        rule: 'file-broken',
        witness: null,
        file: 'bots/My Act.ts',
        line: 1,
        message: expect.not.stringContaining('bots/'),
      },
    ],
    [
      'settings that are wrong',
      listening('Act', "match: 'exactly'"),
      { rule: 'file-broken', witness: null, file: 'bots/Act.ts' },
    ],
    [
      'parameters that a handler rejects',
      packageWith(`{ ${help} }, { match: 'exact', triggers: ['what'] }`),
      { rule: 'install-fails', witness: 'what', handler: 'reply', file: 'bots/HelpPackage.ts', line: 10 },
    ],
    [
      'a package with a trigger that is split',
      packageWith(`{ match: 'exact', triggers: ['oh, hi'], replies: ['yes'] }`),
      { rule: 'split-trigger', witness: 'oh, hi', handler: 'reply', file: 'bots/HelpPackage.ts', line: 10 },
    ],
    [
      'a package whose triggers are not asked for',
      {
        ...packageWith(`{ triggers: ['oh, hi'], replies: ['yes'] }, { replies: [] }`),
        'bots/ReplyBot.ts': replyBot.replace(
          "alias: 'reply',",
          "alias: 'reply', triggers: ['hi'], match: 'exact',",
        ),
      },
      { rule: 'install-fails', witness: 'hi', handler: 'reply' },
    ],
    [
      'a package with two that answer',
      packageWith(`{ ${help} }, { ${help} }`),
      { rule: 'both-answer', witness: 'help', handler: 'reply', file: 'bots/HelpPackage.ts' },
    ],
    [
      'a key that is missing',
      {
        'bots/Act.ts': exactBot('Act', 'hi', '', {
          members: "static override environment = ['NO_SUCH_KEY'];",
        }),
      },
      { rule: 'key-missing', witness: 'hi', handler: 'act', file: 'bots/Act.ts' },
    ],
  ])('%s', async (_, files, expected) => {
    const { code, found } = await findings(folderWith(files));
    expect(found.map(({ line }) => line)).not.toContain(0);
    expect(found).toEqual([expect.objectContaining({ severity: lintRules[expected.rule], ...expected })]);
    expect(code).toBe(found.some(({ severity }) => severity === 'error') ? 1 : 0);
  });

  test('triggers that are never looked at are found beside the match method that ignores them', async () => {
    const folder = folderWith(listening('Act', "triggers: ['hi'], match: 'any'"));
    const { code, found } = await findings(folder);
    expect(found.map(({ rule, witness }) => [rule, witness])).toEqual([
      ['unused-triggers', 'Good morning everyone'],
      ['flood', 'Good morning everyone'],
    ]);
    expect(code).toBe(1);
  });

  test('is explained in the documentation', () => {
    const text = readFileSync(packageFile('docs/explain.md'), 'utf8');
    const documented = [...text.matchAll(/^\| `([a-z-]+)` +\| (error|warning) /gm)];
    expect(documented.map(([, rule, severity]) => [rule, severity])).toEqual(Object.entries(lintRules));
  });
});

describe('attached actions', () => {
  const attach = (folder: string, ...words: string[]) => messenger(folder, ['attach', ...words]);

  test('without a handler are found, by their alias', async () => {
    const folder = folderWith({ 'bots/Act.ts': exactBot('Act', 'hi', '') });
    await attach(folder, 'act');
    await attach(folder, 'act');
    rmSync(path.join(folder, 'bots', 'Act.ts'));
    const { code, found } = await findings(folder);
    expect([code, found]).toEqual([
      1,
      [expect.objectContaining({ rule: 'handler-gone', handler: 'act', witness: 'hi', file: null })],
    ]);
    expect(found[0]?.message).toContain('2 actions (');
    expect(found[0]?.message).toContain('had the handler "act", which is gone, so');
    writeFiles(folder, { 'bots/Act.ts': 'export default class {{' });
    expect((await findings(folder)).found.map(({ rule, message }) => [rule, message])).toEqual([
      ['file-broken', expect.stringMatching(/^[A-Z].* The file was not loaded; correct it and save\.$/)],
      ['handler-gone', expect.stringContaining('which is gone or in a file that does not load, so')],
    ]);
  });

  test('that answer together are found, with their bots and groups', async () => {
    const folder = folderWith({ 'bots/HelloBot.ts': helloBot, 'bots/ReplyBot.ts': replyBot });
    await attach(folder, 'hello');
    await attach(folder, 'reply', '{"match":"exact","triggers":["hey"],"replies":["yo"]}');
    const { code, found } = await findings(folder);
    expect(code).toBe(0);
    expect(found).toMatchObject([{ rule: 'both-answer', handler: 'reply', witness: 'hey' }]);
    expect(found[0]?.message).toMatch(
      /"hey" fires hello of \w+ in Playground and reply of \w+ in Playground/,
    );
  });

  test('have the findings of their handler once', async () => {
    const folder = folderWith(listening('Act', "triggers: ['hi', 'hi all'], match: 'contains'"));
    await attach(folder, 'act');
    const { found } = await findings(folder);
    expect(found).toMatchObject([{ rule: 'shadowed-trigger', witness: 'hi all' }]);
    expect(found[0]?.message).toMatch(/^act: the trigger "hi all"/);
  });

  test('show what a missing key is for', async () => {
    const keys = "static override environment = ['NO_SUCH_KEY'];";
    const folder = folderWith({
      'bots/ReplyBot.ts': replyBot.replace('override rules', `${keys}\n  override rules`),
    });
    const keyMissing = { rule: 'key-missing', handler: 'reply', file: 'bots/ReplyBot.ts' };
    expect((await findings(folder)).found).toMatchObject([{ ...keyMissing, witness: null }]);
    await attach(folder, 'reply', '{"match":"exact","triggers":["hey"],"replies":["yo"]}');
    expect((await findings(folder)).found).toMatchObject([{ ...keyMissing, witness: 'hey' }]);
  });

  test('that are switched off cannot answer', async () => {
    const folder = folderWith({});
    await attach(folder, 'reply', '{"match":"any","replies":["yo"],"enabled":false}');
    expect((await findings(folder)).found).toEqual([]);
  });

  test('of a ready-made handler are checked, and others of the library are not', async () => {
    const folder = folderWith({});
    await attach(folder, 'reply', '{"match":"any","replies":["yo"]}');
    const { found } = await findings(folder);
    expect(found).toMatchObject([{ rule: 'flood', handler: 'reply', file: null }]);
  });
});

describe('lint', () => {
  test('prints one line for a workspace without problems, and makes nothing', async () => {
    const folder = folderWith({ 'bots/HelloBot.ts': helloBot });
    expect(await messenger(folder, ['lint'])).toMatchObject({
      code: 0,
      stdout: 'No problems in 1 handler and 0 packages.\n',
      stderr: '',
    });
    expect(readdirSync(folder)).toEqual(['bots']);
    expect(JSON.parse((await messenger(folder, ['lint', '--json'])).stdout)).toEqual({
      findings: [],
      errors: 0,
      warnings: 0,
    });
  });

  test('finds nothing wrong with the ready-made handlers and packages', async () => {
    const folder = folderWith({ 'messenger.config.mjs': 'export default { library: true };' });
    const { found } = await findings(folder);
    expect(found.filter(({ rule }) => rule !== 'key-missing')).toEqual([]);
  });

  test('prints where, what, why, what to do and a message', async () => {
    const folder = folderWith(
      listening('Act', "triggers: ['HI', 'hi', 'hi all'], match: 'contains:caseless'"),
    );
    expect(await messenger(folder, ['lint'])).toMatchObject({
      code: 1,
      stdout: `\
bots/Act.ts:6: error: act: the trigger "hi" never fires. With "contains:caseless" it is the same as "HI", which comes first. Remove it. [duplicate-trigger]
  Message: "hi"
bots/Act.ts:6: warning: act: the trigger "hi all" is never the one that fires. Every message that has it also has "HI", which comes first. Remove it, or put it before "HI". [shadowed-trigger]
  Message: "hi all"
1 error, 1 warning in 1 handler and 0 packages.
`,
    });
  });

  test.each([
    [[], 0],
    [['--max-warnings', '0'], 1],
    [['--max-warnings', '1'], 0],
    [['--max-warnings', '-1'], 2],
    [['--max-warnings', 'none'], 2],
  ])('%j with one warning ends with %i', async (words, code) => {
    const folder = folderWith(listening('Act', "match: 'any'"));
    expect((await messenger(folder, ['lint', ...words])).code).toBe(code);
  });
});
