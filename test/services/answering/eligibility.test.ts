import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type App, openApp } from '../../../src/app.ts';
import type { Thread } from '../../../src/domain/thread.ts';
import type { User } from '../../../src/domain/user.ts';
import { checkEligibility, findEligible } from '../../../src/services/answering/eligibility.ts';
import { type LiveAction, ThreadTriggers } from '../../../src/services/answering/thread-triggers.ts';
import { archiveBot, restoreBot } from '../../../src/services/bots/archive-bot.ts';
import { attachAction } from '../../../src/services/bots/attach-action.ts';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { updateAction } from '../../../src/services/bots/update-action.ts';
import { updateBot } from '../../../src/services/bots/update-bot.ts';
import { updateSettings } from '../../../src/services/threads/update-settings.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { TestGroup } from '../../support/test-group.ts';

const params = { cooldown: 0, admin_only: false, enabled: true };

/** Where a change is made, and to what: the group as it is in that process. */
interface Place {
  app: App;
  thread: Thread;
  user: User;
  live: LiveAction;
}

/** Everything that people change about bots, their actions and who may answer. */
const changes = {
  'switch the action off': ({ app, thread, user, live: { bot, action } }) =>
    updateAction(app, { thread, user, bot, action, params: { ...params, enabled: false } }),
  'give the action a cooldown': ({ app, thread, user, live: { bot, action } }) =>
    updateAction(app, { thread, user, bot, action, params: { ...params, cooldown: 9 } }),
  'switch the bot off': ({ app, thread, user, live: { bot } }) =>
    updateBot(app, { thread, user, bot, fields: { ...bot, enabled: false } }),
  'rename the bot': ({ app, thread, user, live: { bot } }) =>
    updateBot(app, { thread, user, bot, fields: { ...bot, name: 'Other' } }),
  'attach another action': ({ app, thread, user, live: { bot } }) =>
    attachAction(app, { thread, user, bot, handler: 'act', params }),
  'detach the action': ({ app, thread, user, live: { bot, action } }) =>
    detachAction(app, { thread, user, bot, action }),
  'archive the bot': ({ app, thread, user, live: { bot } }) => archiveBot(app, { thread, user, bot }),
  'restore the bot': ({ app, thread, user, live: { bot } }) => restoreBot(app, { thread, user, bot }),
  'switch bots off in the group': ({ app, thread, user }) => switchBots(app, thread, user, false),
  'switch bots on in the group': ({ app, thread, user }) => switchBots(app, thread, user, true),
  'change nothing': async () => {},
} satisfies Record<string, (place: Place) => Promise<unknown>>;

const switchBots = (app: App, thread: Thread, user: User, chatBots: boolean) =>
  updateSettings(app, {
    thread,
    user,
    subject: thread.subject ?? '',
    settings: { ...thread.settings, chatBots },
  });

/** A group with one action, and two apps that have opened its workspace, as two processes do. */
async function openTwice() {
  const testGroup = await TestGroup.open({ 'Act.ts': exactBot('Act', 'hi', posting("'hello'")) });
  const { app, workspace } = testGroup;
  const other = await openApp({ workspace });
  onTestFinished(() => other.close());
  return { app, other, testGroup };
}

test('what is known from before is used only while it is true, whoever changes it', async () => {
  const { app, other, testGroup } = await openTwice();
  const names = Object.keys(changes) as Array<keyof typeof changes>;
  const step = fc.record({ name: fc.constantFrom(...names), here: fc.boolean() });
  const isFound = { eligible: 0, not: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      const group = await testGroup.anew();
      await group.attach('act');
      const { thread } = group;
      const user = await group.person('Ada');
      const current = async () => (await app.store.threads.find(thread.id)) ?? thread;
      const before = await current();
      const [hit] = (await app.triggers.of(before)).match('hi');
      if (hit === undefined) throw new Error('The action does not match.');
      const live = hit.item;
      for (const { name, here } of steps) {
        const place = { app: here ? app : other, thread: await current(), user, live };
        // What is gone cannot be changed.
        await changes[name](place).catch(() => {});
        const ids = { threadId: thread.id, botId: live.bot.id, actionId: live.action.id };
        const known = await checkEligibility(app, app.store, { live, thread: before });
        const read = await findEligible(app, app.store, ids);
        const shown = typeof known === 'string' ? known : { ...known.live, thread: known.thread };
        expect(shown).toEqual(
          typeof read === 'string'
            ? read
            : { ...live, bot: read.bot, action: read.action, thread: read.thread },
        );
        isFound[typeof read === 'string' ? 'not' : 'eligible']++;

        const fresh = new ThreadTriggers(app.store, app.catalogue);
        const thenMatched = (await app.triggers.of(await current())).match('hi');
        expect(thenMatched).toEqual((await fresh.of(await current())).match('hi'));
      }
    }),
    { numRuns: 60 },
  );
  expect(Math.min(isFound.eligible, isFound.not)).toBeGreaterThan(20);
});
