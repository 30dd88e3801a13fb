import { beforeAll, describe, expect, test } from 'vitest';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { actionsOf } from '../../../src/services/bots/playground.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { shortDeadline } from '../../support/sandbox.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { inThread, TestGroup } from '../../support/test-group.ts';

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
    const testGroup = await shared.anew();
    await testGroup.attach('a', { cooldown: 30 });
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A']);
    expect(await testGroup.say('Bob', 'hi')).toEqual([]);
    testGroup.clock.advance(seconds(29));
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
    testGroup.clock.advance(seconds(1));
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A']);
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
  });

  test('has started when the handler begins, and counts from there', async () => {
    const testGroup = await TestGroup.open({
      'Slow.ts': exactBot('Slow', 'hi', waitingAtLatch('cooldown-start')),
    });
    const action = await testGroup.attach('slow', { cooldown: 30 });
    const waiting = waitingIn(testGroup);
    const done = testGroup.say('Ada', 'hi');
    await waiting;
    const resting = await testGroup.app.store.cooldowns.endings([action.id], testGroup.clock.now());
    expect([...resting.keys()]).toEqual([action.id]);
    testGroup.clock.advance(seconds(30));
    openLatch('cooldown-start');
    await done;
    const again = waitingIn(testGroup);
    const second = testGroup.say('Ada', 'hi');
    await again;
    openLatch('cooldown-start');
    expect(await second).toEqual(['waiting']);
  });

  test('is its own: neither another action of the bot nor one of the same handler rests with it', async () => {
    const testGroup = await TestGroup.open({
      'Which.ts': botSource('Which', posting('this.matchingTrigger')),
      'A.ts': say('A', 'x'),
    });
    await testGroup.attach('which', { cooldown: 30, match: 'contains', triggers: ['x'] });
    await testGroup.attach('which', { cooldown: 30, match: 'contains', triggers: ['y'] });
    await testGroup.attach('a');
    expect(await testGroup.say('Ada', 'x')).toEqual(['x', 'A']);
    expect(await testGroup.say('Ada', 'x')).toEqual(['A']);
    expect(await testGroup.say('Ada', 'x y')).toEqual(['y']);
  });

  test('survives a restart', async () => {
    const testGroup = await TestGroup.alone({ 'A.ts': say('A') });
    await testGroup.attach('a', { cooldown: 30 });
    await testGroup.say('Ada', 'hi');
    await testGroup.restart();
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
    testGroup.clock.advance(seconds(30));
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A']);
  });

  test('goes when the action is detached', async () => {
    const testGroup = await shared.anew();
    const action = await testGroup.attach('a', { cooldown: 900 });
    await testGroup.say('Ada', 'hi');
    const [attached] = await actionsOf(testGroup.app, testGroup.thread);
    expect(attached?.action).toEqual(action);
    if (attached)
      await detachAction(testGroup.app, {
        thread: testGroup.thread,
        user: await testGroup.person('Ada'),
        ...attached,
      });
    expect(await testGroup.app.store.cooldowns.endings([action.id], testGroup.clock.now())).toEqual(
      new Map(),
    );
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
    const testGroup = await TestGroup.open({ 'Act.ts': exactBot('Act', 'hi', body) }, inThread);
    await testGroup.attach('act', { cooldown: 900 });
    expect([...(await testGroup.watch('Ada', 'hi')), ...(await testGroup.watch('Ada', 'hi'))]).toEqual(lines);
  });

  test('does not rest when the handler took too long', async () => {
    const slow = exactBot('Slow', 'hi', 'await new Promise(() => {});');
    const testGroup = await TestGroup.open({ 'Slow.ts': slow }, { timeout: shortDeadline });
    const action = await testGroup.attach('slow', { cooldown: 900 });
    expect(await testGroup.watch('Ada', 'hi')).toEqual(['failed slow HANDLER_TIMEOUT']);
    expect(await testGroup.app.store.cooldowns.endings([action.id], testGroup.clock.now())).toEqual(
      new Map(),
    );
  });

  test('is released after the handler has returned, not before', async () => {
    const testGroup = await TestGroup.open({
      'Free.ts': exactBot('Free', 'hi', `this.releaseCooldown(); ${waitingAtLatch('release')}`),
    });
    const action = await testGroup.attach('free', { cooldown: 900 });
    const waiting = waitingIn(testGroup);
    const done = testGroup.say('Ada', 'hi');
    await waiting;
    const during = await testGroup.app.store.cooldowns.endings([action.id], testGroup.clock.now());
    openLatch('release');
    await done;
    const after = await testGroup.app.store.cooldowns.endings([action.id], testGroup.clock.now());
    expect([during.size, after.size]).toEqual([1, 0]);
  });
});

