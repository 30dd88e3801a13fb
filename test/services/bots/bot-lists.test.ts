import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { archiveBot } from '../../../src/services/bots/archive-bot.ts';
import { archivedBotNamed, botNamed, listBots } from '../../../src/services/bots/bot-lists.ts';
import { viewAction, viewActions, viewBot, viewBots } from '../../../src/services/bots/bot-views.ts';
import { ensureUser } from '../../../src/services/users/people.ts';
import { helloBot, replyBot } from '../../support/handlers.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const atEnd = endAfterAll();
let shared: TestGroup;
let group: TestGroup;
beforeAll(async () => {
  shared = await TestGroup.open({ 'HelloBot.ts': helloBot, 'ReplyBot.ts': replyBot }, {}, atEnd);
});
beforeEach(async () => {
  group = await shared.anew();
});

const reply = { match: 'any', replies: ['yes'] };
/** The bots as somebody sees them: `Name: handlers`. */
const seenBy = async (name: string) => {
  const listed = await listBots(group.app, group.thread, await group.person(name));
  return listed.map(({ name, actions }) => `${name}: ${actions.map(({ handler }) => handler).join(' ')}`);
};

describe('the bots of a group', () => {
  test('are listed oldest first, each with its actions in the order of attaching', async () => {
    const [one, other] = [await group.bot('Zoe'), await group.bot('Abe')];
    await group.attach('reply', reply, other);
    await group.attach('hello', {}, one);
    await group.attach('hello', {}, other);
    expect(await seenBy('Bob')).toEqual(['Zoe: hello', 'Abe: reply hello']);
  });

  test('that hide their actions show them to those who manage bots', async () => {
    await group.attach('hello', {}, await group.bot('Shy', { hideActions: true }));
    expect([await seenBy('Bob'), await seenBy('Ada')]).toEqual([['Shy: '], ['Shy: hello']]);
  });

  test('are not for people outside of it', async () => {
    const eve = await ensureUser(group.app, 'Eve');
    await expect(listBots(group.app, group.thread, eve)).rejects.toThrow('Not authorized to view bots.');
  });

  test('have actions as they are in effect: what the handler fixes, and no triggers with the match "any"', async () => {
    const bot = await group.bot('Helper');
    await group.attach('hello', {}, bot);
    await group.attach('reply', reply, bot);
    await group.change("update bot_actions set triggers = 'old', match = 'exact' where handler = 'hello'");
    await group.change("update bot_actions set triggers = 'old' where handler = 'reply'");
    const [listed] = await listBots(group.app, group.thread, await group.person('Ada'));
    expect(listed?.actions).toMatchObject([
      { handler: 'hello', match: 'contains:caseless', triggers: ['hello', 'hi', 'hey'], known: true },
      { handler: 'reply', match: 'any', triggers: [], known: true },
    ]);
  });

  test('keep an action in lists whose handler is gone, and leave it out of views', async () => {
    const bot = await group.bot('Helper');
    await group.attach('reply', reply, bot);
    await group.change("update bot_actions set handler = 'gone' where handler = 'reply'");
    const user = await group.person('Ada');
    const [listed] = await listBots(group.app, group.thread, user);
    expect(listed?.actions).toMatchObject([{ handler: 'gone', known: false, triggers: [] }]);
    expect(await viewBots(group.app, group.thread, user)).toMatchObject([
      { bot: { id: bot.id }, actions: [] },
    ]);
  });
});

describe('a cooldown', () => {
  test('of a bot counts for all its actions, and one of an action for that alone', async () => {
    const bot = await group.bot('Helper');
    const [one] = [await group.attach('hello', {}, bot), await group.attach('reply', reply, bot)];
    const { app, thread, clock } = group;
    const user = await group.person('Ada');
    const until = (seconds: number) =>
      new Date(clock.milliseconds() + seconds * 1_000).toISOString().replace('Z', '000Z');
    const rests = async () => {
      const [view] = await viewBots(app, thread, user);
      return [view?.onCooldown, ...(view?.actions.map(({ onCooldown }) => onCooldown) ?? [])];
    };
    expect(await rests()).toEqual([false, false, false]);
    await app.store.cooldowns.start(one.id, until(20), until(0));
    expect(await rests()).toEqual([false, true, false]);
    await app.store.cooldowns.start(bot.id, until(10), until(0));
    expect(await rests()).toEqual([true, true, true]);
    const [listed] = await listBots(app, thread, user);
    expect([listed?.cooldownUntil, ...(listed?.actions ?? []).map((action) => action.cooldownUntil)]).toEqual(
      [until(10), until(20), null],
    );
    clock.advance(10_000);
    expect(await rests()).toEqual([false, true, false]);
  });
});

describe('one bot', () => {
  test('is viewed by everybody in the group, and its hidden actions only by those who manage bots', async () => {
    const bot = await group.bot('Shy', { hideActions: true });
    const action = await group.attach('hello', {}, bot);
    const { app, thread } = group;
    const [ada, bob] = [await group.person('Ada'), await group.person('Bob')];
    expect((await viewBot(app, { thread, user: bob, bot })).seesActions).toBe(false);
    expect((await viewBot(app, { thread, user: ada, bot })).seesActions).toBe(true);
    expect(await viewActions(app, { thread, user: ada, bot })).toMatchObject([{ action: { id: action.id } }]);
    const refused = { code: 'NOT_PERMITTED' };
    await expect(viewActions(app, { thread, user: bob, bot })).rejects.toMatchObject(refused);
    await expect(viewAction(app, { thread, user: bob, bot, action })).rejects.toMatchObject(refused);
  });

  test('is found by its name or its id, and not by a name of another form', async () => {
    const bot = await group.bot('Night Owl');
    expect((await botNamed(group.app, group.thread, 'Night Owl')).id).toBe(bot.id);
    expect((await botNamed(group.app, group.thread, bot.id)).id).toBe(bot.id);
    await expect(botNamed(group.app, group.thread, 'night owl')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no bot "night owl" in Lounge.',
    });
  });

  test('of several with its name is named by its id', async () => {
    const ids = [(await group.bot('Twin')).id, (await group.bot('Twin')).id];
    await expect(botNamed(group.app, group.thread, 'Twin')).rejects.toMatchObject({
      code: 'NAME_AMBIGUOUS',
      message: `More than one bot is called "Twin". Use an id instead: ${ids.join(', ')}.`,
    });
    expect((await botNamed(group.app, group.thread, ids[1] ?? '')).id).toBe(ids[1]);
  });

  test('that is archived is found in the archive alone, the last one first', async () => {
    const user = await group.person('Ada');
    const { app, thread } = group;
    const twins = [await group.bot('Twin'), await group.bot('Twin')];
    for (const bot of twins) {
      await archiveBot(app, { thread, user, bot });
      group.clock.advance(1);
    }
    expect((await archivedBotNamed(app, thread, 'Twin')).id).toBe(twins[1]?.id);
    expect((await archivedBotNamed(app, thread, twins[0]?.id ?? '')).id).toBe(twins[0]?.id);
    await expect(botNamed(app, thread, 'Twin')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(archivedBotNamed(app, thread, 'Other')).rejects.toThrow(
      'There is no archived bot "Other" in Lounge.',
    );
  });
});
