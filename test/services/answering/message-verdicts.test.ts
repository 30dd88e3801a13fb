import { expect, test } from 'vitest';
import type { Bot } from '../../../src/domain/bot.ts';
import type { BotAction } from '../../../src/domain/bot-action.ts';
import type { Message } from '../../../src/domain/message.ts';
import { messageVerdicts } from '../../../src/services/answering/message-verdicts.ts';
import { archiveBot } from '../../../src/services/bots/archive-bot.ts';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { TestGroup } from '../../support/test-group.ts';

const verdictsOf = async (story: TestGroup, message: Message) =>
  messageVerdicts(story.app, { thread: story.thread, user: await story.person('Ada'), message });

/** What happens to the second of two bots while the first one is still busy with the same message. */
const changes: Record<string, (story: TestGroup, bot: Bot, action: BotAction) => void | Promise<void>> = {
  'its action is disabled': (story, _, { id }) =>
    story.change('update bot_actions set enabled = 0 where id = ?', id),
  'it is disabled': (story, { id }) => story.change('update bots set enabled = 0 where id = ?', id),
  'its action is removed': (story, bot, action) => detach(story, bot, action),
  'it is removed': async (story, bot) => {
    await archiveBot(story.app, { thread: story.thread, user: await story.person('Ada'), bot });
  },
};

const detach = async (story: TestGroup, bot: Bot, action: BotAction) =>
  detachAction(story.app, { thread: story.thread, user: await story.person('Ada'), bot, action });

test.each([
  ['its action is disabled', 'disabled'],
  ['it is disabled', 'disabled'],
  ['its action is removed', 'removed'],
  ['it is removed', 'removed'],
])('of a bot whose turn comes after %s the verdict is "%s"', async (change, reason) => {
  const latch = `verdicts ${change}`;
  const story = await TestGroup.open({
    'Slow.ts': exactBot('Slow', 'hi', waitingAtLatch(latch)),
    'Quick.ts': exactBot('Quick', 'hi', posting("'quick'")),
  });
  await story.attach('slow', {}, await story.bot('One'));
  const other = await story.bot('Other');
  const action = await story.attach('quick', {}, other);
  const waiting = story.next('NewMessage').then(() => story.next('NewMessage'));
  const message = await story.send('Ada', 'hi');
  await waiting;
  await changes[change]?.(story, other, action);
  openLatch(latch);
  await story.app.queue.idle();
  const { runs } = await verdictsOf(story, message);
  expect(runs.map(({ bot, run }) => [bot.name, run.status, run.reason])).toEqual([
    ['One', 'handled', null],
    ['Other', 'skipped', reason],
  ]);
  expect((await story.written()).filter((line) => line.includes('quick'))).toEqual([]);
});

test('why bots were off when a message came is remembered when they are on again', async () => {
  const story = await TestGroup.open({ 'Echo.ts': exactBot('Echo', 'hi', posting("'yes'")) });
  await story.attach('echo');
  story.change('update threads set chat_bots = 0');
  const message = await story.send('Ada', 'hi');
  story.change('update threads set chat_bots = 1');
  expect((await verdictsOf(story, message)).ignored).toBe('bots_off_in_thread');
});

test('while bots are off in the configuration the verdict says so', async () => {
  const story = await TestGroup.alone({ 'Echo.ts': exactBot('Echo', 'hi', posting("'yes'")) });
  await story.attach('echo');
  story.reconfigure({ bots: { ...story.app.config.bots, enabled: false } });
  const message = await story.send('Ada', 'hi');
  expect((await verdictsOf(story, message)).ignored).toBe('bots_off_in_configuration');
});
