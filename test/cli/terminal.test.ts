import { expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { helloBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { Terminal } from '../support/terminal.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** A terminal that cannot move its cursor gets lines, not the full screen. */
const simulate = `TERM=dumb '${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as Ada; echo "left with $?"; cat`;

test('in a terminal there is a prompt; what is typed is answered above it; Ctrl+C leaves', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const terminal = new Terminal(folder, simulate);
  const opened = await terminal.until('Ada › ');
  terminal.type({ text: 'hi there' }, 'Enter');
  const answered = await terminal.until('PlaygroundBot: Why hello there Ada!', opened);
  const reacted = await terminal.until('PlaygroundBot reacted 👋 to "hi there"', answered);
  await terminal.until('Ada › ', reacted);
  terminal.type('C-c');
  await terminal.until('left with 130', reacted);
  const next = await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\n');
  expect(next).toMatchObject({ code: 0, stderr: '' });
});

test('the prompt says who speaks, and an empty line does nothing', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const terminal = new Terminal(folder, simulate);
  const opened = await terminal.until('Ada › ');
  terminal.type('Enter', { text: '/as Zoë' }, 'Enter');
  const changed = await terminal.until('Zoë › ', opened);
  terminal.type({ text: 'hey' }, 'Enter');
  await terminal.until('Why hello there Zoë!', changed);
  terminal.type({ text: '/quit' }, 'Enter');
  await terminal.until('left with 0', changed);
  expect(terminal.shown).not.toMatch(/^Ada: \s*$/m);
});

test('Ctrl+D leaves once the last answer is there', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const terminal = new Terminal(folder, simulate);
  const opened = await terminal.until('Ada › ');
  terminal.type({ text: 'hi' }, 'Enter', 'C-d');
  const answered = await terminal.until('PlaygroundBot reacted 👋', opened);
  await terminal.until('left with 0', answered);
});
