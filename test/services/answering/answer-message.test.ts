import { rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { messageTypes } from '../../../src/domain/message.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { shortDeadline } from '../../support/sandbox.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { inThread, TestGroup } from '../../support/test-group.ts';

const echo = botSource('Echo', posting('this.message.body'), { settings: "match: 'any'" });
const say = (name: string, trigger = 'hi') => exactBot(name, trigger, posting(`'${name}'`));

describe('a message fires bots', () => {
  let testGroup: TestGroup;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    testGroup = await TestGroup.open({ 'Echo.ts': echo }, {}, atEnd);
    await testGroup.attach('echo');
  });

  test('when it is a text of a person in a group whose bots are on', async () => {
    expect(await testGroup.watch('Bob', 'hello')).toEqual(['says hello', 'handled echo']);
  });

  test('and not when it is of any other kind', async () => {
    const { MESSAGE, ...others } = messageTypes;
    for (const type of Object.values(others))
      expect([type, await testGroup.deliver({ type })]).toEqual([type, []]);
    expect(await testGroup.deliver({ type: MESSAGE })).toEqual(['says hi', 'handled echo']);
  });

  test('and not when a bot wrote it', async () => {
    const bot = await testGroup.bot('Other');
    expect(await testGroup.deliver({ owner: { type: 'bot', id: bot.id, name: bot.name } })).toEqual([]);
  });

  test('and not when it was removed before its turn', async () => {
    expect(await testGroup.deliver({ archivedAt: testGroup.clock.now() })).toEqual([]);
  });

  describe('and not while', () => {
    test.each([
      ['the thread is private', "update threads set kind = 'private'", "update threads set kind = 'group'"],
      [
        'the thread is removed',
        "update threads set archived_at = 'now'",
        'update threads set archived_at = null',
      ],
      ['chat_bots is off', 'update threads set chat_bots = 0', 'update threads set chat_bots = 1'],
      ['the bot is switched off', 'update bots set enabled = 0', 'update bots set enabled = 1'],
      ['the bot is archived', "update bots set archived_at = 'now'", 'update bots set archived_at = null'],
      ['the action is off', 'update bot_actions set enabled = 0', 'update bot_actions set enabled = 1'],
    ])('%s', async (_, statement, undo) => {
      await testGroup.change(statement);
      expect(await testGroup.deliver({})).toEqual([]);
      await testGroup.change(undo);
      expect(await testGroup.deliver({})).toEqual(['says hi', 'handled echo']);
    });
  });

  test('and not when bots are off in the configuration: then there is not even a job', async () => {
    const testGroup = await TestGroup.alone({ 'Echo.ts': echo });
    await testGroup.attach('echo');
    vi.stubEnv('MESSENGER_BOTS_ENABLED', 'false');
    onTestFinished(() => void vi.unstubAllEnvs());
    await testGroup.restart();
    expect(await testGroup.deliver({})).toEqual([]);
    await testGroup.send('Ada', 'hello');
    expect(await testGroup.app.store.jobs.pending('messenger-bots')).toBe(false);
  });

  test('and not when chat_bots was off as it was sent, although it is on by now', async () => {
    const testGroup = await TestGroup.open({ 'Echo.ts': echo });
    await testGroup.attach('echo');
    await testGroup.change('update threads set chat_bots = 0');
    await testGroup.send('Ada', 'hello');
    await testGroup.change('update threads set chat_bots = 1');
    expect(await testGroup.watch('Ada', 'again')).toEqual(['says again', 'handled echo']);
  });
});

describe('the actions of a message', () => {
  test('are tried bot by bot, oldest first, in the order in which they were attached', async () => {
    const testGroup = await TestGroup.alone({
      'A.ts': say('A'),
      'B.ts': say('B'),
      'C.ts': say('C'),
      'D.ts': say('D'),
    });
    const [first, second] = [await testGroup.bot('First'), await testGroup.bot('Second')];
    await testGroup.attach('d', {}, second);
    await testGroup.attach('c', {}, first);
    await testGroup.attach('a', {}, second);
    await testGroup.attach('b', {}, first);
    expect(await testGroup.say('Ada', 'hi')).toEqual(['C', 'B', 'D', 'A']);
    await testGroup.restart();
    expect(await testGroup.say('Ada', 'hi')).toEqual(['C', 'B', 'D', 'A']);
  });

  test('run once each, with the first of their triggers in stored order that matches', async () => {
    const testGroup = await TestGroup.open({
      'Which.ts': botSource('Which', posting('this.matchingTrigger')),
    });
    await testGroup.attach('which', { match: 'contains', triggers: ['zoo', 'b', 'a'] });
    await testGroup.attach('which', { match: 'contains:caseless', triggers: 'A|b' });
    await testGroup.attach('which', { match: 'any' });
    expect(await testGroup.say('Ada', 'a b a b')).toEqual(['b', 'A', 'null']);
  });

  test('of a handler that is not there any more are passed over', async () => {
    const testGroup = await TestGroup.alone({ 'A.ts': say('A'), 'B.ts': say('B') });
    await testGroup.attach('a');
    await testGroup.attach('b');
    rmSync(path.join(testGroup.workspace.bots, 'A.ts'));
    await testGroup.restart();
    expect(await testGroup.watch('Ada', 'hi')).toEqual(['says B', 'handled b']);
  });

  test('are fired by no bot: neither by its own words nor by those of another', async () => {
    const testGroup = await TestGroup.open({
      'Ping.ts': exactBot('Ping', '!ping', posting("'!pong'")),
      'Pong.ts': exactBot('Pong', '!pong', posting("'!ping'")),
      'Echo.ts': echo,
    });
    await testGroup.attach('ping');
    await testGroup.attach('pong', {}, await testGroup.bot('Other'));
    await testGroup.attach('echo');
    expect(await testGroup.say('Ada', '!ping')).toEqual(['!pong', '!ping']);
    expect(await testGroup.written()).toEqual(['Ada: !ping', 'LoungeBot: !pong', 'LoungeBot: !ping']);
  });
});

