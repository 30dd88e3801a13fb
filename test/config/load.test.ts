import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineConfig } from '../../src/config/define-config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { makeWorkspace } from '../support/workspace.ts';

const defaults = {
  enabled: false,
  timeout: 30_000,
  memory: 256,
  concurrency: 8,
  subscriber: { enabled: true, queued: true, channel: 'messenger-bots' },
  isolation: 'thread',
  environment: [],
};

/** The configuration of a workspace with these files, as somebody with this environment sees it. */
const load = (files: Record<string, string>, environment: NodeJS.ProcessEnv = {}) =>
  loadConfig(makeWorkspace(files), environment);
const loadText = (text: string, environment: NodeJS.ProcessEnv = {}) =>
  load({ 'messenger.config.ts': text }, environment);

describe('a configuration', () => {
  test('that nobody wrote has every default', async () => {
    expect(await load({})).toMatchObject({ bots: defaults });
  });

  test.each([
    ['with nothing in it', 'export default {};', {}],
    ['with an empty part', 'export default { bots: {} };', {}],
    ['with one setting', 'export default { bots: { timeout: 10_000 } };', { timeout: 10_000 }],
    [
      'that is typed',
      "import { defineConfig } from 'messenger-bots';\nexport default defineConfig({ bots: { enabled: true } });",
      { enabled: true },
    ],
    [
      'that works with TypeScript',
      'enum Size { small = 16 }\nconst bots: { memory: number } = { memory: Size.small };\nexport default { bots } satisfies object;',
      { memory: 16 },
    ],
    [
      'that waits for something',
      "import { readFile } from 'node:fs/promises';\nconst text = await readFile(import.meta.filename, 'utf8');\nexport default { bots: { timeout: text.length > 0 ? 7 : 8 } };",
      { timeout: 7 },
    ],
  ])('%s has a default for whatever is left out', async (_, text, expected) => {
    expect((await loadText(text)).bots).toMatchObject({ ...defaults, ...expected });
  });

  test.each(['ts', 'js', 'mjs', 'mts', 'cts', 'cjs'].map((ending) => `messenger.config.${ending}`))(
    'is read from %s',
    async (name) => {
      const { bots } = await load({ [name]: 'export default { bots: { concurrency: 3 } };' });
      expect(bots.concurrency).toBe(3);
    },
  );

  test('may import whatever handlers may', async () => {
    const text = "import { fetchWithin, MessengerBots } from 'messenger-bots';\n";
    const matches = 'MessengerBots.getMatchMethods().length';
    const { bots } = await loadText(
      `${text}export default { bots: { concurrency: ${matches}, enabled: typeof fetchWithin === 'function' } };`,
    );
    expect(bots).toMatchObject({ concurrency: 9, enabled: true });
  });

  test('may be CommonJS', async () => {
    const { bots } = await load({ 'messenger.config.js': 'module.exports = { bots: { concurrency: 3 } };' });
    expect(bots.concurrency).toBe(3);
  });

  test.each(['messenger.config.js', 'messenger.config.cjs', 'messenger.config.cts'])(
    'may be CommonJS with what it requires: %s, in a package of that type',
    async (name) => {
      const { bots } = await load({
        'package.json': '{ "type": "commonjs" }',
        'limits.cjs': 'module.exports = { concurrency: 4 };',
        [name]: "const bots = require('./limits.cjs');\nmodule.exports = { bots };",
      });
      expect(bots.concurrency).toBe(4);
    },
  );

  test.each(['json', 'yaml', 'yml', 'toml', 'tsx'])(
    'is not read from .%s, and that is said',
    async (ending) => {
      const loading = load({ [`messenger.config.${ending}`]: '{}' });
      await expect(loading).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
      await expect(loading).rejects.toThrow(
        `messenger.config.${ending} cannot be used: files of the type ".${ending}" are not read. Name it messenger.config.ts`,
      );
    },
  );

  test('may be made of several files', async () => {
    const { bots } = await load({
      'messenger.config.ts': "import { limits } from './limits.ts';\nexport default { bots: limits };",
      'limits.ts': 'export const limits = { timeout: 5 };',
    });
    expect(bots.timeout).toBe(5);
  });

  test.each([
    ['an unknown part', 'export default { bot: {} };', /no setting "bot"\. Did you mean "bots"\?/],
    [
      'an unknown setting',
      'export default { bots: { timout: 5 } };',
      /"bots\.timout"\. Did you mean "timeout"\?/,
    ],
    [
      'an unknown setting far inside',
      'export default { http: { rateLimits: { mesage: 5 } }, bots: { subscriber: { que: true } } };',
      /"bots\.subscriber\.que"; there is no setting "http\.rateLimits\.mesage"\. Did you mean "message"\?/,
    ],
    [
      'a setting like none',
      'export default { xyzzy: 1 };',
      /there is no setting "xyzzy"\. Nothing was changed/,
    ],
    ['a text for a number', "export default { bots: { timeout: '5' } };", /bots\.timeout/],
    ['a number out of range', 'export default { bots: { concurrency: 65 } };', /64.*bots\.concurrency/s],
    ['a piece of a millisecond', 'export default { bots: { timeout: 0.5 } };', /bots\.timeout/],
    [
      'several errors',
      'export default { bots: { memory: 1, timeout: 0 } };',
      /memory.*timeout|timeout.*memory/s,
    ],
    ['no object', 'export default 42;', /: it must export an object by default, and exports a number\. Noth/],
    ['nothing', 'export default null;', /: it must export an object by default, and exports null\. Nothing/],
    ['a list', 'export default [];', /: it must export an object by default, and exports a list\. Nothing/],
    [
      'a function',
      'export default () => ({});',
      /: it must export an object by default, and exports a function/,
    ],
    ['no default export', 'export const bots = {};\nexport const other = {};', /other/],
    ['a syntax error', 'export default {{;', /./],
    ['an error of its own', "throw new Error('No settings today');\nexport default {};", /No settings today/],
    ['an import of nothing', "import './nowhere.ts';\nexport default {};", /nowhere/],
  ])('with %s is refused: %j', async (_, text, problem) => {
    const workspace = makeWorkspace({ 'messenger.config.ts': text });
    const loading = loadConfig(workspace, {});
    await expect(loading).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(loading).rejects.toThrow(path.join(workspace.folder, 'messenger.config.ts'));
    await expect(loading).rejects.toThrow(problem);
  });
});

