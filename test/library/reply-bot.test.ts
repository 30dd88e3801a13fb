import { describe, expect, test } from 'vitest';
import { ReplyBot } from '../../src/library/reply-bot.ts';
import { TestGroup } from '../support/test-group.ts';

const common = {
  cooldown: 0,
  admin_only: false,
  enabled: true,
  match: 'contains:caseless',
  triggers: ['help'],
};

describe('ReplyBot', () => {
  test('types, then gives each reply in its order', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('reply', { ...common, replies: ['Why are you asking me?', 'I say google it!'] });
    expect(await testGroup.watch('Bob', 'HELP me')).toEqual([
      'types',
      'says Why are you asking me?',
      'says I say google it!',
      'handled reply',
    ]);
    expect((await testGroup.texts()).map(({ replyToId }) => replyToId)).toEqual([null, null, null]);
  });

  test('quotes the message with its first reply when it is told to', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('reply', { ...common, replies: ['one', 'two'], quote_original: true });
    const { id } = await testGroup.send('Bob', 'help');
    await testGroup.app.queue.idle();
    expect((await testGroup.texts()).map(({ body, replyToId }) => [body, replyToId])).toEqual([
      ['help', null],
      ['one', id],
      ['two', null],
    ]);
  });

  test('may be attached many times', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('reply', { ...common, replies: ['one'] });
    await testGroup.attach('reply', { ...common, triggers: ['help', 'ho'], replies: ['two'] });
    expect([await testGroup.say('Bob', 'help'), await testGroup.say('Bob', 'ho')]).toEqual([
      ['one', 'two'],
      ['two'],
    ]);
  });

  test.each([
    [{ replies: ['one'] }, { replies: ['one'] }],
    [
      { replies: ['1', '2', '3', '4', '5'], quote_original: '0' },
      { replies: ['1', '2', '3', '4', '5'], quote_original: false },
    ],
    [
      { replies: ['one'], quote_original: 1, other: 'dropped' },
      { replies: ['one'], quote_original: true },
    ],
  ])('stores %j as %j', (fields, payload) => {
    expect(ReplyBot.testResolve({ ...common, ...fields })).toMatchObject({ payload });
  });

  test.each([
    [{}, { replies: ['The replies field is required.'] }],
    [{ replies: [] }, { replies: ['The replies field is required.'] }],
    [{ replies: 'one' }, { replies: ['The replies field must be an array.'] }],
    [{ replies: ['a', null] }, { 'replies.1': ['Reply is required.'] }],
    [{ replies: [['a']] }, { 'replies.0': ['A reply must be a string.'] }],
    [
      { replies: ['1', '2', '3', '4', '5', '6'] },
      { replies: ['The replies field must not have more than 5 items.'] },
    ],
    [
      { replies: ['a'], quote_original: 'maybe' },
      { quote_original: ['The quote original field must be true or false.'] },
    ],
  ])('refuses %j', (fields, errors) => {
    expect(ReplyBot.testResolve({ ...common, ...fields })).toEqual(errors);
  });
});
