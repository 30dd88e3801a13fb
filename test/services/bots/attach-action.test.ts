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
  testGroup: TestGroup,
  name: string,
  handler: string,
  params: Record<string, unknown> = complete,
) {
  const [entry] = await testGroup.app.store.bots.inThread(testGroup.thread.id);
  const bot = entry?.bot ?? (await testGroup.bot('Bot'));
  return attachAction(testGroup.app, {
    thread: testGroup.thread,
    bot,
    user: await testGroup.person(name),
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
    const testGroup = await shared.anew();
    const told = testGroup.collect('NewBotAction');
    const action = await attachAs(testGroup, 'Ada', 'echo', {
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
    expect(await testGroup.app.store.bots.findAction(action.id)).toEqual(action);
  });

  test('finds the handler by its alias, its class or its file', async () => {
    const testGroup = await shared.anew();
    for (const name of ['hello', 'HelloWorldBot', `${testGroup.workspace.bots}/HelloWorldBot.ts`]) {
      expect(await attachAs(testGroup, 'Ada', name)).toMatchObject({ handler: 'hello' });
    }
  });

  test('takes effect with the next message, detaching too', async () => {
    const testGroup = await shared.anew();
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
    const action = await attachAs(testGroup, 'Ada', 'a');
    expect(await testGroup.say('Ada', 'hi')).toEqual(['A']);
    const told = testGroup.collect('BotActionRemoved');
    for (const entry of await actionsOf(testGroup.app, testGroup.thread)) {
      await detachAction(testGroup.app, {
        thread: testGroup.thread,
        user: await testGroup.person('Ada'),
        ...entry,
      });
    }
    expect(told).toMatchObject([{ action }]);
    expect(await testGroup.say('Ada', 'hi')).toEqual([]);
  });
});

describe('is refused', () => {
  test('first for who may not manage bots, then for the parameters, then by authorize(), then for being unique', async () => {
    const testGroup = await TestGroup.open({
      'No.ts': say('No', {
        settings: 'unique: true,',
        members: 'authorize({ user }) { return user.name !== "Eve"; }',
      }),
    });
    await attachAs(testGroup, 'Ada', 'no');
    const eve = await testGroup.person('Eve');
    expect(await rejection(attachAs(testGroup, 'Eve', 'no', {}))).toMatchObject({
      code: 'NOT_PERMITTED',
      message: 'Not authorized add bot actions.',
    });
    await testGroup.change('update participants set manage_bots = 1 where user_id = ?', eve.id);
    expect(await rejection(attachAs(testGroup, 'Eve', 'no', {}))).toMatchObject({
      code: 'INVALID_PARAMETERS',
      message: 'No: The cooldown field is required. (and 2 more errors)',
      errors: {
        cooldown: ['The cooldown field is required.'],
        admin_only: ['The admin only field is required.'],
        enabled: ['The enabled field is required.'],
      },
    });
    expect(await rejection(attachAs(testGroup, 'Eve', 'no'))).toMatchObject({
      code: 'HANDLER_NOT_AUTHORIZED',
      message: 'Not authorized to add ( No ) to Bot.',
    });
    expect(await rejection(attachAs(testGroup, 'Ada', 'no'))).toMatchObject({
      code: 'HANDLER_UNIQUE',
      message: 'You may only have one ( No ) in Lounge at a time.',
    });
    expect(await actionsOf(testGroup.app, testGroup.thread)).toHaveLength(1);
  });

  test.each([
    ['somebody who is not in the group', 'Bob', 'delete from participants where admin = 0'],
    ['somebody who was removed', 'Ada', "update participants set removed_at = 'now'"],
    ['a participant without the right', 'Bob', 'update participants set manage_bots = 0'],
    ['anybody while chat_bots is off', 'Ada', 'update threads set chat_bots = 0'],
    ['anybody while the thread is locked', 'Ada', 'update threads set locked = 1'],
    ['anybody in a private thread', 'Ada', "update threads set kind = 'private'"],
  ])('for %s, as detaching is', async (_, name, statement) => {
    const testGroup = await shared.anew();
    await attachAs(testGroup, 'Ada', 'a');
    const entries = await actionsOf(testGroup.app, testGroup.thread);
    const user = await testGroup.person(name);
    await testGroup.change(statement);
    const thread = (await testGroup.app.store.threads.find(testGroup.thread.id)) ?? testGroup.thread;
    for (const entry of entries) {
      const attaching = attachAction(testGroup.app, {
        thread,
        bot: entry.bot,
        user,
        handler: 'a',
        params: complete,
      });
      expect((await rejection(attaching)).code).toBe('NOT_PERMITTED');
      expect((await rejection(detachAction(testGroup.app, { thread, user, ...entry }))).code).toBe(
        'NOT_PERMITTED',
      );
    }
    expect([entries.length, await actionsOf(testGroup.app, testGroup.thread)]).toEqual([1, entries]);
  });

  test('for a handler nobody knows, with the names of those that are known', async () => {
    const testGroup = await shared.anew();
    const error = await rejection(attachAs(testGroup, 'Ada', 'nothing'));
    expect(error).toMatchObject({
      code: 'HANDLER_UNKNOWN',
      message: expect.stringMatching(
        /^There is no handler "nothing"\. Known handlers: a, .*coin_toss, commands, /,
      ),
    });
  });

  test('for a handler whose file is broken, with its line', async () => {
    const testGroup = await TestGroup.open({ 'Broken.ts': 'export const a = ;' });
    const error = await rejection(attachAs(testGroup, 'Ada', 'Broken'));
    expect(error).toMatchObject({
      code: 'HANDLER_FILE_BROKEN',
      message: expect.stringMatching(/^bots\/Broken\.ts:1: /),
    });
  });
});

describe('a unique handler', () => {
  test('is attached once over all bots of a thread, and once in each thread', async () => {
    const testGroup = await shared.anew();
    const [one, two] = [await testGroup.bot('One'), await testGroup.bot('Two')];
    await testGroup.attach('once', {}, one);
    expect((await rejection(testGroup.attach('once', {}, two))).code).toBe('HANDLER_UNIQUE');
    const other = await ensureGroup(testGroup.app, 'Garden', { chatBots: true });
    const action = await attachHandler(testGroup.app, {
      thread: other,
      user: await testGroup.person('Ada', other),
      handler: 'once',
      params: {},
    });
    expect(action.handler).toBe('once');
  });

  test('is attached once also by two who attach it at the same moment', async () => {
    const testGroup = await shared.anew();
    const bot = await testGroup.bot('Bot');
    const attempts = await Promise.allSettled([
      testGroup.attach('once', {}, bot),
      testGroup.attach('once', {}, bot),
      testGroup.attach('once', {}, bot),
    ]);
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('may come back after it was detached', async () => {
    const testGroup = await shared.anew();
    await testGroup.attach('once');
    for (const entry of await actionsOf(testGroup.app, testGroup.thread))
      await detachAction(testGroup.app, {
        thread: testGroup.thread,
        user: await testGroup.person('Ada'),
        ...entry,
      });
    expect(await testGroup.attach('once')).toMatchObject({ handler: 'once' });
  });
});

describe('authorize()', () => {
  test('is given the person and the group, and never asked when a message fires', async () => {
    const members =
      'async authorize({ user, thread }) { return user.admin && user.name === "Ada" && thread.name === "Lounge"; }';
    const testGroup = await TestGroup.open({ 'Yes.ts': say('Yes', { members }) });
    await testGroup.attach('yes');
    expect(await testGroup.say('Bob', 'hi')).toEqual(['Yes']);
  });

  test('is switched off for one request by MessengerBots.shouldAuthorize(false)', async () => {
    const testGroup = await shared.anew();
    MessengerBots.shouldAuthorize(false);
    expect(await attachAs(testGroup, 'Ada', 'no')).toMatchObject({ handler: 'no' });
    expect((await rejection(attachAs(testGroup, 'Ada', 'no'))).code).toBe('HANDLER_NOT_AUTHORIZED');
  });

  test.each([
    ['does not reach its authorize()', 'Ada', {}, 'INVALID_PARAMETERS'],
    ['is not permitted', 'Bob', complete, 'NOT_PERMITTED'],
  ])('is switched off for one request, also when that one %s', async (_, name, params, code) => {
    const testGroup = await shared.anew();
    MessengerBots.shouldAuthorize(false);
    expect((await rejection(attachAs(testGroup, name, 'no', params))).code).toBe(code);
    expect((await rejection(attachAs(testGroup, 'Ada', 'no'))).code).toBe('HANDLER_NOT_AUTHORIZED');
  });

  test('is not asked for by those who ask at the same time, and looking uses nothing up', async () => {
    const testGroup = await shared.anew();
    const asAda = async () => {
      MessengerBots.shouldAuthorize(false);
      await availableHandlers(testGroup.app, testGroup.thread, await testGroup.person('Ada'));
      return attachAs(testGroup, 'Ada', 'no');
    };
    const asUsual = async () => (await rejection(attachAs(testGroup, 'Ada', 'no'))).code;
    const usual = [asUsual(), asUsual()];
    expect(await asAda()).toMatchObject({ handler: 'no' });
    expect(await Promise.all([...usual, asUsual()])).toEqual(Array(3).fill('HANDLER_NOT_AUTHORIZED'));
  });

  test('can be switched on again before', async () => {
    const testGroup = await shared.anew();
    MessengerBots.shouldAuthorize(false);
    MessengerBots.shouldAuthorize(true);
    expect((await rejection(attachAs(testGroup, 'Ada', 'no'))).code).toBe('HANDLER_NOT_AUTHORIZED');
  });
});

test('a handler whose rules() take a field of every action is not there to attach', async () => {
  const members = 'rules() { return { cooldown: z.string() }; }';
  const testGroup = await TestGroup.open({ 'Taken.ts': say('Taken', { members }) });
  const error = await rejection(attachAs(testGroup, 'Ada', 'Taken'));
  expect(error.message).toMatch(
    /^bots\/Taken\.ts: rules\(\) defines "cooldown", which every action already has/,
  );
});
