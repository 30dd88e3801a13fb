import { expect, onTestFinished, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { helloBot } from '../support/handlers.ts';
import { spawnMessenger } from '../support/messenger.ts';
import { programAt } from '../support/programs.ts';
import { Terminal } from '../support/terminal.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** A real terminal is made by tmux; without it these tests are passed over. */
const noTmux = programAt('tmux') === undefined;

/** A terminal that cannot move its cursor gets lines, not the full screen. */
const simulate = `TERM=dumb '${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as Ada; echo "left with $?"; cat`;

/** `messenger simulate` line by line in a folder. */
function linesIn(folder: string): Terminal {
  const terminal = new Terminal(simulate, [100, 30], folder);
  onTestFinished(() => terminal.close());
  return terminal;
}

test.skipIf(noTmux)(
  'in a terminal there is a prompt; what is typed is answered above it; Ctrl+C leaves',
  async () => {
    const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
    const terminal = linesIn(folder);
    const opened = await terminal.untilWritten('Ada › ');
    await terminal.type('hi there');
    await terminal.press('Enter');
    const answered = await terminal.untilWritten('PlaygroundBot: Why hello there Ada!', opened);
    const reacted = await terminal.untilWritten('PlaygroundBot reacted 👋 to "hi there"', answered);
    await terminal.untilWritten('Ada › ', reacted);
    await terminal.press('C-c');
    await terminal.untilWritten('left with 130', reacted);
    const next = await spawnMessenger(folder, ['simulate', '--as', 'Ada'], 'hi\n');
    expect(next).toMatchObject({ code: 0, stderr: '' });
  },
);

test.skipIf(noTmux)('the prompt says who speaks, and an empty line does nothing', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const terminal = linesIn(folder);
  const opened = await terminal.untilWritten('Ada › ');
  await terminal.press('Enter');
  await terminal.type('/as Zoë');
  await terminal.press('Enter');
  const changed = await terminal.untilWritten('Zoë › ', opened);
  await terminal.type('hey');
  await terminal.press('Enter');
  await terminal.untilWritten('Why hello there Zoë!', changed);
  await terminal.type('/quit');
  await terminal.press('Enter');
  await terminal.untilWritten('left with 0', changed);
  expect(terminal.written).not.toMatch(/^Ada: \s*$/m);
});

test.skipIf(noTmux)('Ctrl+D leaves once the last answer is there', async () => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const terminal = linesIn(folder);
  const opened = await terminal.untilWritten('Ada › ');
  await terminal.type('hi');
  await terminal.press('Enter');
  await terminal.press('C-d');
  const answered = await terminal.untilWritten('PlaygroundBot reacted 👋', opened);
  await terminal.untilWritten('left with 0', answered);
});
