import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fullScreen } from '../../support/full-screen.ts';
import { helloBot } from '../../support/handlers.ts';
import { programAt } from '../../support/programs.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const noTmux = programAt('tmux') === undefined;

test.skipIf(noTmux)(
  'a saved handler gets the last message again, and the difference is shown; /reset empties the playground',
  async () => {
    const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
    const screen = fullScreen(folder, 'Ada', [160, 40]);
    await screen.until('Attached to PlaygroundBot');
    await screen.say('hi there');
    await screen.until('◆ PlaygroundBot bot');
    await screen.press('F5');
    await screen.until('Replayed 1 message');
    const file = path.join(folder, 'bots/HelloBot.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace('.message(`', '.message(`Well, '));
    const shown = await screen.until('replay 1 changed');
    expect(shown).toContain('+ PlaygroundBot says: Well, ');
    await screen.say('/reset');
    await screen.until('Empty the playground?');
    await screen.press('Enter');
    const empty = await screen.until('The playground is empty.');
    expect(empty).not.toContain('◆ PlaygroundBot bot');
    await screen.press('F5');
    await screen.until((text) => !text.includes('replay 1 changed'));
  },
);

test.skipIf(noTmux)(
  'an action is switched off and detached with keys, and what is lost is asked for',
  async () => {
    const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
    const screen = fullScreen(folder, 'Ada', [120, 30]);
    await screen.until('Attached to PlaygroundBot');
    await screen.press('F2');
    await screen.until('▸ bots');
    await screen.press('Down');
    await screen.press('Space');
    await screen.until('hello @PlaygroundBot is off.');
    await screen.press('d');
    await screen.until('Detach');
    await screen.press('Enter');
    await screen.until('Detached hello.');
  },
);
