import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { threadSigns } from '../../../src/services/bots/thread-signs.ts';
import { reloadHandlers } from '../../../src/services/handlers/reload-handlers.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { TestGroup } from '../../support/test-group.ts';

const echo = exactBot('Echo', 'hi', posting("'hello'"));

test('signs are there until they are mended', async () => {
  const testGroup = await TestGroup.open({ 'Echo.ts': echo });
  const { app, thread, workspace } = testGroup;
  const user = await testGroup.person('Ada');
  const signs = () => threadSigns(app, thread, user);
  const file = path.join(workspace.bots, 'Echo.ts');
  const change = async (text?: string) => {
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
    await reloadHandlers(app, [file]);
  };
  // Where there is no bot, nobody expects one to have it.
  expect(await signs()).toEqual({ broken: [], lost: [], unattached: [] });
  const bot = await testGroup.bot('Helper');
  expect(await signs()).toEqual({ broken: [], lost: [], unattached: [{ alias: 'echo', class: 'Echo' }] });
  await testGroup.attach('echo', {}, bot);
  expect(await signs()).toEqual({ broken: [], lost: [], unattached: [] });
  await change(echo.replace('async handle', 'async ('));
  expect(await signs()).toMatchObject({
    broken: [{ message: expect.stringMatching(/^bots\/Echo\.ts:\d+/) }],
  });
  await change(echo);
  expect(await signs()).toEqual({ broken: [], lost: [], unattached: [] });
  await change();
  const lost = [{ handler: 'echo', bot: { id: bot.id, name: 'Helper' } }];
  expect(await signs()).toEqual({ broken: [], lost, unattached: [] });
});
