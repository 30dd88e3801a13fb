import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { configFile, findWorkspace, handlerFiles } from '../../src/config/workspace.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

const config = 'export default {};';

describe('findWorkspace', () => {
  test.each([
    ['', 'the folder with the configuration itself'],
    ['bots', 'its bots'],
    ['bots/fun/deep', 'a folder far below'],
    ['.messenger', 'its data'],
  ])('from %j finds the configuration: it is %s', (below) => {
    const { folder } = makeWorkspace({ 'messenger.config.ts': config });
    const start = path.join(folder, below);
    mkdirSync(start, { recursive: true });
    expect(findWorkspace(start).folder).toBe(folder);
  });

  test.each([
    ...['ts', 'js', 'mjs', 'mts', 'cts', 'cjs', 'json', 'yaml'].map((ending) => `messenger.config.${ending}`),
    '.messenger/messenger.sqlite',
    'bots/HelloBot.ts',
  ])('%s makes a folder a workspace', (name) => {
    const folder = temporaryFolder();
    writeFiles(folder, { [name]: config, 'inner/deep/x': '' });
    expect(findWorkspace(path.join(folder, 'inner', 'deep')).folder).toBe(folder);
  });

  test('of two configurations the nearer one counts', () => {
    const { folder } = makeWorkspace({
      'messenger.config.ts': config,
      'inner/messenger.config.mjs': config,
      'inner/bots/HelloBot.ts': '',
    });
    const inner = path.join(folder, 'inner');
    expect(findWorkspace(path.join(inner, 'bots')).folder).toBe(inner);
    expect(findWorkspace(folder).folder).toBe(folder);
  });

  test.each(['tsconfig.json', 'config.ts', 'bots', '.messenger', 'messenger.config.ts.bak', 'robots/x.ts'])(
    'a file %s makes none: the folder itself is the workspace',
    (name) => {
      const folder = temporaryFolder();
      writeFiles(folder, { [name]: '', 'inner/x': '' });
      const inner = path.join(folder, 'inner');
      expect(findWorkspace(inner).folder).toBe(inner);
    },
  );

  test.each([
    ['a folder of version control', '.git/HEAD'],
    ['a work tree of it', '.git'],
  ])('above %s nothing is looked for, in it there is', (_, name) => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/HelloBot.ts': '', [`inner/${name}`]: '', 'inner/deep/x': '' });
    const inner = path.join(folder, 'inner');
    const deep = path.join(inner, 'deep');
    expect([findWorkspace(inner).folder, findWorkspace(deep).folder]).toEqual([inner, deep]);
    writeFiles(inner, { 'bots/HelloBot.ts': '' });
    expect(findWorkspace(deep).folder).toBe(inner);
  });

  test('above the home folder nothing is looked for, in it there is', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/HelloBot.ts': '', 'home/deep/x': '' });
    const deep = path.join(folder, 'home', 'deep');
    vi.stubEnv('HOME', path.join(folder, 'home'));
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(findWorkspace(deep).folder).toBe(deep);
    writeFiles(folder, { 'home/bots/HelloBot.ts': '' });
    expect(findWorkspace(deep).folder).toBe(path.join(folder, 'home'));
  });

  test('what lies in a folder where everybody puts files is not taken for a workspace', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'messenger.config.ts': config, 'inner/x': '' });
    chmodSync(folder, 0o1777);
    const inner = path.join(folder, 'inner');
    expect([findWorkspace(inner).folder, findWorkspace(folder).folder]).toEqual([inner, folder]);
  });

  test('everything of a workspace is below its folder', () => {
    const { folder, ...rest } = findWorkspace(makeWorkspace().folder);
    expect(rest).toMatchObject({
      bots: path.join(folder, 'bots'),
      data: path.join(folder, '.messenger'),
      database: path.join(folder, '.messenger', 'messenger.sqlite'),
    });
    expect(Object.values(rest).filter((file) => !file.startsWith(`${folder}${path.sep}`))).toEqual([]);
  });
});

