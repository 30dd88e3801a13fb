import { expect, test } from 'vitest';
import { openApp } from '../../../src/app.ts';
import { openPlayground } from '../../../src/services/bots/playground.ts';
import { newMessage } from '../../../src/services/messages/send-message.ts';
import { botSource } from '../../support/bot-source.ts';
import { fullScreen } from '../../support/full-screen.ts';
import { programAt } from '../../support/programs.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** A real terminal is made by tmux; without it these tests are passed over. */
const noTmux = programAt('tmux') === undefined;

const chatty = botSource('Chatty', "console.log('it begins'); await this.composer().message('Why hello');", {
  settings: "triggers: ['hello'], match: 'exact'",
});

/** A workspace whose playground has 600 messages; every hundredth has a needle in it. */
async function longTalk(): Promise<string> {
  const workspace = makeWorkspace({ 'bots/Chatty.ts': chatty });
  const app = await openApp({ workspace, botsEnabled: true });
  const { owner, thread } = await openPlayground(app, 'Ada');
  await app.store.transaction(async ({ messages }) => {
    for (let number = 1; number <= 600; number++) {
      const body = number % 100 === 0 ? `NÄDEL ${number}` : `line ${number}`;
      await messages.insert(
        newMessage(app, { thread, owner: { type: 'user', ...owner }, outgoing: { body } }),
      );
    }
  });
  await app.close();
  return workspace.folder;
}

test.skipIf(noTmux).each([
  [120, 30],
  [40, 12],
] as const)('%i × %i: the whole conversation is searched, and gone through', async (...size) => {
  const screen = fullScreen(await longTalk(), 'Ada', size);
  await screen.until('line 599');
  await screen.press('C-f');
  await screen.type('nädel');
  await screen.until((shown) => shown.includes('1 of 6') && shown.includes('NÄDEL 600'));
  for (const number of [500, 400, 300]) {
    await screen.press('Up');
    await screen.until((shown) => shown.includes(`NÄDEL ${number}`) && shown.includes(`line ${number + 1}`));
  }
  await screen.until('4 of 6');
  await screen.press('Down');
  await screen.until((shown) => shown.includes('NÄDEL 400') && shown.includes('3 of 6'));
  await screen.press('Escape');
  await screen.until((shown) => shown.includes('NÄDEL 600') && !shown.includes('find:'));
  await screen.say('/goto first');
  await screen.until((shown) => /line 1\s/.test(shown));
  await screen.say('/goto last');
  await screen.until('NÄDEL 600');
});

test.skipIf(noTmux)('the inspector says what a run did, and has it as JSON', async () => {
  const { folder } = makeWorkspace({ 'bots/Chatty.ts': chatty });
  const screen = fullScreen(folder, 'Ada', [120, 30]);
  await screen.until('Attached to PlaygroundBot');
  await screen.say('hello');
  await screen.until('Why hello');
  await screen.press('M-Up');
  await screen.press('M-Up');
  await screen.until((shown) => /sent "Why hello"/.test(shown) && shown.includes('printed | it begins'));
  await screen.press('Tab');
  await screen.press('Tab');
  await screen.press('Tab');
  await screen.press('J');
  await screen.until('"message_id":');
  await screen.press('End');
  const end = await screen.until((shown) => /^.*\}\s*$/m.test(shown));
  await screen.press('PageDown');
  expect(await screen.shown()).toBe(end);
  await screen.press('J');
  await screen.until('sent "Why hello"');
});
