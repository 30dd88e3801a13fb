import { expect, test } from 'vitest';
import { fullScreen } from '../../support/full-screen.ts';
import { helloBot, replyBot } from '../../support/handlers.ts';
import { programAt } from '../../support/programs.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const noTmux = programAt('tmux') === undefined;

/** The text behind the start of the prompt. */
const prompt = (text: string) => (shown: string) =>
  shown.split('\n').some((row) => row.trimEnd().endsWith(`› ${text}`.trimEnd()) && row.includes('›'));

test.skipIf(noTmux)('nothing that is written gets lost, whatever keys come next', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const screen = fullScreen(folder, 'Ada', [120, 30]);
  await screen.until('Ada (admin) → #Playground ›');
  await screen.say('one two three');
  await screen.until(prompt(''));
  await screen.type('half');
  // ↑ and ↓ go through the history and come back.
  await screen.press('Up');
  await screen.until(prompt('one two three'));
  await screen.press('Down');
  await screen.until(prompt('half'));
  // Esc clears the text, and undo brings it back.
  await screen.press('Escape');
  await screen.until(prompt(''));
  await screen.press('C-_');
  await screen.until(prompt('half'));
  // An edit sets it aside.
  await screen.press('M-Up');
  await screen.press('BTab', 'BTab');
  await screen.type('e');
  await screen.until(prompt('one two three'));
  await screen.until('Change Ada: one two three · Esc: cancel');
  await screen.press('Escape');
  await screen.until(prompt('half'));
  // Another group has a prompt of its own.
  await screen.press('C-u');
  await screen.say('/thread new ops');
  await screen.until('→ #ops ›');
  await screen.type('of ops');
  await screen.until(prompt('of ops'));
  await screen.press('BTab', 'BTab', 'BTab');
  await screen.until('▸ groups');
  await screen.press('Down', 'Enter');
  await screen.until((shown) => /→ #Playground › *\n/.test(shown));
  await screen.press('BTab', 'BTab', 'BTab');
  await screen.until('▸ groups');
  await screen.press('Up', 'Enter');
  await screen.until((shown) => /→ #ops › of ops *\n/.test(shown));
});

test.skipIf(noTmux)('the prompt has the keys of readline, and a search in what was written', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const screen = fullScreen(folder, 'Ada', [80, 24]);
  await screen.until('Ada (admin) → #Playground ›');
  await screen.say('first words');
  await screen.say('second words');
  await screen.until(prompt(''));
  await screen.press('C-r');
  await screen.type('wor');
  await screen.until(prompt('second words'));
  await screen.press('C-r');
  await screen.until(prompt('first words'));
  await screen.press('Enter');
  await screen.press('M-BSpace');
  await screen.type('steps');
  await screen.until(prompt('first steps'));
  await screen.press('M-b', 'M-d', 'C-a', 'C-y', 'C-e');
  await screen.until(prompt('stepsfirst'));
  await screen.press('C-_', 'C-_');
  await screen.until(prompt('first steps'));
  await screen.press('C-e', 'C-u');
  await screen.type('?');
  await screen.until(prompt('?'));
  await screen.press('F1');
  await screen.until('▸ Help');
});

test.skipIf(noTmux)('a form says what is wrong, and is there again as it was left', async () => {
  const { folder } = makeWorkspace({ 'bots/ReplyBot.ts': replyBot, 'notes.txt': 'notes' });
  const screen = fullScreen(folder, 'Ada', [40, 12]);
  await screen.until('● daemon');
  await screen.until('Ada (admin) →');
  await screen.say('/attach reply');
  await screen.until('Attach Reply to Playgr');
  await screen.press('Tab', 'Tab', 'Tab');
  await screen.press('C-u');
  await screen.type('901');
  await screen.until('This must be at most 900.');
  await screen.press('Escape');
  await screen.until('Kept for the next');
  await screen.say('/attach reply');
  await screen.until('Attach Reply to Playgr');
  await screen.press('BTab', 'BTab', 'BTab');
  expect(await screen.until('901')).not.toContain('Kept for the next');
  await screen.press('Escape');
  await screen.until((shown) => !shown.includes('Attach Reply'));
  await screen.type('/upload no');
  await screen.press('Tab');
  await screen.until('notes.txt');
});
