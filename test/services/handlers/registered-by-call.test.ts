import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../../src/base/package-file.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { reloadHandlers } from '../../../src/services/handlers/reload-handlers.ts';
import { installPackage } from '../../../src/services/packages/install-package.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { Reloading } from '../../support/reloading.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const echo = exactBot('Echo', 'hi', posting("'echo'"));
const registering = (from: string, name = 'Echo', call = 'registerHandlers') =>
  `import { MessengerBots } from 'messenger-bots';\nimport { ${name} } from '${from}';\nMessengerBots.${call}([${name}]);\n`;
const thePackage = `import { PackagedBot } from 'messenger-bots';
import { Echo } from './echo.ts';
export class Pack extends PackagedBot {
  static override getSettings() { return { alias: 'pack', description: 'Of a testGroup.', name: 'Pack' }; }
  static override installs() { return [Echo]; }
}`;
const inConfig = (text: string, isolation = 'none') =>
  `${text}\nexport default { bots: { enabled: true, isolation: '${isolation}', memory: 64, concurrency: 1 } };`;

async function open(files: Record<string, string>): Promise<TestGroup> {
  const folder = temporaryFolder();
  writeFiles(folder, { 'messenger.config.ts': inConfig(''), ...files });
  return TestGroup.in(folder, 'Lounge');
}

