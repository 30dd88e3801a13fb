import { rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { messageTypes } from '../../../src/domain/message.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { shortDeadline } from '../../support/sandbox.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const echo = botSource('Echo', posting('this.message.body'), { settings: "match: 'any'" });
const say = (name: string, trigger = 'hi') => exactBot(name, trigger, posting(`'${name}'`));

describe('a message fires bots', () => {
  let story: TestGroup;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    story = await TestGroup.open({ 'Echo.ts': echo }, {}, atEnd);
    await story.attach('echo');
  });

  test('when it is a text of a person in a group whose bots are on', async () => {
    expect(await story.watch('Bob', 'hello')).toEqual(['says hello', 'handled echo']);
  });

  test('and not when it is of any other kind', async () => {
    const { MESSAGE, ...others } = messageTypes;
    for (const type of Object.values(others))
      expect([type, await story.deliver({ type })]).toEqual([type, []]);
    expect(await story.deliver({ type: MESSAGE })).toEqual(['says hi', 'handled echo']);
  });

  test('and not when a bot wrote it', async () => {
    const bot = await story.bot('Other');
    expect(await story.deliver({ owner: { type: 'bot', id: bot.id, name: bot.name } })).toEqual([]);
  });

  test('and not when it was removed before its turn', async () => {
    expect(await story.deliver({ archivedAt: story.clock.now() })).toEqual([]);
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
      story.change(statement);
      expect(await story.deliver({})).toEqual([]);
      story.change(undo);
      expect(await story.deliver({})).toEqual(['says hi', 'handled echo']);
    });
  });

  test('and not when bots are off in the configuration: then there is not even a job', async () => {
    const story = await TestGroup.alone({ 'Echo.ts': echo });
    await story.attach('echo');
    vi.stubEnv('MESSENGER_BOTS_ENABLED', 'false');
    onTestFinished(() => void vi.unstubAllEnvs());
    await story.restart();
    expect(await story.deliver({})).toEqual([]);
    await story.send('Ada', 'hello');
    expect(await story.app.store.jobs.pending('messenger-bots')).toBe(false);
  });

  test('and not when chat_bots was off as it was sent, although it is on by now', async () => {
    const story = await TestGroup.open({ 'Echo.ts': echo });
    await story.attach('echo');
    story.change('update threads set chat_bots = 0');
    await story.send('Ada', 'hello');
    story.change('update threads set chat_bots = 1');
    expect(await story.watch('Ada', 'again')).toEqual(['says again', 'handled echo']);
  });
});

describe('the actions of a message', () => {
  test('are tried bot by bot, oldest first, in the order in which they were attached', async () => {
    const story = await TestGroup.alone({
      'A.ts': say('A'),
      'B.ts': say('B'),
      'C.ts': say('C'),
      'D.ts': say('D'),
    });
    const [first, second] = [await story.bot('First'), await story.bot('Second')];
    await story.attach('d', {}, second);
    await story.attach('c', {}, first);
    await story.attach('a', {}, second);
    await story.attach('b', {}, first);
    expect(await story.say('Ada', 'hi')).toEqual(['C', 'B', 'D', 'A']);
    await story.restart();
    expect(await story.say('Ada', 'hi')).toEqual(['C', 'B', 'D', 'A']);
  });

  test('run once each, with the first of their triggers in stored order that matches', async () => {
    const story = await TestGroup.open({ 'Which.ts': botSource('Which', posting('this.matchingTrigger')) });
    await story.attach('which', { match: 'contains', triggers: ['zoo', 'b', 'a'] });
    await story.attach('which', { match: 'contains:caseless', triggers: 'A|b' });
    await story.attach('which', { match: 'any' });
    expect(await story.say('Ada', 'a b a b')).toEqual(['b', 'A', 'null']);
  });

  test('of a handler that is not there any more are passed over', async () => {
    const story = await TestGroup.alone({ 'A.ts': say('A'), 'B.ts': say('B') });
    await story.attach('a');
    await story.attach('b');
    rmSync(path.join(story.workspace.bots, 'A.ts'));
    await story.restart();
    expect(await story.watch('Ada', 'hi')).toEqual(['says B', 'handled b']);
  });

  test('are fired by no bot: neither by its own words nor by those of another', async () => {
    const story = await TestGroup.open({
      'Ping.ts': exactBot('Ping', '!ping', posting("'!pong'")),
      'Pong.ts': exactBot('Pong', '!pong', posting("'!ping'")),
      'Echo.ts': echo,
    });
    await story.attach('ping');
    await story.attach('pong', {}, await story.bot('Other'));
    await story.attach('echo');
    expect(await story.say('Ada', '!ping')).toEqual(['!pong', '!ping']);
    expect(await story.written()).toEqual(['Ada: !ping', 'LoungeBot: !pong', 'LoungeBot: !ping']);
  });
});

