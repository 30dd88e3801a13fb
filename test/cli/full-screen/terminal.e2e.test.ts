import { expect, test } from 'vitest';
import { fullScreen, shell, simulateLine } from '../../support/full-screen.ts';
import { helloBot } from '../../support/handlers.ts';
import { programAt } from '../../support/programs.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** A real terminal is made by tmux; without it, or a shell with job control, these tests are passed over. */
const noShell = programAt('tmux') === undefined || programAt('bash') === undefined;

const bots = { 'bots/HelloBot.ts': helloBot };

/** Every line that the shell printed, and nothing of the screen. */
const printed = Array.from({ length: 50 }, (_, place) => `printed ${place + 1}`);

test.skipIf(noShell)(
  'what the user had on the terminal, and above it, is there after a window that was low and made lower',
  async () => {
    const { folder } = makeWorkspace(bots);
    const terminal = await shell(folder, [80, 20]);
    await terminal.type(simulateLine('Ada'));
    await terminal.press('Enter');
    await terminal.until('Attached to PlaygroundBot');
    for (const rows of [14, 9, 23]) {
      await terminal.resize(80, rows);
      await terminal.until((shown) => shown.split('\n')[rows - 2]?.includes('F1 help') ?? false);
    }
    await terminal.press('C-c');
    await terminal.until('left with 130');
    const lines = (await terminal.scrollback()).split('\n');
    expect(lines.filter((line) => line.startsWith('printed '))).toEqual(printed);
    expect(lines.join('\n')).not.toContain('daemon ·');
    expect([terminal.wrote('\u001b[3J'), terminal.wrote('\u001b[2J')]).toEqual([false, false]);
  },
);

test.skipIf(noShell)('a terminal that is larger when the screen is left has nothing of it', async () => {
  const { folder } = makeWorkspace(bots);
  const terminal = await shell(folder, [40, 12]);
  await terminal.type(simulateLine('Ada'));
  await terminal.press('Enter');
  await terminal.until('F1 help');
  await terminal.press('C-o');
  await terminal.until('What next?');
  await terminal.resize(80, 23);
  await terminal.until((shown) => shown.split('\n')[21]?.includes('F1 help') ?? false);
  await terminal.press('C-c');
  await terminal.until('left with 130');
  const lines = await terminal.scrollback();
  for (const text of ['What next?', 'copy the message', 'F1 help']) expect(lines).not.toContain(text);
});

test.skipIf(noShell)('Ctrl+Z and SIGTSTP return to the shell, and fg brings everything back', async () => {
  const { folder } = makeWorkspace(bots);
  const terminal = await shell(folder);
  const foreground = async (text: string) => {
    await terminal.type('fg');
    await terminal.press('Enter');
    await terminal.until((shown) => shown.includes(text) && shown.includes('F1 help'));
    expect(await terminal.isOnOtherScreen()).toBe(true);
  };
  const stopped = async () => {
    const shown = await terminal.until('Stopped');
    expect(await terminal.isOnOtherScreen()).toBe(false);
    expect(shown).not.toContain('half a text');
  };
  await terminal.type(simulateLine('Ada'));
  await terminal.press('Enter');
  await terminal.until('Attached to PlaygroundBot');
  await terminal.type('half a text');
  await terminal.until('half a text');

  await terminal.press('C-z');
  await stopped();
  await terminal.resize(100, 30);
  await terminal.type('jobs -p');
  await terminal.press('Enter');
  const shown = await terminal.until((text) => /^\d+$/m.test(text));
  const pid = Number(/^\d+$/m.exec(shown)?.[0]);
  await foreground('half a text');
  await terminal.until((text) => text.split('\n')[28]?.includes('F1 help') ?? false);

  await terminal.type('clear');
  for (const signal of ['SIGTSTP', 'SIGSTOP'] as const) {
    process.kill(pid, signal);
    await terminal.until((text) => /Stopped.*\n.*\$ *$/.test(text.trimEnd()));
    await terminal.type('#');
    await terminal.press('Enter');
    await foreground('half a textclear');
  }
  await terminal.type('!');
  await terminal.until('half a textclear!');
  await terminal.press('C-c');
  await terminal.until(async () => !(await terminal.isOnOtherScreen()));
});

test.skipIf(noShell)('a window that no shell could continue is not stopped', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada');
  await screen.until('Attached to PlaygroundBot');
  await screen.press('C-z');
  await screen.until('No shell is there');
  expect(await screen.isOnOtherScreen()).toBe(true);
});

test.skipIf(noShell)('Ctrl+L draws everything again', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada');
  await screen.until('Attached to PlaygroundBot');
  const before = screen.bytes;
  await screen.press('C-l');
  await screen.until(() => screen.bytes - before > 1_000);
  expect(await screen.shown()).toContain('Attached to PlaygroundBot');
});

test.skipIf(noShell)('a key costs some hundred bytes, and the cursor is where the text is', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada', [160, 45]);
  await screen.until('hello | hi | hey');
  await screen.until('Attached to PlaygroundBot');
  await screen.type('a');
  await screen.until('› a');
  const column = 'Ada (admin) → #Playground › '.length;
  const before = screen.bytes;
  await screen.type('bcdefghij');
  await screen.until('› abcdefghij');
  expect(screen.bytes - before).toBeLessThan(900);
  expect(await screen.cursor()).toBe(`${column + 10},42`);
  await screen.press('Left', 'Left');
  await screen.until(async () => (await screen.cursor()) === `${column + 8},42`);
  await screen.press('BTab');
  await screen.until(async () => (await screen.cursor()) === null);
});