describe('what is registered by a call is a handler like one that is exported', () => {
  test.each<[string, Record<string, string>]>([
    [
      'in a file that exports nothing',
      { 'lib/echo.ts': echo, 'bots/setup.ts': registering('../lib/echo.ts') },
    ],
    [
      'in a helper',
      {
        'lib/echo.ts': echo,
        'lib/setup.ts': registering('./echo.ts'),
        'bots/a.ts': "import '../lib/setup.ts';",
      },
    ],
    [
      'in a file and a helper of it below bots/',
      { 'lib/echo.ts': echo, 'bots/a.ts': "import './b.ts';", 'bots/b.ts': registering('../lib/echo.ts') },
    ],
    [
      'in two files',
      {
        'lib/echo.ts': echo,
        'bots/a.ts': registering('../lib/echo.ts'),
        'bots/b.ts': registering('../lib/echo.ts'),
      },
    ],
    ['and exported by another file', { 'bots/echo.ts': echo, 'bots/index.ts': registering('./echo.ts') }],
    ['and exported by the same file', { 'bots/echo.ts': `${echo}\nMessengerBots.registerHandlers([Echo]);` }],
    [
      'in the file itself, which does not export it',
      { 'bots/echo.ts': `${echo.replace('export class', 'class')}\nMessengerBots.registerHandlers([Echo]);` },
    ],
    [
      'in the configuration',
      { 'lib/echo.ts': echo, 'messenger.config.ts': inConfig(registering('./lib/echo.ts')) },
    ],
    [
      'in the configuration, of a file below bots/',
      { 'bots/echo.ts': echo, 'messenger.config.ts': inConfig(registering('./bots/echo.ts')) },
    ],
    [
      'in the configuration, which defines it',
      {
        'messenger.config.ts': inConfig(
          `${echo.replace('export class', 'class')}\nMessengerBots.registerHandlers([Echo]);`,
        ),
      },
    ],
    [
      'by a package',
      {
        'lib/echo.ts': echo,
        'lib/pack.ts': thePackage,
        'bots/setup.ts': registering('../lib/pack.ts', 'Pack', 'registerPackagedBots'),
      },
    ],
  ])('%s', async (_, files) => {
    const testGroup = await open(files);
    expect(testGroup.app.catalogue.problems).toEqual([]);
    expect(testGroup.app.catalogue.registered().map(({ alias }) => alias)).toEqual(['echo']);
    await testGroup.attach('echo');
    expect(await testGroup.say('Ada', 'hi')).toEqual(['echo']);
    await testGroup.restart();
    expect(await testGroup.say('Ada', 'hi')).toEqual(['echo']);
  });

  test('of a package from npm', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'messenger.config.ts': inConfig('', 'thread'),
      'node_modules/some-bots/package.json':
        '{ "name": "some-bots", "version": "1.0.0", "type": "module", "main": "index.js" }',
      'node_modules/some-bots/index.js': `import { BotActionHandler } from 'messenger-bots';
        export class Echo extends BotActionHandler {
          static getSettings() { return { alias: 'echo', description: 'Of npm.', name: 'Echo', triggers: ['hi'], match: 'exact' }; }
          async handle() { await this.composer().message('from npm'); }
        }`,
      'bots/index.ts': registering('some-bots'),
    });
    mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
    symlinkSync(packageFile('.'), path.join(folder, 'node_modules', 'messenger-bots'));
    const testGroup = await TestGroup.in(folder, 'Lounge');
    expect(testGroup.app.catalogue.problems).toEqual([]);
    await testGroup.attach('echo');
    expect(await testGroup.say('Ada', 'hi')).toEqual(['from npm']);
  });

  test('a packaged bot can be installed', async () => {
    const testGroup = await open({
      'lib/echo.ts': echo,
      'lib/pack.ts': thePackage,
      'bots/setup.ts': registering('../lib/pack.ts', 'Pack', 'registerPackagedBots'),
    });
    await installPackage(testGroup.app, {
      thread: testGroup.thread,
      user: await testGroup.person('Ada'),
      name: 'pack',
    });
    expect(await testGroup.say('Ada', 'hi')).toEqual(['echo']);
  });

  test('it is live once it is saved, and gone with its call', async () => {
    const testGroup = await open({ 'lib/echo.ts': echo, 'bots/setup.ts': registering('../lib/echo.ts') });
    const reloading = new Reloading(testGroup);
    await testGroup.attach('echo');
    await reloading.reload({
      'lib/echo.ts': echo.replace("'echo'", "'echo'").replace("String('echo')", "String('new')"),
    });
    expect(await reloading.say()).toEqual(['new']);
    await reloading.reload({ 'bots/setup.ts': 'export {};' });
    expect([testGroup.app.catalogue.find('echo'), testGroup.app.catalogue.problems]).toEqual([undefined, []]);
  });

  test('in the configuration too', async () => {
    const testGroup = await open({ 'lib/echo.ts': echo });
    const reloading = new Reloading(testGroup);
    const save = async (text: string) => {
      const changed = reloading.save({ 'messenger.config.ts': inConfig(text) });
      testGroup.app.reconfigure(await loadConfig(testGroup.workspace));
      await reloadHandlers(testGroup.app, changed);
    };
    await save(registering('./lib/echo.ts'));
    await testGroup.attach('echo');
    expect(await reloading.say()).toEqual(['echo']);
    await save('');
    expect(testGroup.app.catalogue.find('echo')).toBeUndefined();
  });

  test('two of one alias are told with both files', async () => {
    const other = echo.replaceAll('Echo', 'Other').replace("'other'", "'echo'");
    const testGroup = await open({
      'lib/echo.ts': echo,
      'lib/other.ts': other,
      'bots/a.ts': registering('../lib/echo.ts'),
      'bots/b.ts': registering('../lib/other.ts', 'Other'),
    });
    expect(testGroup.app.catalogue.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Two handlers have the alias "echo": bots\/a\.ts and bots\/b\.ts\./),
    ]);
  });
});

test.each([
  ['a handler that runs', 'MessengerBots.registerHandlers([]);', 'REGISTERED_TOO_LATE'],
  ['a handler that switches authorize() off', 'MessengerBots.shouldAuthorize(false);', 'OUTSIDE_REQUEST'],
])('%s is told at the call', async (_, statement, code) => {
  const testGroup = await open({ 'bots/act.ts': exactBot('Act', 'hi', statement) });
  await testGroup.attach('act');
  const failures = testGroup.collect('BotActionFailed');
  await testGroup.watch('Ada', 'hi');
  expect(failures.map(({ error }) => [error.code, error.stack?.split('\n')[0]])).toEqual([
    [code, expect.stringContaining('bots/act.ts:11')],
  ]);
});

