import { describe, expect, test } from 'vitest';
import { type BacktestRequest, backtest } from '../../../src/services/backtesting/backtest.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { replyBot } from '../../support/handlers.ts';
import { putMessages } from '../../support/put-messages.ts';
import { TestGroup } from '../../support/test-group.ts';

const replying = { triggers: ['hi', 'hey'], match: 'contains', replies: ['yo'] };
const bots = { 'ReplyBot.ts': replyBot, 'Act.ts': exactBot('Act', 'hi', posting("'act'")) };

const openGroup = () => TestGroup.open(bots);

const say = (group: TestGroup, bodies: readonly string[]) =>
  putMessages(
    group,
    bodies.map((body) => ({ body })),
  );

/** A backtest with a line for each action: its numbers, and its samples. */
async function linesOf({ app, thread }: TestGroup, request: Partial<BacktestRequest>): Promise<string[]> {
  const { actions } = await backtest(app, { name: 'reply', change: {}, thread, samples: 9, ...request });
  return actions.map(({ messages, more, stops, unchanged, samples }) => {
    const texts = (all: ReadonlyArray<{ body: string; trigger: string | null }>) =>
      all.map(({ body, trigger }) => `${body} (${trigger})`).join(', ');
    return `+${more} -${stops} =${unchanged} of ${messages}: + ${texts(samples.more)} - ${texts(samples.stops)}`;
  });
}

describe('changed triggers', () => {
  test('fire on more messages, and stop on others, newest first', async () => {
    const group = await openGroup();
    await group.attach('reply', replying);
    await say(group, ['hi', 'this', 'hey you', 'which', 'none', 'hi there']);
    expect(await linesOf(group, { change: { match: 'contains:any', triggers: ['hi'] } })).toEqual([
      '+2 -1 =2 of 6: + which (hi), this (hi) - hey you (hey)',
    ]);
    expect(await linesOf(group, { change: { triggers: ['hi'] } })).toEqual([
      '+0 -1 =2 of 6: +  - hey you (hey)',
    ]);
    expect(await linesOf(group, { change: { match: 'any' }, samples: 1 })).toEqual([
      '+3 -0 =3 of 6: + none (null) - ',
    ]);
  });

  test('are tried for each action in its own group, and counted together', async () => {
    const group = await openGroup();
    await group.attach('reply', replying);
    await group.attach('reply', { ...replying, match: 'exact' });
    await say(group, ['hi', 'hi all', 'all']);
    const elsewhere = await group.anew();
    await say(elsewhere, ['all', 'all']);
    const change = { triggers: ['all'] };
    expect(await linesOf(group, { change })).toEqual([
      '+1 -1 =1 of 3: + all (all) - hi (hi)',
      '+1 -1 =0 of 3: + all (all) - hi (hi)',
    ]);
    const { total } = await backtest(group.app, { name: 'reply', change, thread: group.thread, samples: 0 });
    expect(total).toEqual({ messages: 3, more: 2, stops: 2, unchanged: 1 });
  });

  test('are tried in all groups where the handler is attached, each on its own messages', async () => {
    const group = await TestGroup.alone(bots);
    await group.attach('reply', replying);
    await say(group, ['hi']);
    const elsewhere = await group.anew();
    await elsewhere.attach('reply', replying);
    await say(elsewhere, ['all', 'hey']);
    expect(await linesOf(elsewhere, { change: { triggers: ['all'] }, thread: undefined })).toEqual([
      '+0 -1 =0 of 1: +  - hi (hi)',
      '+1 -1 =0 of 2: + all (all) - hey (hey)',
    ]);
  });

  test('are tried on more messages than are read at once', async () => {
    const group = await openGroup();
    await group.attach('reply', replying);
    await say(
      group,
      Array.from({ length: 2_001 }, (_, number) => (number === 0 ? 'yes, the first' : 'hi')),
    );
    const lines = await linesOf(group, { change: { triggers: ['yes'] }, samples: 1 });
    expect(lines).toEqual(['+1 -2000 =0 of 2001: + yes, the first (yes) - hi (hi)']);
  });

  test('of one action are tried for it alone', async () => {
    const group = await openGroup();
    const { id } = await group.attach('reply', replying);
    await group.attach('reply', replying);
    await say(group, ['yes']);
    const change = { triggers: ['yes'] };
    const once = ['+1 -0 =0 of 1: + yes (yes) - '];
    expect(await linesOf(group, { name: id, change })).toEqual(once);
    expect(await linesOf(group, { name: id.slice(0, -1).toUpperCase(), change })).toEqual(once);
  });

  test('of a handler that is attached nowhere are tried in all groups', async () => {
    const group = await TestGroup.alone(bots);
    await say(group, ['unique words', 'hi']);
    const elsewhere = await group.anew();
    await say(elsewhere, ['other unique words']);
    const change = { match: 'contains', triggers: ['unique'] } as const;
    expect(await linesOf(group, { change })).toEqual(['+1 -0 =0 of 2: + unique words (unique) - ']);
    expect((await linesOf(group, { change, thread: undefined }))[0]).toContain(
      '+ other unique words (unique), unique words (unique) -',
    );
  });

  test('are tried on the messages of the last time only, if that is wanted', async () => {
    const group = await openGroup();
    await group.attach('reply', replying);
    await say(group, ['hi']);
    group.clock.advance(60_000);
    await say(group, ['hi']);
    expect(await linesOf(group, { within: 30_000 })).toEqual([expect.stringContaining('of 1:')]);
    expect(await linesOf(group, { within: 90_000 })).toEqual([expect.stringContaining('of 2:')]);
  });
});

