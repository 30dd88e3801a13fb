import { test } from 'vitest';
import { openApp } from '../../../src/app.ts';
import { newId } from '../../../src/base/ids.ts';
import { newGroup } from '../../../src/domain/thread.ts';
import { openPlayground } from '../../../src/services/bots/playground.ts';
import { ensureParticipant } from '../../../src/services/users/people.ts';
import { fullScreen } from '../../support/full-screen.ts';
import { helloBot } from '../../support/handlers.ts';
import { programAt } from '../../support/programs.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** A real terminal is made by tmux; without it these tests are passed over. */
const noTmux = programAt('tmux') === undefined;

const bots = { 'bots/HelloBot.ts': helloBot };

test.skipIf(noTmux)(
  'any of 300 groups is opened by its name, and the list goes on as the cursor does',
  async () => {
    const workspace = makeWorkspace(bots);
    const app = await openApp({ workspace, botsEnabled: true });
    const { owner: user } = await openPlayground(app, 'Ada');
    for (let number = 0; number < 300; number++) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString().replace('Z', '000Z');
      const thread = newGroup(newId(), `g${String(number).padStart(3, '0')}`, at);
      await app.store.threads.insert(thread);
      await ensureParticipant(app, { thread, user, admin: true });
    }
    await app.close();
    const screen = fullScreen(workspace.folder, 'Ada', [100, 30]);
    await screen.until('↓ 277 more');
    await screen.press('Tab');
    // The first page has 100 groups, so more than that above the cursor have come from further pages.
    const above = (shown: string) => Number(/↑ (\d+) more/.exec(shown)?.[1] ?? 0);
    while (above(await screen.shown()) < 101) await screen.press('PageDown');
    await screen.press('Escape');
    await screen.until((shown) => !shown.includes('▸ groups'));
    await screen.say('/thread g005');
    await screen.until('Ada (admin) → #g005 ›');
    await screen.until('▸ #g005');
  },
);

test.skipIf(noTmux)(
  'a person speaks as another from the list of people, and makes an admin of them',
  async () => {
    const { folder } = makeWorkspace(bots);
    const screen = fullScreen(folder, 'Ada', [80, 24]);
    await screen.until('Ada (admin) → #Playground ›');
    await screen.say('/as Bob');
    await screen.until('Bob → #Playground ›');
    await screen.press('M-s');
    await screen.until('Ada (admin) → #Playground ›');
    await screen.press('F3');
    await screen.until((shown) => shown.includes('▸ people (2)') && shown.includes('may do everything'));
    await screen.press('Down');
    await screen.until('may write');
    await screen.press('a');
    await screen.until('Bob is now an admin.');
    await screen.until((shown) => /Bob +admin here/.test(shown));
    await screen.press('a');
    await screen.until('Shall Bob no longer be an admin?');
    await screen.press('Escape');
    await screen.until((shown) => shown.includes('▸ people') && !shown.includes('Shall Bob'));
    await screen.press('Enter');
    await screen.until('Bob (admin) → #Playground ›');
  },
);