describe('what a handler fixes', () => {
  const tellSettings = posting("[this.action.match, ...this.action.triggers].join(' ')");
  const free = botSource('Choosy', tellSettings);
  const fixed = botSource('Choosy', tellSettings, {
    settings: "triggers: ['new', 'newer'], match: 'starts:with',",
  });

  test('wins over what is stored, also when its source changes later', async () => {
    const testGroup = await TestGroup.alone({ 'Choosy.ts': free });
    await testGroup.attach('choosy', { match: 'exact', triggers: ['old'] });
    expect(await testGroup.say('Ada', 'old')).toEqual(['exact old']);
    await testGroup.restart({ 'Choosy.ts': fixed });
    expect(await testGroup.say('Ada', 'old')).toEqual([]);
    expect(await testGroup.say('Ada', 'newer things')).toEqual(['starts:with new newer']);
  });

  test('is stored, and counts when the handler fixes nothing any more', async () => {
    const testGroup = await TestGroup.alone({ 'Choosy.ts': fixed });
    await testGroup.attach('choosy', { match: 'any', triggers: ['posted'] });
    await testGroup.restart({ 'Choosy.ts': free });
    expect(await testGroup.say('Ada', 'posted')).toEqual([]);
    expect(await testGroup.say('Ada', 'new things')).toEqual(['starts:with new newer']);
  });
});

describe('a handler that fails', () => {
  test.each([
    ['throws', "throw new Error('no luck');", 'HANDLER_THREW'],
    ['leaves a rejection to nobody', "void Promise.reject(new Error('adrift'));", 'HANDLER_THREW'],
    ['ends its thread', 'process.exit(3);', 'HANDLER_EXITED'],
    ['fills its memory', 'const all = []; for (;;) all.push([all.length]);', 'HANDLER_OUT_OF_MEMORY'],
    ['loops for ever', 'for (;;);', 'HANDLER_TIMEOUT'],
  ])('because it %s stops neither the other actions nor the next message', async (_, body, code) => {
    const files = { 'A.ts': say('A'), 'Bad.ts': exactBot('Bad', 'hi', body), 'C.ts': say('C') };
    const timeout = code === 'HANDLER_TIMEOUT' ? shortDeadline : 30_000;
    const testGroup = await TestGroup.open(files, { ...inThread, timeout, memory: 48 });
    for (const alias of ['a', 'bad', 'c']) await testGroup.attach(alias);
    expect(await testGroup.watch('Ada', 'hi')).toEqual([
      'says A',
      'handled a',
      `failed bad ${code}`,
      'says C',
      'handled c',
    ]);
    await testGroup.change("delete from bot_actions where handler = 'bad'");
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A', 'C']);
  });

  test('is told with its error, one that works with action, message and trigger', async () => {
    const bad = exactBot('Bad', 'hi', "throw new RangeError('no luck');");
    const testGroup = await TestGroup.open({ 'Bad.ts': bad, 'A.ts': say('A') });
    const [failed, handled] = [testGroup.collect('BotActionFailed'), testGroup.collect('BotActionHandled')];
    const [badAction, goodAction] = [await testGroup.attach('bad'), await testGroup.attach('a')];
    const message = await testGroup.send('Ada', 'hi');
    await testGroup.app.queue.idle();
    const error = {
      code: 'HANDLER_THREW',
      message: 'no luck',
      stack: expect.stringMatching(/^at Bad\.handle \(bots\/Bad\.ts:11:\d+\)$/),
    };
    expect(failed).toMatchObject([
      { bot: { name: 'LoungeBot' }, action: badAction, message, trigger: 'hi', error },
    ]);
    expect(handled).toMatchObject([
      { bot: { name: 'LoungeBot' }, action: goodAction, message, trigger: 'hi' },
    ]);
    const runs = await testGroup.app.store.runs.ofMessage(message.id);
    expect(runs.get(badAction.id)).toMatchObject({ status: 'failed', attempts: 1, error });
    expect(runs.get(goodAction.id)).toMatchObject({ status: 'handled', attempts: 1, error: null });
  });

  test('a listener that throws breaks nothing', async () => {
    const testGroup = await TestGroup.open({ 'A.ts': say('A') });
    await testGroup.attach('a');
    testGroup.app.events.on('BotActionHandled', () => {
      throw new Error('listener');
    });
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A']);
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A']);
  });
});
