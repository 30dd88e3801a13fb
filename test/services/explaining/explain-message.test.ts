import { describe, expect, test } from 'vitest';
import type { Bot } from '../../../src/domain/bot.ts';
import type { BotAction } from '../../../src/domain/bot-action.ts';
import type { Message } from '../../../src/domain/message.ts';
import { verdictSentence } from '../../../src/domain/verdict-sentence.ts';
import { clearCooldowns } from '../../../src/services/answering/clear-cooldowns.ts';
import { archiveBot } from '../../../src/services/bots/archive-bot.ts';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { explainMessage } from '../../../src/services/explaining/explain-message.ts';
import { editMessage } from '../../../src/services/messages/edit-message.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { TestGroup } from '../../support/test-group.ts';

const verdictsOf = async (testGroup: TestGroup, message: Message) =>
  explainMessage(testGroup.app, { thread: testGroup.thread, user: await testGroup.person('Ada'), message });

/** What happens to the second of two bots while the first one is still busy with the same message. */
const changes: Record<string, (testGroup: TestGroup, bot: Bot, action: BotAction) => Promise<void>> = {
  'its action is disabled': (testGroup, _, { id }) =>
    testGroup.change('update bot_actions set enabled = 0 where id = ?', id),
  'it is disabled': (testGroup, { id }) => testGroup.change('update bots set enabled = 0 where id = ?', id),
  'its action is removed': (testGroup, bot, action) => detach(testGroup, bot, action),
  'it is removed': async (testGroup, bot) => {
    await archiveBot(testGroup.app, { thread: testGroup.thread, user: await testGroup.person('Ada'), bot });
  },
};

const detach = async (testGroup: TestGroup, bot: Bot, action: BotAction) =>
  detachAction(testGroup.app, { thread: testGroup.thread, user: await testGroup.person('Ada'), bot, action });

test.each([
  ['its action is disabled', 'disabled'],
  ['it is disabled', 'disabled'],
  ['its action is removed', 'removed'],
  ['it is removed', 'removed'],
])('of a bot whose turn comes after %s the verdict is "%s"', async (change, reason) => {
  const latch = `verdicts ${change}`;
  const testGroup = await TestGroup.open({
    'Slow.ts': exactBot('Slow', 'hi', waitingAtLatch(latch)),
    'Quick.ts': exactBot('Quick', 'hi', posting("'quick'")),
  });
  await testGroup.attach('slow', {}, await testGroup.bot('One'));
  const other = await testGroup.bot('Other');
  const action = await testGroup.attach('quick', {}, other);
  const waiting = testGroup.next('NewMessage').then(() => testGroup.next('NewMessage'));
  const message = await testGroup.send('Ada', 'hi');
  await waiting;
  await changes[change]?.(testGroup, other, action);
  openLatch(latch);
  await testGroup.app.queue.idle();
  const { actions } = await verdictsOf(testGroup, message);
  expect(actions.map(({ bot, verdict, run }) => [bot.name, verdict, run?.status])).toEqual([
    ['One', 'fired', 'handled'],
    ['Other', reason, 'skipped'],
  ]);
  expect((await testGroup.written()).filter((line) => line.includes('quick'))).toEqual([]);
});

test('why bots were off when a message came is remembered when they are on again', async () => {
  const testGroup = await TestGroup.open({ 'Echo.ts': exactBot('Echo', 'hi', posting("'yes'")) });
  await testGroup.attach('echo');
  await testGroup.change('update threads set chat_bots = 0');
  const message = await testGroup.send('Ada', 'hi');
  await testGroup.change('update threads set chat_bots = 1');
  expect((await verdictsOf(testGroup, message)).ignored).toBe('bots_off_in_thread');
});

test('while bots are off in the configuration the verdict says so', async () => {
  const testGroup = await TestGroup.alone({ 'Echo.ts': exactBot('Echo', 'hi', posting("'yes'")) });
  await testGroup.attach('echo');
  testGroup.reconfigure({ bots: { ...testGroup.app.config.bots, enabled: false } });
  const message = await testGroup.send('Ada', 'hi');
  expect((await verdictsOf(testGroup, message)).ignored).toBe('bots_off_in_configuration');
});

