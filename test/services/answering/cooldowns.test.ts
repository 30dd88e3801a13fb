import { beforeAll, describe, expect, test } from 'vitest';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { actionsOf } from '../../../src/services/bots/playground.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { shortDeadline } from '../../support/sandbox.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const say = (name: string, trigger = 'hi') => exactBot(name, trigger, posting(`'${name}'`));
const files = { 'A.ts': say('A'), 'B.ts': say('B'), 'C.ts': say('C', 'other') };
const seconds = (count: number) => count * 1_000;

/** A group of its own for each test, over the handlers that most of them share. */
let shared: TestGroup;
const atEnd = endAfterAll();
beforeAll(async () => {
  const bad = exactBot('Bad', 'bad', "throw new Error('no');");
  shared = await TestGroup.open({ ...files, 'Bad.ts': bad }, {}, atEnd);
});

describe('the cooldown of an action', () => {
  test('lets it rest for so many seconds', async () => {
    const story = await shared.anew();
    await story.attach('a', { cooldown: 30 });
    expect(await story.say('Ada', 'hi')).toEqual(['A']);
    expect(await story.say('Bob', 'hi')).toEqual([]);
    story.clock.advance(seconds(29));
    expect(await story.say('Ada', 'hi')).toEqual([]);
    story.clock.advance(seconds(1));
    expect(await story.say('Ada', 'hi')).toEqual(['A']);
    expect(await story.say('Ada', 'hi')).toEqual([]);
  });

  test('has started when the handler begins, and counts from there', async () => {
    const story = await TestGroup.open({
      'Slow.ts': exactBot('Slow', 'hi', waitingAtLatch('cooldown-start')),
    });
    const action = await story.attach('slow', { cooldown: 30 });
    const waiting = waitingIn(story);
    const done = story.say('Ada', 'hi');
    await waiting;
    const resting = await story.app.store.cooldowns.endings([action.id], story.clock.now());
    expect([...resting.keys()]).toEqual([action.id]);
    story.clock.advance(seconds(30));
    openLatch('cooldown-start');
    await done;
    const again = waitingIn(story);
    const second = story.say('Ada', 'hi');
    await again;
    openLatch('cooldown-start');
    expect(await second).toEqual(['waiting']);
  });

  test('is its own: neither another action of the bot nor one of the same handler rests with it', async () => {
    const story = await TestGroup.open({
      'Which.ts': botSource('Which', posting('this.matchingTrigger')),
      'A.ts': say('A', 'x'),
    });
    await story.attach('which', { cooldown: 30, match: 'contains', triggers: ['x'] });
    await story.attach('which', { cooldown: 30, match: 'contains', triggers: ['y'] });
    await story.attach('a');
    expect(await story.say('Ada', 'x')).toEqual(['x', 'A']);
    expect(await story.say('Ada', 'x')).toEqual(['A']);
    expect(await story.say('Ada', 'x y')).toEqual(['y']);
  });

  test('survives a restart', async () => {
    const story = await TestGroup.alone({ 'A.ts': say('A') });
    await story.attach('a', { cooldown: 30 });
    await story.say('Ada', 'hi');
    await story.restart();
    expect(await story.say('Ada', 'hi')).toEqual([]);
    story.clock.advance(seconds(30));
    expect(await story.say('Ada', 'hi')).toEqual(['A']);
  });

  test('goes when the action is detached', async () => {
    const story = await shared.anew();
    const action = await story.attach('a', { cooldown: 900 });
    await story.say('Ada', 'hi');
    const [attached] = await actionsOf(story.app, story.thread);
    expect(attached?.action).toEqual(action);
    if (attached)
      await detachAction(story.app, { thread: story.thread, user: await story.person('Ada'), ...attached });
    expect(await story.app.store.cooldowns.endings([action.id], story.clock.now())).toEqual(new Map());
  });

  test.each([
    ['does not rest when the handler released it', 'this.releaseCooldown();', ['handled act', 'handled act']],
    [
      'does not rest when the handler threw',
      "throw new Error('no');",
      ['failed act HANDLER_THREW', 'failed act HANDLER_THREW'],
    ],
    [
      'does not rest when the handler ended its thread',
      'process.exit(1);',
      ['failed act HANDLER_EXITED', 'failed act HANDLER_EXITED'],
    ],
    [
      'does not rest when the handler released it and threw',
      "this.releaseCooldown(); throw new Error('no');",
      ['failed act HANDLER_THREW', 'failed act HANDLER_THREW'],
    ],
    ['rests when the handler did nothing', '', ['handled act']],
  ])('%s', async (_, body, lines) => {
    const story = await TestGroup.open({ 'Act.ts': exactBot('Act', 'hi', body) });
    await story.attach('act', { cooldown: 900 });
    expect([...(await story.watch('Ada', 'hi')), ...(await story.watch('Ada', 'hi'))]).toEqual(lines);
  });

  test('does not rest when the handler took too long', async () => {
    const slow = exactBot('Slow', 'hi', 'await new Promise(() => {});');
    const story = await TestGroup.open({ 'Slow.ts': slow }, { timeout: shortDeadline });
    const action = await story.attach('slow', { cooldown: 900 });
    expect(await story.watch('Ada', 'hi')).toEqual(['failed slow HANDLER_TIMEOUT']);
    expect(await story.app.store.cooldowns.endings([action.id], story.clock.now())).toEqual(new Map());
  });

  test('is released after the handler has returned, not before', async () => {
    const story = await TestGroup.open({
      'Free.ts': exactBot('Free', 'hi', `this.releaseCooldown(); ${waitingAtLatch('release')}`),
    });
    const action = await story.attach('free', { cooldown: 900 });
    const waiting = waitingIn(story);
    const done = story.say('Ada', 'hi');
    await waiting;
    const during = await story.app.store.cooldowns.endings([action.id], story.clock.now());
    openLatch('release');
    await done;
    const after = await story.app.store.cooldowns.endings([action.id], story.clock.now());
    expect([during.size, after.size]).toEqual([1, 0]);
  });
});

