import { expect, test } from 'vitest';
import { fullScreen } from '../../support/full-screen.ts';
import { helloBot } from '../../support/handlers.ts';
import { programAt } from '../../support/programs.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** A real terminal is made by tmux; without it these tests are passed over. */
const noTmux = programAt('tmux') === undefined;

/** How often a text stands on a terminal. */
const times = (text: string, shown: string): number => shown.split(text).length - 1;

test.skipIf(noTmux)(
  'two people talk side by side, one at a time where it is narrow, and one can leave',
  async () => {
    const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
    const screen = fullScreen(folder, 'Ada', [160, 40]);
    await screen.until('Ada (admin) → #Playground ›');
    await screen.say('/beside Grace');
    const two = await screen.until('Grace → #Playground ›');
    expect(two).toContain('Ada (admin) → #Playground ›');
    await screen.say('is anybody there?');
    await screen.until((shown) => times('  is anybody there?', shown) === 2);
    await screen.press('F6');
    await screen.say('I am');
    const talk = await screen.until((shown) => times('  I am', shown) === 2);
    expect([times('Grace you', talk), times('Ada you', talk)]).toEqual([1, 1]);
    await screen.resize(80, 23);
    const narrow = await screen.until((shown) => !shown.includes('Grace →') && shown.includes('F6 Grace'));
    expect(narrow).toContain('Ada (admin) → #Playground ›');
    await screen.say('are you still there?');
    await screen.until('F6 Grace 1');
    await screen.press('F6');
    await screen.until((shown) => shown.includes('Grace → #Playground ›') && shown.includes('still there?'));
    await screen.press('C-d');
    const alone = await screen.until((shown) => shown.includes('Ada (admin) →') && !shown.includes('F6'));
    expect(alone).not.toContain('left with');
  },
);
