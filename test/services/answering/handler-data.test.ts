import { beforeAll, describe, expect, test } from 'vitest';
import type { MatchMethod } from '../../../src/domain/match.ts';
import { botSource, posting } from '../../support/bot-source.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** A handler that writes what an expression gives, as JSON. */
const telling = (name: string, expression: string, members = '') =>
  botSource(name, posting(`JSON.stringify(${expression})`), { members });

/** What an expression gives in a handler that answers a message of Ada. */
async function tell(expression: string, body = 'hi', sender = 'Ada'): Promise<unknown> {
  const testGroup = await TestGroup.open({ 'Tell.ts': telling('Tell', expression) });
  await testGroup.attach('tell', { match: 'any' });
  const [text = ''] = await testGroup.say(sender, body, { senderIp: '192.0.2.7' });
  return JSON.parse(text);
}

describe('the parsed message', () => {
  let testGroup: TestGroup;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    const expression =
      '[this.getParsedMessage(), this.getParsedWords(), this.getParsedMessage(true), this.getParsedWords(true)]';
    testGroup = await TestGroup.open({ 'Tell.ts': telling('Tell', expression) }, {}, atEnd);
  });

  test.each<[MatchMethod, string, string, string | null, string[] | null]>([
    ['starts:with', '!roll', '!roll 1 Six', '1 Six', ['1', 'Six']],
    ['starts:with', '!roll', '!roll', null, null],
    ['starts:with', '!roll', '  !roll   ', null, null],
    ['starts:with:caseless', '!Roll', '!rOLL  1\t\n6 ', '1\t\n6', ['1', '6']],
    ['contains', 'hi', 'this hi there', 'this  there', ['this', 'there']],
    ['contains', 'hi', 'this, hi', 'this,', ['this,']],
    ['contains', 'a', 'banana a a', 'banana  a', ['banana', 'a']],
    ['contains:any', 'an', 'banana', 'bana', ['bana']],
    ['exact', 'hi', 'hi', null, null],
    ['any', '', ' All Of It ', 'All Of It', ['All', 'Of', 'It']],
  ])('%s %j in %j leaves %j', async (match, trigger, body, rest, words) => {
    const action = await testGroup.attach('tell', { match, triggers: [trigger] });
    const [text = ''] = await testGroup.say('Ada', body);
    const lower = [rest?.toLowerCase() ?? null, words?.map((word) => word.toLowerCase()) ?? null];
    expect(JSON.parse(text)).toEqual([rest, words, ...lower]);
    await testGroup.change('delete from bot_actions where id = ?', action.id);
  });
});

describe('the payload', () => {
  const rules = 'rules() { return { replies: z.array(z.string()), times: z.int().optional() }; }';

  test('is read back typed, whole or by its key', async () => {
    const expression = "[this.getPayload(), this.getPayload('replies'), this.getPayload('times') ?? 'none']";
    const testGroup = await TestGroup.alone({ 'Tell.ts': telling('Tell', expression, rules) });
    await testGroup.attach('tell', {
      match: 'exact',
      triggers: ['one'],
      replies: ['a', 'b'],
      times: '7',
      other: 'dropped',
    });
    await testGroup.attach('tell', { match: 'exact', triggers: ['two'], replies: ['c'] });
    await testGroup.restart();
    const [one = '', two = ''] = [
      ...(await testGroup.say('Ada', 'one')),
      ...(await testGroup.say('Ada', 'two')),
    ];
    expect(JSON.parse(one)).toEqual([{ replies: ['a', 'b'], times: 7 }, ['a', 'b'], 7]);
    expect(JSON.parse(two)).toEqual([{ replies: ['c'] }, ['c'], 'none']);
  });

  test('is what serializePayload() made of it', async () => {
    const members = `${rules} serializePayload(payload: any) { return { replies: payload.replies.map((reply: string) => reply.toUpperCase()) }; }`;
    const testGroup = await TestGroup.open({ 'Tell.ts': telling('Tell', 'this.getPayload()', members) });
    const action = await testGroup.attach('tell', { match: 'any', replies: ['a'] });
    expect(action.payload).toEqual({ replies: ['A'] });
    expect(await testGroup.say('Ada', 'hi')).toEqual(['{"replies":["A"]}']);
  });

  test('is null for a handler without rules', async () => {
    expect(await tell('[this.getPayload(), this.action.payload]')).toEqual([null, null]);
  });
});

describe('what a handler sees', () => {
  test('the message and who wrote it', async () => {
    const seen = await tell(
      '[this.message.body, this.message.type, this.message.replyToId, this.message.extra, this.message.owner.name, this.message.owner.type, this.message.owner.getProviderName()]',
      'hi there',
      'Zoë',
    );
    expect(seen).toEqual(['hi there', 0, null, null, 'Zoë', 'user', 'Zoë']);
  });

  test('the trigger that matched is null with match any', async () => {
    expect(await tell('this.matchingTrigger')).toBeNull();
  });

  test.each([
    ['Ada', true],
    ['Bob', false],
  ])('whether the sender is an admin of the group: %s %s', async (sender, isAdmin) => {
    expect(await tell('this.isGroupAdmin', 'hi', sender)).toBe(isAdmin);
  });

  test('the address of the sender', async () => {
    expect(await tell('this.senderIp')).toBe('192.0.2.7');
  });

  test('the group, its bot and the action', async () => {
    expect(await tell('[this.thread.name, this.thread.type, this.bot, this.action]')).toMatchObject([
      'Lounge',
      'group',
      { name: 'LoungeBot', enabled: true, cooldown: 0, hideActions: false },
      {
        handler: 'tell',
        match: 'any',
        triggers: [],
        enabled: true,
        adminOnly: false,
        cooldown: 0,
        payload: null,
      },
    ]);
  });

  test('all bots of the thread with their actions', async () => {
    const expression = 'await this.thread.bots()';
    const testGroup = await TestGroup.open({ 'Tell.ts': telling('Tell', expression) });
    await testGroup.attach('tell', { match: 'exact', triggers: ['hi', 'ho'] });
    await testGroup.attach(
      'roll',
      { cooldown: 5, admin_only: true },
      await testGroup.bot('Dice', { cooldown: 9 }),
    );
    const [text = ''] = await testGroup.say('Ada', 'hi');
    expect(JSON.parse(text)).toMatchObject([
      {
        name: 'LoungeBot',
        actions: [{ handler: 'tell', name: 'Tell', match: 'exact', triggers: ['hi', 'ho'] }],
      },
      {
        name: 'Dice',
        cooldown: 9,
        actions: [{ handler: 'roll', name: 'Roll Numbers', triggers: ['!r', '!roll'], adminOnly: true }],
      },
    ]);
  });
});