describe('the cooldown of a bot', () => {
  test('begins after all actions of the message and stops none of them', async () => {
    const story = await shared.anew();
    const bot = await story.bot('Tired', { cooldown: 60 });
    for (const alias of ['a', 'b', 'c']) await story.attach(alias, {}, bot);
    expect(await story.say('Ada', 'hi')).toEqual(['A', 'B']);
    expect(await story.say('Ada', 'hi')).toEqual([]);
    expect(await story.say('Ada', 'other')).toEqual([]);
    story.clock.advance(seconds(60));
    expect(await story.say('Ada', 'other')).toEqual(['C']);
    expect(await story.say('Ada', 'hi')).toEqual([]);
  });

  test('lets other bots answer', async () => {
    const story = await shared.anew();
    await story.attach('a', {}, await story.bot('Tired', { cooldown: 60 }));
    await story.attach('b', {}, await story.bot('Awake'));
    expect(await story.say('Ada', 'hi')).toEqual(['A', 'B']);
    expect(await story.say('Ada', 'hi')).toEqual(['B']);
  });

  test('survives a restart', async () => {
    const story = await TestGroup.alone(files);
    await story.attach('a', {}, await story.bot('Tired', { cooldown: 60 }));
    await story.say('Ada', 'hi');
    await story.restart();
    expect(await story.say('Ada', 'hi')).toEqual([]);
  });

  test('begins also when the action failed or released its own', async () => {
    const story = await shared.anew();
    const bot = await story.bot('Tired', { cooldown: 60 });
    await story.attach('bad', {}, bot);
    await story.attach('a', {}, bot);
    expect(await story.watch('Ada', 'bad')).toEqual(['failed bad HANDLER_THREW']);
    expect(await story.watch('Ada', 'hi')).toEqual([]);
  });

  test('does not begin when none of its actions ran', async () => {
    const story = await shared.anew();
    const bot = await story.bot('Tired', { cooldown: 60 });
    await story.attach('a', { admin_only: true }, bot);
    await story.attach('c', {}, bot);
    expect(await story.say('Bob', 'nothing for it')).toEqual([]);
    expect(await story.say('Bob', 'hi')).toEqual([]);
    expect(await story.say('Bob', 'other')).toEqual(['C']);
  });

  test('an action that rested with its bot has not begun its own cooldown', async () => {
    const story = await shared.anew();
    const bot = await story.bot('Tired', { cooldown: 60 });
    await story.attach('a', {}, bot);
    await story.attach('c', { cooldown: 900 }, bot);
    await story.say('Ada', 'hi');
    expect(await story.say('Ada', 'other')).toEqual([]);
    story.clock.advance(seconds(60));
    expect(await story.say('Ada', 'other')).toEqual(['C']);
  });
});

describe('admin_only', () => {
  test('lets only admins of the group fire the action, and nobody else start its cooldown', async () => {
    const story = await shared.anew();
    await story.attach('a', { admin_only: true, cooldown: 30 });
    await story.attach('b');
    expect(await story.say('Bob', 'hi')).toEqual(['B']);
    expect(await story.say('Ada', 'hi')).toEqual(['A', 'B']);
  });
});

async function waitingIn(story: TestGroup): Promise<void> {
  for (;;) {
    const { message } = await story.next('NewMessage');
    if (message.body === 'waiting') return;
  }
}