const settings = "static getSettings() { return { alias: 'a', description: 'b', name: 'c' }; }";
test.each([
  [
    'a class that extends nothing',
    `export class Act { ${settings} handle() {} }`,
    /^FILE: the class Act does not extend BotActionHandler\. It was not registered/,
  ],
  [
    'a package that extends nothing',
    `export class Act { ${settings} static installs() { return []; } }`,
    /^FILE: the class Act does not extend PackagedBot\./,
  ],
  [
    'a class of another copy',
    `class BotActionHandler {}\nexport class Act extends BotActionHandler { ${settings} handle() {} }`,
    /^FILE: the class Act extends the BotActionHandler of a different copy/,
  ],
  [
    'an object',
    'export default { getSettings() { return {}; }, handle() {} };',
    /^FILE: "default" is an object and not a class\./,
  ],
  [
    'an object made of a handler',
    `import { BotActionHandler } from 'messenger-bots';\nclass Act extends BotActionHandler { ${settings} handle() {} }\nexport const act = new Act();`,
    /^FILE: "act" is an object and not a class\./,
  ],
  [
    'what is registered and is none',
    "import { MessengerBots } from 'messenger-bots';\nMessengerBots.registerHandlers([undefined as never]);",
    /^FILE: MessengerBots\.registerHandlers\(\): "what was given" is an object and not a class\./,
  ],
  [
    'no list',
    "import { MessengerBots } from 'messenger-bots';\nMessengerBots.registerHandlers(undefined as never);",
    /^FILE: MessengerBots\.registerHandlers\(\): /,
  ],
  [
    'a standard decorator',
    'const log = (value: unknown, _context: unknown) => value;\n\nexport class Act { @log run() {} }',
    /^FILE:3: the decorator in line 3 would not be called/,
  ],
])('%s is told, and not passed over', async (_, text, sentence) => {
  const testGroup = await open({ 'bots/act.ts': text });
  const sentences = testGroup.app.catalogue.problems.map(({ message }) =>
    message.replace('bots/act.ts', 'FILE'),
  );
  expect(sentences).toEqual([expect.stringMatching(sentence)]);
});

test('old decorators work where tsconfig.json asks for them', async () => {
  const decorated = `function name(value: unknown, field: string, descriptor: PropertyDescriptor) { descriptor.value = async function () { await this.composer().message(field); }; }
    ${exactBot('Act', 'hi', '').replace('async handle', '@name async handle')}`;
  const testGroup = await open({
    'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
    'bots/act.ts': decorated,
  });
  await testGroup.attach('act');
  expect(await testGroup.say('Ada', 'hi')).toEqual(['handle']);
});

test.each([
  [
    'process.exit(3)',
    'process.exit(3);',
    /messenger\.config\.ts cannot be used: it calls process\.exit\(3\), which would end messenger itself/,
  ],
  [
    'process.exit() that it hides',
    'try { process.exit(); } catch {}',
    /messenger\.config\.ts cannot be used: it calls process\.exit\(\)/,
  ],
  ['process.abort()', 'process.abort();', /it calls process\.abort\(\)/],
  [
    'shouldAuthorize()',
    "import { MessengerBots } from 'messenger-bots';\nMessengerBots.shouldAuthorize(false);",
    /has no effect in a configuration while it is loaded/,
  ],
  [
    'a standard decorator',
    'const log = (value: unknown) => value;\nclass A { @log run() {} }',
    /the decorator in line 2 would not be called/,
  ],
])('%s in a configuration is told', async (_, text, sentence) => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'messenger.config.ts': inConfig(text) });
  await expect(TestGroup.in(folder, 'Lounge')).rejects.toThrow(sentence);
});
