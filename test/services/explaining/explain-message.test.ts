import { expect, test } from 'vitest';
import type { Bot } from '../../../src/domain/bot.ts';
import type { BotAction } from '../../../src/domain/bot-action.ts';
import type { Message } from '../../../src/domain/message.ts';
import { archiveBot } from '../../../src/services/bots/archive-bot.ts';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { explainMessage } from '../../../src/services/explaining/explain-message.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
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