describe('what a handler fixes', () => {
  const tellSettings = posting("[this.action.match, ...this.action.triggers].join(' ')");
  const free = botSource('Choosy', tellSettings);
  const fixed = botSource('Choosy', tellSettings, {
    settings: "triggers: ['new', 'newer'], match: 'starts:with',",
  });

  test('wins over what is stored, also when its source changes later', async () => {
    const story = await TestGroup.alone({ 'Choosy.ts': free });
    await story.attach('choosy', { match: 'exact', triggers: ['old'] });
    expect(await story.say('Ada', 'old')).toEqual(['exact old']);
    await story.restart({ 'Choosy.ts': fixed });
    expect(await story.say('Ada', 'old')).toEqual([]);
    expect(await story.say('Ada', 'newer things')).toEqual(['starts:with new newer']);
  });

  test('is stored, and counts when the handler fixes nothing any more', async () => {
    const story = await TestGroup.alone({ 'Choosy.ts': fixed });
    await story.attach('choosy', { match: 'any', triggers: ['posted'] });
    await story.restart({ 'Choosy.ts': free });
    expect(await story.say('Ada', 'posted')).toEqual([]);
    expect(await story.say('Ada', 'new things')).toEqual(['starts:with new newer']);
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
    const story = await TestGroup.open(files, { timeout, memory: 48 });
    for (const alias of ['a', 'bad', 'c']) await story.attach(alias);
    expect(await story.watch('Ada', 'hi')).toEqual([
      'says A',
      'handled a',
      `failed bad ${code}`,
      'says C',
      'handled c',
    ]);
    story.change("delete from bot_actions where handler = 'bad'");
    expect(await story.say('Ada', 'hi')).toEqual(['A', 'C']);
  });

  test('is told with its error, one that works with action, message and trigger', async () => {
    const bad = exactBot('Bad', 'hi', "throw new RangeError('no luck');");
    const story = await TestGroup.open({ 'Bad.ts': bad, 'A.ts': say('A') });
    const [failed, handled] = [story.collect('BotActionFailed'), story.collect('BotActionHandled')];
    const [badAction, goodAction] = [await story.attach('bad'), await story.attach('a')];
    const message = await story.send('Ada', 'hi');
    await story.app.queue.idle();
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
    const runs = await story.app.store.runs.ofMessage(message.id);
    expect(runs.get(badAction.id)).toMatchObject({ status: 'failed', attempts: 1, error });
    expect(runs.get(goodAction.id)).toMatchObject({ status: 'handled', attempts: 1, error: null });
  });

  test('a listener that throws breaks nothing', async () => {
    const story = await TestGroup.open({ 'A.ts': say('A') });
    await story.attach('a');
    story.app.events.on('BotActionHandled', () => {
      throw new Error('listener');
    });
    expect(await story.say('Ada', 'hi')).toEqual(['A']);
    expect(await story.say('Ada', 'hi')).toEqual(['A']);
  });
});
