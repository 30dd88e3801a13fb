import { beforeAll, describe, expect, test } from 'vitest';
import { MessengerBots } from '../../../src/index.ts';
import { attachAction } from '../../../src/services/bots/attach-action.ts';
import { availableHandlers } from '../../../src/services/bots/available-handlers.ts';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { actionsOf, attachHandler } from '../../../src/services/bots/playground.ts';
import { ensureGroup } from '../../../src/services/users/people.ts';
import { botSource, exactBot, posting } from '../../support/bot-source.ts';
import { rejection } from '../../support/sandbox.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const complete = { cooldown: 0, admin_only: false, enabled: true };
const say = (name: string, more = {}) => exactBot(name, 'hi', posting(`'${name}'`), more);
const refusing = say('No', { members: 'authorize() { return false; }' });
const once = say('Once', { settings: 'unique: true,' });

/** Attaches as somebody, with exactly these parameters. */
async function attachAs(
  story: TestGroup,
  name: string,
  handler: string,
  params: Record<string, unknown> = complete,
) {
  const [entry] = await story.app.store.bots.inThread(story.thread.id);
  const bot = entry?.bot ?? (await story.bot('Bot'));
  return attachAction(story.app, {
    thread: story.thread,
    bot,
    user: await story.person(name),
    handler,
    params,
  });
}

/** A group of its own for each test, over the handlers that most of them share. */
let shared: TestGroup;
const atEnd = endAfterAll();
beforeAll(async () => {
  const files = {
    'A.ts': say('A'),
    'Echo.ts': botSource('Echo', posting('this.message.body')),
    'HelloWorldBot.ts': say('HelloWorldBot').replace("'helloworldbot'", "'hello'"),
    'No.ts': refusing,
    'Once.ts': once,
  };
  shared = await TestGroup.open(files, {}, atEnd);
});

describe('attaching', () => {
  test('stores the action and tells it', async () => {
    const story = await shared.anew();
    const told = story.collect('NewBotAction');
    const action = await attachAs(story, 'Ada', 'echo', {
      cooldown: '5',
      admin_only: 1,
      enabled: '0',
      match: 'contains',
      triggers: ['a', 'b,c'],
    });
    expect(action).toMatchObject({
      handler: 'echo',
      match: 'contains',
      triggers: 'a|b|c',
      cooldown: 5,
      adminOnly: true,
      enabled: false,
      payload: null,
    });
    expect(told).toMatchObject([{ bot: { name: 'Bot' }, action }]);
    expect(await story.app.store.bots.findAction(action.id)).toEqual(action);
  });

  test('finds the handler by its alias, its class or its file', async () => {
    const story = await shared.anew();
    for (const name of ['hello', 'HelloWorldBot', `${story.workspace.bots}/HelloWorldBot.ts`]) {
      expect(await attachAs(story, 'Ada', name)).toMatchObject({ handler: 'hello' });
    }
  });

  test('takes effect with the next message, detaching too', async () => {
    const story = await shared.anew();
    expect(await story.say('Ada', 'hi')).toEqual([]);
    const action = await attachAs(story, 'Ada', 'a');
    expect(await story.say('Ada', 'hi')).toEqual(['A']);
    const told = story.collect('BotActionRemoved');
    for (const entry of await actionsOf(story.app, story.thread)) {
      await detachAction(story.app, { thread: story.thread, user: await story.person('Ada'), ...entry });
    }
    expect(told).toMatchObject([{ action }]);
    expect(await story.say('Ada', 'hi')).toEqual([]);
  });
});

describe('is refused', () => {
  test('first for who may not manage bots, then for the parameters, then by authorize(), then for being unique', async () => {
    const story = await TestGroup.open({
      'No.ts': say('No', {
        settings: 'unique: true,',
        members: 'authorize({ user }) { return user.name !== "Eve"; }',
      }),
    });
    await attachAs(story, 'Ada', 'no');
    const eve = await story.person('Eve');
    expect(await rejection(attachAs(story, 'Eve', 'no', {}))).toMatchObject({
      code: 'NOT_PERMITTED',
      message: 'Not authorized add bot actions.',
    });
    story.change('update participants set manage_bots = 1 where user_id = ?', eve.id);
    expect(await rejection(attachAs(story, 'Eve', 'no', {}))).toMatchObject({
      code: 'INVALID_PARAMETERS',
      message: 'No: The cooldown field is required. (and 2 more errors)',
      errors: {
        cooldown: ['The cooldown field is required.'],
        admin_only: ['The admin only field is required.'],
        enabled: ['The enabled field is required.'],
      },
    });
    expect(await rejection(attachAs(story, 'Eve', 'no'))).toMatchObject({
      code: 'HANDLER_NOT_AUTHORIZED',
      message: 'Not authorized to add ( No ) to Bot.',
    });
    expect(await rejection(attachAs(story, 'Ada', 'no'))).toMatchObject({
      code: 'HANDLER_UNIQUE',
      message: 'You may only have one ( No ) in Lounge at a time.',
    });
    expect(await actionsOf(story.app, story.thread)).toHaveLength(1);
  });

  test.each([
    ['somebody who is not in the group', 'Bob', 'delete from participants where admin = 0'],
    ['somebody who was removed', 'Ada', "update participants set removed_at = 'now'"],
    ['a participant without the right', 'Bob', 'update participants set manage_bots = 0'],
    ['anybody while chat_bots is off', 'Ada', 'update threads set chat_bots = 0'],
    ['anybody while the thread is locked', 'Ada', 'update threads set locked = 1'],
    ['anybody in a private thread', 'Ada', "update threads set kind = 'private'"],
  ])('for %s, as detaching is', async (_, name, statement) => {
    const story = await shared.anew();
    await attachAs(story, 'Ada', 'a');
    const entries = await actionsOf(story.app, story.thread);
    const user = await story.person(name);
    story.change(statement);
    const thread = (await story.app.store.threads.find(story.thread.id)) ?? story.thread;
    for (const entry of entries) {
      const attaching = attachAction(story.app, {
        thread,
        bot: entry.bot,
        user,
        handler: 'a',
        params: complete,
      });
      expect((await rejection(attaching)).code).toBe('NOT_PERMITTED');
      expect((await rejection(detachAction(story.app, { thread, user, ...entry }))).code).toBe(
        'NOT_PERMITTED',
      );
    }
    expect([entries.length, await actionsOf(story.app, story.thread)]).toEqual([1, entries]);
  });

  test('for a handler nobody knows, with the names of those that are known', async () => {
    const story = await shared.anew();
    const error = await rejection(attachAs(story, 'Ada', 'nothing'));
    expect(error).toMatchObject({
      code: 'HANDLER_UNKNOWN',
      message: expect.stringMatching(
        /^There is no handler "nothing"\. Known handlers: a, .*coin_toss, commands, /,
      ),
    });
  });

  test('for a handler whose file is broken, with its line', async () => {
    const story = await TestGroup.open({ 'Broken.ts': 'export const a = ;' });
    const error = await rejection(attachAs(story, 'Ada', 'Broken'));
    expect(error).toMatchObject({
      code: 'HANDLER_FILE_BROKEN',
      message: expect.stringMatching(/^bots\/Broken\.ts:1: /),
    });
  });
});