describe('a handler that fixes what is to be changed', () => {
  test.each([
    [{ triggers: ['x'] }, 'Act fixes its triggers in getSettings(): change bots/Act.ts to get this.'],
    [
      { match: 'contains', triggers: ['x'] } as const,
      'Act fixes its match method and its triggers in getSettings(): change bots/Act.ts to get this.',
    ],
    [{}, null],
  ])('is told apart: %j', async (change, note) => {
    const { app } = await openGroup();
    expect((await backtest(app, { name: 'Act', change, samples: 0 })).note).toBe(note);
  });

  test('is not to be changed if it is ready-made', async () => {
    const { app } = await openGroup();
    const { note } = await backtest(app, { name: 'roll', change: { match: 'exact' }, samples: 0 });
    expect(note).toBe(
      'RollBot fixes its match method and is ready-made, so this only shows what other ones would do.',
    );
  });

  test('is tried as if its file said so', async () => {
    const group = await openGroup();
    await group.attach('act');
    await say(group, ['hi', 'hi all']);
    expect(await linesOf(group, { name: 'act', change: { match: 'contains' } })).toEqual([
      '+1 -0 =1 of 2: + hi all (hi) - ',
    ]);
  });
});

describe('a changed file', () => {
  test('is compared with what fired at the time, also with runs that were skipped', async () => {
    const group = await TestGroup.alone(bots);
    await say(group, ['hey, before it was attached']);
    group.clock.advance(1_000);
    await group.attach('act', { cooldown: 30 });
    for (const body of ['hi', 'hi', 'hey', 'hm']) await group.say('Ada', body);
    await group.restart({ 'Act.ts': exactBot('Act', 'hey', posting("'act'")) });
    expect(await linesOf(group, { name: 'act' })).toEqual(['+1 -2 =0 of 4: + hey (hey) - hi (hi), hi (hi)']);
  });

  test('is not compared on messages that bots ignored when they arrived', async () => {
    const group = await openGroup();
    await group.attach('act');
    await say(group, ['hi', 'hi']);
    const [message] = await group.texts();
    await group.app.store.messages.setIgnoreReason(message?.id ?? '', 'bots_off_in_thread');
    expect(await linesOf(group, { name: 'act' })).toEqual(['+1 -0 =0 of 1: + hi (hi) - ']);
  });
});

describe('what is not there', () => {
  test.each([
    ['rply', 'HANDLER_UNKNOWN', 'Did you mean "reply"?'],
    ['ffffffff', 'HANDLER_UNKNOWN', 'There is no handler "ffffffff".'],
    ['0', 'NAME_AMBIGUOUS', 'More than one action is called "0".'],
  ])('%s is %s', async (name, code, sentence) => {
    const group = await openGroup();
    await group.attach('act');
    await group.attach('act');
    const failing = backtest(group.app, { name, change: {}, samples: 0 });
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringContaining(sentence) });
  });

  test('an action of another group is not found in this one', async () => {
    const group = await openGroup();
    const { id } = await group.attach('act');
    const { thread, app } = await group.anew();
    const failing = backtest(app, { name: id, change: {}, thread, samples: 0 });
    await expect(failing).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('an action whose handler is gone can still get other triggers', async () => {
    const group = await openGroup();
    const { id } = await group.attach('reply', replying);
    await say(group, ['hi', 'ho']);
    await group.change("update bot_actions set handler = 'gone' where id = ?", id);
    const change = { triggers: ['ho'] };
    const line = '+1 -1 =0 of 2: + ho (ho) - hi (hi)';
    expect(await linesOf(group, { name: 'gone', change })).toEqual([line]);
    expect(await linesOf(group, { name: id, change })).toEqual([line]);
    await expect(linesOf(group, { name: id })).rejects.toMatchObject({ code: 'HANDLER_UNKNOWN' });
  });
});