describe('of a message without a run', () => {
  const lounge = async () => {
    const testGroup = await TestGroup.open({ 'Free.ts': botSource('Free', posting("'yes'")) });
    const action = await testGroup.attach('free', { match: 'exact', triggers: ['hi'] });
    return { testGroup, action };
  };

  test('the verdict is about the text that bots saw, not about a later one', async () => {
    const { testGroup } = await lounge();
    const sent = await testGroup.send('Ada', 'Hi');
    await testGroup.app.queue.idle();
    const { thread } = testGroup;
    const user = await testGroup.person('Ada');
    const edited = await editMessage(testGroup.app, { thread, user, message: sent, text: 'hi' });
    const { actions } = await verdictsOf(testGroup, edited);
    expect(actions).toMatchObject([{ verdict: 'no_match', nearMiss: { reason: 'case', found: 'Hi' } }]);
  });

  test.each([
    ['action', 'its action', 'update bot_actions set enabled = 0, updated_at = ? where id = ?'],
    ['botId', 'its bot', 'update bots set enabled = 0, updated_at = ? where id = ?'],
  ] as const)('the verdict says that %s was changed since', async (of, _, statement) => {
    const { testGroup, action } = await lounge();
    const message = await testGroup.send('Ada', 'hello');
    await testGroup.app.queue.idle();
    const unchanged = await verdictsOf(testGroup, message);
    expect(unchanged.actions).toMatchObject([{ verdict: 'no_match', changedSince: false }]);
    const id = of === 'action' ? action.id : action.botId;
    await testGroup.change(statement, testGroup.app.clock.now(), id);
    const [row] = (await verdictsOf(testGroup, message)).actions;
    expect(row).toMatchObject({
      changedSince: true,
      untouched: of === 'action' ? 'disabled' : 'bot_disabled',
    });
    expect(row && verdictSentence(row)).toMatch(/disabled; it was changed after the message$/);
  });

  test('what was switched off after it was answered is no reason', async () => {
    const { testGroup } = await lounge();
    const message = await testGroup.send('Ada', 'hello');
    await testGroup.app.queue.idle();
    await testGroup.change('update threads set chat_bots = 0, locked = 1');
    const thread = (await testGroup.app.store.threads.find(testGroup.thread.id)) ?? testGroup.thread;
    expect(thread.locked).toBe(true);
    const { ignored, actions } = await explainMessage(testGroup.app, { thread, message });
    expect([ignored, actions.map(({ verdict }) => verdict)]).toEqual([null, ['no_match']]);
  });

  test('the actions of a bot that hides them are only for those who manage bots', async () => {
    const { testGroup } = await lounge();
    await testGroup.attach('free', { match: 'any' }, await testGroup.bot('Secret', { hideActions: true }));
    const message = await testGroup.send('Ada', 'hello');
    await testGroup.app.queue.idle();
    const seenBy = async (name: string) => {
      const user = await testGroup.person(name);
      return (await explainMessage(testGroup.app, { thread: testGroup.thread, user, message })).actions
        .length;
    };
    expect([await seenBy('Ada'), await seenBy('Grace')]).toEqual([2, 1]);
    const { actions } = await explainMessage(testGroup.app, { thread: testGroup.thread, message });
    expect(actions).toHaveLength(2);
  });

  test('a cooldown that was ended since is known to have been one, and not how long', async () => {
    const { testGroup } = await lounge();
    await testGroup.attach('free', { match: 'any', cooldown: 60 }, await testGroup.bot('Other'));
    await testGroup.say('Ada', 'one');
    const message = await testGroup.send('Ada', 'two');
    await testGroup.app.queue.idle();
    const last = async () => (await verdictsOf(testGroup, message)).actions.at(-1)?.cooldown;
    expect(await last()).toEqual({ of: 'action', until: expect.any(String), left: 60 });
    await clearCooldowns(testGroup.app, testGroup.thread);
    const unknown = { of: 'action', until: null, left: null };
    expect(await last()).toEqual(unknown);
    testGroup.clock.advance(1_000);
    await testGroup.say('Ada', 'one');
    expect(await last()).toEqual(unknown);
  });
});