describe('a unique handler', () => {
  test('is attached once over all bots of a thread, and once in each thread', async () => {
    const story = await shared.anew();
    const [one, two] = [await story.bot('One'), await story.bot('Two')];
    await story.attach('once', {}, one);
    expect((await rejection(story.attach('once', {}, two))).code).toBe('HANDLER_UNIQUE');
    const other = await ensureGroup(story.app, 'Garden', { chatBots: true });
    const action = await attachHandler(story.app, {
      thread: other,
      user: await story.person('Ada', other),
      handler: 'once',
      params: {},
    });
    expect(action.handler).toBe('once');
  });

  test('is attached once also by two who attach it at the same moment', async () => {
    const story = await shared.anew();
    const bot = await story.bot('Bot');
    const attempts = await Promise.allSettled([
      story.attach('once', {}, bot),
      story.attach('once', {}, bot),
      story.attach('once', {}, bot),
    ]);
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('may come back after it was detached', async () => {
    const story = await shared.anew();
    await story.attach('once');
    for (const entry of await actionsOf(story.app, story.thread))
      await detachAction(story.app, { thread: story.thread, user: await story.person('Ada'), ...entry });
    expect(await story.attach('once')).toMatchObject({ handler: 'once' });
  });
});

describe('authorize()', () => {
  test('is given the person and the group, and never asked when a message fires', async () => {
    const members =
      'async authorize({ user, thread }) { return user.admin && user.name === "Ada" && thread.name === "Lounge"; }';
    const story = await TestGroup.open({ 'Yes.ts': say('Yes', { members }) });
    await story.attach('yes');
    expect(await story.say('Bob', 'hi')).toEqual(['Yes']);
  });

  test('is switched off for one request by MessengerBots.shouldAuthorize(false)', async () => {
    const story = await shared.anew();
    MessengerBots.shouldAuthorize(false);
    expect(await attachAs(story, 'Ada', 'no')).toMatchObject({ handler: 'no' });
    expect((await rejection(attachAs(story, 'Ada', 'no'))).code).toBe('HANDLER_NOT_AUTHORIZED');
  });

  test.each([
    ['does not reach its authorize()', 'Ada', {}, 'INVALID_PARAMETERS'],
    ['is not permitted', 'Bob', complete, 'NOT_PERMITTED'],
  ])('is switched off for one request, also when that one %s', async (_, name, params, code) => {
    const story = await shared.anew();
    MessengerBots.shouldAuthorize(false);
    expect((await rejection(attachAs(story, name, 'no', params))).code).toBe(code);
    expect((await rejection(attachAs(story, 'Ada', 'no'))).code).toBe('HANDLER_NOT_AUTHORIZED');
  });

  test('is not asked for by those who ask at the same time, and looking uses nothing up', async () => {
    const story = await shared.anew();
    const asAda = async () => {
      MessengerBots.shouldAuthorize(false);
      await availableHandlers(story.app, story.thread, await story.person('Ada'));
      return attachAs(story, 'Ada', 'no');
    };
    const asUsual = async () => (await rejection(attachAs(story, 'Ada', 'no'))).code;
    const usual = [asUsual(), asUsual()];
    expect(await asAda()).toMatchObject({ handler: 'no' });
    expect(await Promise.all([...usual, asUsual()])).toEqual(Array(3).fill('HANDLER_NOT_AUTHORIZED'));
  });

  test('can be switched on again before', async () => {
    const story = await shared.anew();
    MessengerBots.shouldAuthorize(false);
    MessengerBots.shouldAuthorize(true);
    expect((await rejection(attachAs(story, 'Ada', 'no'))).code).toBe('HANDLER_NOT_AUTHORIZED');
  });
});

test('a handler whose rules() take a field of every action is not there to attach', async () => {
  const members = 'rules() { return { cooldown: z.string() }; }';
  const story = await TestGroup.open({ 'Taken.ts': say('Taken', { members }) });
  const error = await rejection(attachAs(story, 'Ada', 'Taken'));
  expect(error.message).toMatch(
    /^bots\/Taken\.ts: rules\(\) defines "cooldown", which every action already has/,
  );
});
