import { expect, test } from 'vitest';
import { fullScreen } from '../../support/full-screen.ts';
import { helloBot } from '../../support/handlers.ts';
import { programAt } from '../../support/programs.ts';
import type { Terminal } from '../../support/terminal.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** A real terminal is made by tmux; without it these tests are passed over. */
const noTmux = programAt('tmux') === undefined;

const bots = { 'bots/HelloBot.ts': helloBot };

/** Does something with the mouse, as terminals tell it: 0 is a click, 64 the wheel up. The places are from 1. */
const point = (screen: Terminal, button: number, column: number, row: number) =>
  screen.send(...Buffer.from(`\u001b[<${button};${column};${row}M`));

test.skipIf(noTmux)('an arrow key and a letter whose bytes come one by one are what they are', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada');
  await screen.until('Attached to PlaygroundBot');
  await screen.type('abc');
  await screen.until('› abc');
  for (const byte of [0x1b, 0x5b, 0x44]) await screen.send(byte);
  for (const byte of Buffer.from('é')) await screen.send(byte);
  await screen.until('› abéc');
});

test.skipIf(noTmux)('with --mouse the wheel and clicks do what they point at', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada', [160, 45], '--mouse');
  await screen.until('Attached to PlaygroundBot');
  expect(screen.wrote('\u001b[?1000h\u001b[?1006h')).toBe(true);
  await screen.say('/thread new ops');
  await screen.until('→ #ops ›');
  const groups = (await screen.until('#Playground')).split('\n');
  await point(screen, 0, 5, groups.findIndex((row) => row.startsWith('  #Playground')) + 1);
  await screen.until('→ #Playground ›');
  await screen.say('hi there');
  const said = (await screen.until('Why hello there Ada!')).split('\n');
  await point(screen, 0, 40, said.findIndex((row) => row.includes('Why hello there Ada!')) + 1);
  await screen.until('what the bots made of it');
  await screen.press('Escape');
  await screen.press('F1');
  const help = await screen.until('▸ Help');
  await point(screen, 65, 120, 10);
  await screen.until((shown) => shown.includes('▸ Help') && shown !== help);
  await screen.press('C-c');
  await screen.until('left with 130');
  expect(screen.wrote('\u001b[?1000l')).toBe(true);
});

test.skipIf(noTmux)('a copied text is sent through tmux, and it is said what was tried', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada', [120, 30]);
  await screen.until('Attached to PlaygroundBot');
  await screen.say('copy me');
  await screen.until((shown) => /Ada you .*\n.*copy me/.test(shown));
  await screen.press('M-Up');
  await screen.until('what the bots made of it');
  await screen.press('Tab');
  await screen.press('Tab');
  await screen.type('y');
  await screen.until("Sent to the terminal's clipboard (OSC 52)");
  expect(screen.wrote('\u001bPtmux;\u001b\u001b]52;c;')).toBe(true);
});

test.skipIf(noTmux).each([
  [100, 30, true],
  [80, 23, false],
] as const)('in %i × %i a list stands beside the conversation: %j', async (columns, rows, isBeside) => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada', [columns, rows]);
  await screen.until('Attached to');
  await screen.press('C-o');
  const shown = await screen.until('▸ What next?');
  expect(shown.includes('#Playground ') && shown.includes('PlaygroundBot')).toBe(isBeside);
  await screen.press('Escape');
  await screen.until((next) => !next.includes('▸ What next?'));
});