describe('the cooldown of a bot', () => {
  test('begins after all actions of the message and stops none of them', async () => {
    const testGroup = await shared.anew();
    const bot = await testGroup.bot('Tired', { cooldown: 60 });
    for (const alias of ['a', 'b', 'c']) await testGroup.attach(alias, {}, bot);
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A', 'B']);
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
    expect(await testGroup.say('Ada', 'other')).toEqual([]);
    testGroup.clock.advance(seconds(60));
    expect(await testGroup.say('Ada', 'other')).toEqual(['C']);
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
  });

  test('lets other bots answer', async () => {
    const testGroup = await shared.anew();
    await testGroup.attach('a', {}, await testGroup.bot('Tired', { cooldown: 60 }));
    await testGroup.attach('b', {}, await testGroup.bot('Awake'));
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A', 'B']);
    expect(await testGroup.say('Ada', 'hi')).toEqual(['B']);
  });

  test('survives a restart', async () => {
    const testGroup = await TestGroup.alone(files);
    await testGroup.attach('a', {}, await testGroup.bot('Tired', { cooldown: 60 }));
    await testGroup.say('Ada', 'hi');
    await testGroup.restart();
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
  });

  test('begins also when the action failed or released its own', async () => {
    const testGroup = await shared.anew();
    const bot = await testGroup.bot('Tired', { cooldown: 60 });
    await testGroup.attach('bad', {}, bot);
    await testGroup.attach('a', {}, bot);
    expect(await testGroup.watch('Ada', 'bad')).toEqual(['failed bad HANDLER_THREW']);
    expect(await testGroup.watch('Ada', 'hi')).toEqual([]);
  });

  test('does not begin when none of its actions ran', async () => {
    const testGroup = await shared.anew();
    const bot = await testGroup.bot('Tired', { cooldown: 60 });
    await testGroup.attach('a', { admin_only: true }, bot);
    await testGroup.attach('c', {}, bot);
    expect(await testGroup.say('Bob', 'nothing for it')).toEqual([]);
    expect(await testGroup.say('Bob', 'hi')).toEqual([]);
    expect(await testGroup.say('Bob', 'other')).toEqual(['C']);
  });

  test('an action that rested with its bot has not begun its own cooldown', async () => {
    const testGroup = await shared.anew();
    const bot = await testGroup.bot('Tired', { cooldown: 60 });
    await testGroup.attach('a', {}, bot);
    await testGroup.attach('c', { cooldown: 900 }, bot);
    await testGroup.say('Ada', 'hi');
    expect(await testGroup.say('Ada', 'other')).toEqual([]);
    testGroup.clock.advance(seconds(60));
    expect(await testGroup.say('Ada', 'other')).toEqual(['C']);
  });
});

describe('admin_only', () => {
  test('lets only admins of the group fire the action, and nobody else start its cooldown', async () => {
    const testGroup = await shared.anew();
    await testGroup.attach('a', { admin_only: true, cooldown: 30 });
    await testGroup.attach('b');
    expect(await testGroup.say('Bob', 'hi')).toEqual(['B']);
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A', 'B']);
  });
});

async function waitingIn(testGroup: TestGroup): Promise<void> {
  for (;;) {
    const { message } = await testGroup.next('NewMessage');
    if (message.body === 'waiting') return;
  }
}
