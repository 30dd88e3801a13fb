import { describe, expect, test } from 'vitest';
import type { BotAction } from '../../../src/domain/bot-action.ts';
import type { StopReason } from '../../../src/domain/run.ts';
import { cancelRun, runningInThread } from '../../../src/services/answering/cancel-run.ts';
import { archiveBot } from '../../../src/services/bots/archive-bot.ts';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { purgeBots } from '../../../src/services/bots/purge-bots.ts';
import { updateBot } from '../../../src/services/bots/update-bot.ts';
import { archiveThread } from '../../../src/services/threads/archive-thread.ts';
import { updateSettings } from '../../../src/services/threads/update-settings.ts';
import { exactBot } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatchAfter } from '../../support/latch.ts';
import { inThread, TestGroup } from '../../support/test-group.ts';

/** What is going on when something is switched off. */
interface Scene {
  testGroup: TestGroup;
  action: BotAction;
}

const partsOf = async ({ testGroup, action }: Scene) => {
  const user = await testGroup.person('Ada');
  const bot = await testGroup.app.store.bots.find(action.botId);
  if (bot === undefined) throw new Error('The bot is gone.');
  return { app: testGroup.app, thread: testGroup.thread, user, bot };
};

const settle = async (scene: Scene, settings: object) => {
  const { app, thread, user } = await partsOf(scene);
  await updateSettings(app, { thread, user, subject: 'Lounge', settings });
};

const archive = async (scene: Scene) => {
  const { app, thread, user, bot } = await partsOf(scene);
  await archiveBot(app, { thread, user, bot });
};

type Way = [name: string, reason: StopReason, off: (scene: Scene) => Promise<void>];

/** Every way in which a bot loses the right to post. */
const ways: Way[] = [
  ['its bot is removed', 'removed', archive],
  [
    'its bot is purged',
    'removed',
    async (scene) => {
      await archive(scene);
      await purgeBots(scene.testGroup.app, '9999');
    },
  ],
  [
    'its bot is disabled',
    'disabled',
    async (scene) => {
      const { app, thread, user, bot } = await partsOf(scene);
      await updateBot(app, { thread, user, bot, fields: { ...bot, enabled: false } });
    },
  ],
  [
    'its action is detached',
    'removed',
    async (scene) => {
      const { app, thread, user, bot } = await partsOf(scene);
      await detachAction(app, { thread, user, bot, action: scene.action });
    },
  ],
  [
    'its action is switched off by another process',
    'disabled',
    async ({ testGroup }) => testGroup.change('update bot_actions set enabled = 0'),
  ],
  [
    'it is cancelled',
    'cancelled',
    async (scene) => {
      const { app, thread, user } = await partsOf(scene);
      const [run] = await runningInThread(app, thread, user);
      await cancelRun(app, { thread, user, id: run?.id ?? '' });
    },
  ],
  ['its group switches bots off', 'bots_off_in_thread', (scene) => settle(scene, { chatBots: false })],
  [
    'its group switches messages off',
    'messaging_off_in_thread',
    (scene) => settle(scene, { messaging: false }),
  ],
  [
    'its group is locked',
    'thread_locked',
    async ({ testGroup }) => testGroup.change('update threads set locked = 1'),
  ],
  [
    'its group is removed',
    'thread_removed',
    async (scene) => {
      const { app, thread, user } = await partsOf(scene);
      await archiveThread(app, thread, user);
    },
  ],
  [
    'bots are switched off in the configuration',
    'bots_off_in_configuration',
    async ({ testGroup: { app } }) =>
      app.reconfigure({ ...app.config, bots: { ...app.config.bots, enabled: false } }),
  ],
];

/** What a handler does that is not to be stopped by an error. */
const insisting = `
  const attempts = [
    () => this.composer().message('after'),
    () => this.composer().emitTyping(),
    () => this.composer().emitRead(),
    () => this.composer().reaction(this.message, '👋'),
    () => this.composer().document(Buffer.from("after")),
    () => this.composer().knock({ ignoreTimeout: true }),
    () => this.composer().read(),
    () => this.composer().message('after all'),
  ];
  for (const attempt of attempts) { try { await attempt(); } catch {} }`;

/** A handler that says "waiting" and then does something, all of which a test sees. */
async function waiting(rest: string, config: object = {}): Promise<Scene> {
  const testGroup = await TestGroup.open({ 'Act.ts': exactBot('Act', 'hi', rest) }, config);
  const action = await testGroup.attach('act', { cooldown: 600 });
  const heard = testGroup.next('Typing');
  await testGroup.send('Ada', 'hi');
  await heard;
  return { testGroup, action };
}

const begin = "await this.composer().message('before'); await this.composer().emitTyping();";