describe('configFile', () => {
  test.each([
    [[], undefined],
    [['messenger.config.mjs'], 'messenger.config.mjs'],
    [['messenger.config.mjs', 'messenger.config.js'], 'messenger.config.js'],
    [['messenger.config.mjs', 'messenger.config.js', 'messenger.config.ts'], 'messenger.config.ts'],
    [['messenger.config.json', 'config.ts', 'bots/messenger.config.ts'], undefined],
  ])('of %j is %s', (names, expected) => {
    const workspace = makeWorkspace(Object.fromEntries(names.map((name) => [name, config])));
    const found = configFile(workspace);
    expect(found && path.relative(workspace.folder, found)).toBe(expected);
  });
});

describe('handlerFiles', () => {
  test.each([
    ['HelloBot.ts', true],
    ['HelloBot.js', true],
    ['HelloBot.mts', true],
    ['HelloBot.mjs', true],
    ['HelloBot.cts', true],
    ['HelloBot.cjs', true],
    ['fun/deep/HelloBot.ts', true],
    ['with blank/Ünï 👋.ts', true],
    ['my.bot.ts', true],
    ['d.ts', true],
    ['test.ts', true],
    ['HelloBot.d.ts', false],
    ['HelloBot.d.mts', false],
    ['HelloBot.test.ts', false],
    ['HelloBot.spec.js', false],
    ['HelloBot.test.mjs', false],
    ['HelloBot.tsx', false],
    ['HelloBot.json', false],
    ['HelloBot.ts.bak', false],
    ['README.md', false],
    ['node_modules/some/index.js', false],
    ['fun/node_modules/some/index.js', false],
    ['not_node_modules/HelloBot.ts', true],
  ])('%s is one: %s', (name, expected) => {
    const workspace = makeWorkspace({ [`bots/${name}`]: '' });
    const file = path.join(workspace.bots, ...name.split('/'));
    expect(handlerFiles(workspace)).toEqual(expected ? [file] : []);
  });

  test('a folder is none, however it is called', () => {
    const workspace = makeWorkspace({ 'bots/old.ts/HelloBot.ts': '' });
    expect(handlerFiles(workspace)).toEqual([path.join(workspace.bots, 'old.ts', 'HelloBot.ts')]);
  });

  test.each([
    ['that leads back', 'loop', '..'],
    ['that leads back and is called like a handler', 'loop.ts', '..'],
    ['to itself', 'self', 'self'],
    ['to a folder elsewhere', 'elsewhere', '../../elsewhere'],
    ['to a folder above', 'above', '../..'],
  ])('a link %s is not followed', (_, link, target) => {
    const workspace = makeWorkspace({ 'bots/fun/HelloBot.ts': '', 'elsewhere/OtherBot.ts': '' });
    symlinkSync(target, path.join(workspace.bots, 'fun', link));
    expect(handlerFiles(workspace)).toEqual([path.join(workspace.bots, 'fun', 'HelloBot.ts')]);
  });

  test('a link to a file is one, and bots/ itself may be a link', () => {
    const workspace = findWorkspace(temporaryFolder());
    writeFiles(workspace.folder, { 'real/HelloBot.ts': '', 'other/OtherBot.ts': '' });
    symlinkSync('../other/OtherBot.ts', path.join(workspace.folder, 'real', 'Linked.ts'));
    symlinkSync('real', workspace.bots);
    const found = handlerFiles(workspace).map((file) => path.relative(workspace.folder, file));
    expect(found).toEqual(['bots/HelloBot.ts', 'bots/Linked.ts'].map(path.normalize));
  });

  test('they come in the order of their names', () => {
    const names = ['b.ts', 'a/z.ts', 'B.ts', 'a.ts', 'a/b/c.js'];
    const workspace = makeWorkspace(Object.fromEntries(names.map((name) => [`bots/${name}`, ''])));
    const found = handlerFiles(workspace).map((file) => path.relative(workspace.bots, file));
    expect(found).toEqual(['B.ts', 'a.ts', 'a/b/c.js', 'a/z.ts', 'b.ts'].map(path.normalize));
  });

  test('files outside of bots/ are none', () => {
    const workspace = makeWorkspace({ 'HelloBot.ts': '', 'src/HelloBot.ts': '', 'bots2/HelloBot.ts': '' });
    expect(handlerFiles(workspace)).toEqual([]);
  });

  test('a workspace without bots/ has none', () => {
    expect(handlerFiles(findWorkspace(path.join(makeWorkspace().folder, 'nowhere')))).toEqual([]);
  });
});
