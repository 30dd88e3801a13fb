import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { helloBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

test.each(['HELLO', 'Hello', 'HelloBotBot'])('make:bot %s says that the alias is taken', async (name) => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'bots/HelloBot.ts': helloBot });
  const { code, stdout, stderr } = await messenger(folder, ['make:bot', name]);
  expect([code, stdout, stderr]).toEqual([
    2,
    '',
    'Error: The alias "hello" is taken by HelloBot, and an alias must be unique. Nothing was written; choose another class name.\n',
  ]);
  expect(readdirSync(path.join(folder, 'bots'))).toEqual(['HelloBot.ts']);
});

test('make:bot of another name beside it is written', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'bots/HelloBot.ts': helloBot });
  expect(await messenger(folder, ['make:bot', 'OtherBot'])).toMatchObject({ code: 0, stderr: '' });
});

test('make:packaged-bot says that the alias is taken, too', async () => {
  const folder = temporaryFolder();
  expect((await messenger(folder, ['make:packaged-bot', 'HelpPackage'])).code).toBe(0);
  const { code, stderr } = await messenger(folder, ['make:packaged-bot', 'HELP']);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^Error: The alias "\w+" is taken by HelpPackage, /),
  ]);
});
