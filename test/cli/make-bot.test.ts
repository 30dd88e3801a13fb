import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { messenger, outcome } from '../support/messenger.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const complete = ['cooldown=0', 'admin_only=false', 'enabled=true'];
const fileOf = (folder: string, name: string) => path.join(folder, 'bots', `${name}.ts`);

const options = {
  strict: true,
  noImplicitOverride: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  target: 'es2023',
  module: 'nodenext',
  types: [],
  noEmit: true,
};

/** What the compiler, as strict as an author may want it, says of `bots/` where the package is installed. */
async function typeErrors(folder: string, types: string[] = []): Promise<string> {
  const modules = path.join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const [name, target] of [
    ['messenger-bots', '.'],
    ['zod', 'node_modules/zod'],
  ] as const) {
    if (!existsSync(path.join(modules, name))) symlinkSync(packageFile(target), path.join(modules, name));
  }
  const settings = JSON.stringify({ compilerOptions: { ...options, types }, include: ['bots'] });
  writeFiles(folder, { 'tsconfig.json': settings, 'package.json': '{"type":"module"}' });
  const compiler = spawn(process.execPath, [packageFile('node_modules/typescript/bin/tsc'), '-p', folder]);
  return (await outcome(compiler)).stdout;
}

describe('make:bot', () => {
  test.each([
    ['HelloBot', 'hello', 'Hello'],
    ['TestBot', 'test', 'Test'],
    ['HelloWorldBot', 'hello_world', 'Hello World'],
    ['HTTPBot', 'http', 'HTTP'],
    ['Weather', 'weather', 'Weather'],
    ['Bot', 'bot', 'Bot'],
  ])('%s has the alias %s and the name %s', async (name, alias, title) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await messenger(folder, ['make:bot', name]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Wrote bots/${name}.ts.\n`);
    const text = readFileSync(fileOf(folder, name), 'utf8');
    expect(text).toContain(`class ${name} extends BotActionHandler`);
    expect(text).toContain(`alias: '${alias}'`);
    expect(text).toContain(`name: '${title}'`);
  });

  test('writes a file that resolves and answers', async () => {
    const folder = temporaryFolder();
    await messenger(folder, ['messenger:make:bot', 'TestBot']);
    const resolved = await messenger(folder, ['test-resolve', 'TestBot', ...complete]);
    const { stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], '!test\n');
    expect(resolved).toMatchObject({ code: 0, stderr: '' });
    expect(stdout).toContain('PlaygroundBot: Hello Ada!');
  });

  test('writes a file that type-checks, as those of the documentation do, and a wrong one does not', async () => {
    const folder = temporaryFolder();
    await messenger(folder, ['make:bot', 'TestBot']);
    const wrongBot = replyBot.replace("getPayload('replies')", "getPayload('reply')");
    writeFiles(folder, {
      'bots/HelloBot.ts': helloBot,
      'bots/ReplyBot.ts': replyBot,
      'bots/WrongBot.ts': wrongBot,
    });
    const errors = (await typeErrors(folder)).split('\n').filter((line) => /^\S/.test(line));
    expect(errors).toEqual([expect.stringMatching(/^\S*WrongBot\.ts\(\d+,\d+\): error TS\d+: .*'"reply"'/)]);
  }, 120_000);

  describe('--test', () => {
    const projects: Array<[string, Record<string, string>, string]> = [
      ['node:test', {}, 'node --import jiti/register --test bots/HelloBot.test.ts'],
      [
        'vitest',
        { 'package.json': '{"type":"module","devDependencies":{"vitest":"^4.0.0"}}' },
        'npx vitest run bots/HelloBot.test.ts',
      ],
    ];

    test.each(projects)('writes a test for %s, and says how to run it', async (runner, files, command) => {
      const folder = temporaryFolder();
      writeFiles(folder, files);
      const { code, stdout } = await messenger(folder, ['make:bot', 'HelloBot', '--test']);
      expect([code, stdout]).toEqual([
        0,
        expect.stringContaining(
          `Wrote bots/HelloBot.ts.\nWrote bots/HelloBot.test.ts.\nRun its test: ${command}\n`,
        ),
      ]);
      expect(readFileSync(fileOf(folder, 'HelloBot.test'), 'utf8')).toContain(`test } from '${runner}';`);
    });

    test('lists both files as JSON', async () => {
      const { stdout } = await messenger(temporaryFolder(), ['make:bot', 'HelloBot', '--test', '--json']);
      expect(JSON.parse(stdout)).toEqual({
        class: 'HelloBot',
        alias: 'hello',
        files: ['bots/HelloBot.ts', 'bots/HelloBot.test.ts'],
        test_command: 'node --import jiti/register --test bots/HelloBot.test.ts',
      });
    });

    test.each(['HelloBot', 'HelloBot.test'])('writes nothing where bots/%s.ts is there', async (name) => {
      const folder = temporaryFolder();
      writeFiles(folder, { [`bots/${name}.ts`]: '// mine' });
      const { code, stdout, stderr } = await messenger(folder, ['make:bot', 'HelloBot', '--test']);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(`bots/${name}.ts already exists and was not changed.`);
      expect(readdirSync(path.join(folder, 'bots'))).toEqual([`${name}.ts`]);
    });

    test('leaves no handler behind whose test could not be written', async () => {
      const folder = temporaryFolder();
      mkdirSync(path.join(folder, 'bots', 'HelloBot.test.ts'), { recursive: true });
      const { code } = await messenger(folder, ['make:bot', 'HelloBot', '--test', '--force']);
      expect([code, readdirSync(path.join(folder, 'bots'))]).toEqual([1, ['HelloBot.test.ts']]);
    });

    test('writes a test that type-checks', async () => {
      const folder = temporaryFolder();
      await messenger(folder, ['make:bot', 'HelloBot', '--test']);
      const modules = path.join(folder, 'node_modules');
      mkdirSync(path.join(modules, '@types'), { recursive: true });
      symlinkSync(packageFile('node_modules/@types/node'), path.join(modules, '@types', 'node'));
      expect(await typeErrors(folder, ['node'])).toBe('');
    }, 120_000);
  });

  test('leaves a file that is there as it is, and overwrites it only with --force', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/HelloBot.ts': 'mine' });
    const refused = await messenger(folder, ['make:bot', 'HelloBot']);
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Error: bots/HelloBot.ts already exists and was not changed. Use --force to overwrite it.\n',
    });
    expect(readFileSync(fileOf(folder, 'HelloBot'), 'utf8')).toBe('mine');
    expect(await messenger(folder, ['make:bot', 'HelloBot', '--force'])).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(readFileSync(fileOf(folder, 'HelloBot'), 'utf8')).toContain('class HelloBot');
  });

  test('finds the workspace from a folder inside it', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'messenger.config.mjs': 'export default {};' });
    mkdirSync(path.join(folder, 'docs', 'notes'), { recursive: true });
    const { code, stdout } = await messenger(path.join(folder, 'docs', 'notes'), ['make:bot', 'HelloBot']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Wrote ../../bots/HelloBot.ts.')]);
    expect(existsSync(fileOf(folder, 'HelloBot'))).toBe(true);
  });

  test.each([
    ['helloBot', 'it does not begin with a capital letter'],
    ['Hello-Bot', 'it contains "-"; only letters, digits and _ are allowed'],
    ['../HelloBot', 'it contains "."'],
    ['Hello Bot', 'it contains " "'],
    ['HéllöBot', 'it contains "é"'],
    ['2Bot', 'it begins with a digit'],
    ['class', 'it is a reserved word'],
    ['MessengerBots', 'the file imports something with that name'],
    ['', 'it is empty'],
  ])('refuses the name %j: %s', async (name, reason) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await messenger(folder, ['make:bot', name]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`"${name}" cannot be the name of a class: ${reason}`);
    expect(existsSync(path.join(folder, 'bots'))).toBe(false);
  });
});