/** What is left of a run that was stopped. */
async function leftOf({ testGroup, action }: Scene) {
  const { store, clock } = testGroup.app;
  const [asked] = await testGroup.texts();
  const run = (await store.runs.ofMessage(asked?.id ?? '')).get(action.id);
  return {
    written: (await testGroup.texts()).map(({ body }) => body),
    run: run && [run.status, run.reason, run.error],
    failed: await store.failedRuns.ids(),
    rests: (await store.cooldowns.endings([action.id], clock.now())).size,
    files: await store.unclaimedFiles.all(),
  };
}

const untouched = (reason: StopReason) => ({
  written: ['hi', 'before'],
  run: ['stopped', reason, null],
  failed: [],
  rests: 0,
  files: [],
});

describe.each(ways)('when %s, a running handler', (name, reason, off) => {
  test('posts nothing from that moment on, and nobody sees it type any more', async () => {
    const latch = `insists when ${name}`;
    const scene = await waiting(
      `${begin} ${waitingAtLatchAfter(latch, 'await this.composer().emitTyping();')} ${insisting}`,
    );
    const lines: string[] = [];
    const { events, queue } = scene.testGroup.app;
    await scene.testGroup.next('Typing');
    await off(scene);
    for (const event of ['NewMessage', 'Typing', 'Read', 'Knock', 'ReactionAdded', 'ThreadRead'] as const) {
      events.on(event, () => lines.push(event));
    }
    events.on('StoppedTyping', () => lines.push('stops typing'));
    events.on('BotActionFailed', ({ error }) => lines.push(error.code));
    events.on('BotActionStopped', (event) => lines.push(event.reason));
    openLatch(latch);
    await queue.idle();
    expect(lines).toEqual(['stops typing', reason]);
    expect(await leftOf(scene)).toEqual(untouched(reason));
  });

  test('that does nothing in its thread is ended long before its deadline', async () => {
    await seeItEnded('await new Promise(() => setInterval(() => {}, 1000));', reason, off);
  });
});

async function seeItEnded(rest: string, reason: StopReason, off: Way[2], config: object = {}): Promise<void> {
  const scene = await waiting(`${begin} ${rest}`, { timeout: 600_000, ...config });
  const stopped = scene.testGroup.next('BotActionStopped');
  await off(scene);
  expect((await stopped).reason).toBe(reason);
  await scene.testGroup.app.queue.idle();
  expect(await leftOf(scene)).toEqual(untouched(reason));
}

test.each([
  ['loops', 'for (;;) {}', inThread],
  ['loops in a process of its own', 'for (;;) {}', { isolation: 'process' }],
  ['sleeps', 'await this.sleep(900_000);', {}],
])('a handler that %s is ended when its bot is removed', async (_, rest, config) => {
  await seeItEnded(rest, 'removed', archive, config);
});

test('a run that is stopped is not tried again, though its handler asks for retries', async () => {
  const handler = exactBot('Act', 'hi', `${begin} await this.sleep(900_000);`, {
    members: 'static override readonly retries = 3;',
  });
  const testGroup = await TestGroup.open({ 'Act.ts': handler });
  const scene = { testGroup, action: await testGroup.attach('act', { cooldown: 600 }) };
  const heard = testGroup.next('Typing');
  await testGroup.send('Ada', 'hi');
  await heard;
  await archive(scene);
  await testGroup.app.queue.idle();
  expect(await leftOf(scene)).toEqual(untouched('removed'));
});

test('another bot of the group does not post in the name of one that is disabled', async () => {
  const posting = `try { await this.composer().from(this.message.extra.bot).message('borrowed'); }
    catch (error) { await this.composer().message(error.message); }`;
  const testGroup = await TestGroup.open({ 'Act.ts': exactBot('Act', 'hi', posting) });
  await testGroup.attach('act');
  const other = await testGroup.bot('Other', { enabled: false });
  expect(await testGroup.say('Ada', 'hi', { extra: { bot: other.id } })).toEqual([
    'The bot could not send a message: The bot "Other" is disabled.',
  ]);
});

test.each([
  ['knocks', 'this.composer().knock({ ignoreTimeout: true })', { knocks: false }, 'Not authorized to knock.'],
  ['invitations', 'this.thread.invite()', { invitations: false }, 'Group invites are currently disabled.'],
])('%s switched off in between are refused, and nothing else', async (name, effect, settings, sentence) => {
  const scene = await waiting(
    `${waitingAtLatchAfter(`${name} off`, 'await this.composer().emitTyping();')}
     try { await ${effect}; } catch (error) { await this.composer().message(error.message); }`,
  );
  await settle(scene, settings);
  openLatch(`${name} off`);
  await scene.testGroup.app.queue.idle();
  const [, answer] = await scene.testGroup.texts();
  expect(answer?.body).toContain(sentence);
});