describe('MESSENGER_BOTS_ENABLED', () => {
  test.each([
    ['1', true],
    ['true', true],
    ['TRUE', true],
    ['on', true],
    ['Yes', true],
    ['0', false],
    ['false', false],
    ['off', false],
    ['no', false],
  ])('%s stands over the file: bots are enabled: %s', async (value, expected) => {
    for (const written of [true, false]) {
      const text = `export default { bots: { enabled: ${written}, timeout: 5 } };`;
      const { bots } = await loadText(text, { MESSENGER_BOTS_ENABLED: value });
      expect(bots).toMatchObject({ ...defaults, timeout: 5, enabled: expected });
    }
  });

  test.each([
    {},
    { MESSENGER_BOTS_ENABLED: '' },
    { MESSENGER_BOTS_ENABLED: undefined },
    { BOTS_ENABLED: '0' },
  ])('as in %j says nothing: the file counts', async (environment) => {
    const { bots } = await loadText('export default { bots: { enabled: true } };', environment);
    expect(bots.enabled).toBe(true);
  });

  test('is looked for in the environment of the process', async () => {
    const before = process.env.MESSENGER_BOTS_ENABLED;
    process.env.MESSENGER_BOTS_ENABLED = 'true';
    try {
      expect((await loadConfig(makeWorkspace())).bots.enabled).toBe(true);
    } finally {
      if (before === undefined) delete process.env.MESSENGER_BOTS_ENABLED;
      else process.env.MESSENGER_BOTS_ENABLED = before;
    }
  });
});

test('defineConfig gives back what it is given', () => {
  const config = { bots: { timeout: 5 } };
  expect(defineConfig(config)).toBe(config);
});

describe('listeners and the schedule', () => {
  test('are taken as they are written', async () => {
    const text = `export default {
      listeners: { BotActionFailed: () => 'heard' },
      schedule: { 'purge:bots': '0 6 * * *' },
    };`;
    const { listeners, schedule } = await loadText(text);
    expect(Object.keys(listeners)).toEqual(['BotActionFailed']);
    expect(schedule).toEqual({ 'purge:bots': '0 6 * * *' });
  });

  test.each([
    [
      'listeners: { BotActionFaild: () => {} }',
      'there is no event "BotActionFaild". Did you mean "BotActionFailed"?',
    ],
    ['listeners: { NewBot: 1 }', '"NewBot" must be a function'],
    ['listeners: []', 'must be an object like { BotActionFailed: (event) => … }'],
    ["schedule: { 'purge:bots': 'at six' }", '"at six" is not a cron pattern'],
    ["schedule: { simulate: '0 6 * * *' }", '"simulate" cannot be scheduled'],
  ])('%s is refused with a sentence', async (text, sentence) => {
    await expect(loadText(`export default { ${text} };`)).rejects.toThrow(sentence);
  });
});
