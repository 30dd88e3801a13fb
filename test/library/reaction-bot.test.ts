import { describe, expect, test } from 'vitest';
import { ReactionBot } from '../../src/library/reaction-bot.ts';
import { TestGroup } from '../support/test-group.ts';

const common = { cooldown: 0, admin_only: false, enabled: true, match: 'contains', triggers: ['nice'] };

describe('ReactionBot', () => {
  test('adds its reaction to the message', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('react', { ...common, reaction: '👋' });
    expect(await testGroup.watch('Bob', 'so nice')).toEqual(['reacts 👋', 'handled react']);
    const [message] = await testGroup.texts();
    expect(await testGroup.app.store.reactions.of(message?.id ?? '')).toMatchObject([
      { reaction: ':wave:', owner: { type: 'bot', name: 'LoungeBot' } },
    ]);
  });

  test('may be attached many times; a reaction that is there already stays one', async () => {
    const testGroup = await TestGroup.open({});
    for (const reaction of ['👍', '💯', '👍']) await testGroup.attach('react', { ...common, reaction });
    const lines = await testGroup.watch('Bob', 'nice');
    expect(lines).toEqual([
      'reacts 👍',
      'handled react',
      'reacts 💯',
      'handled react',
      'failed react EFFECT_REFUSED',
    ]);
  });

  test.each([
    ['👋', ':wave:'],
    [':wave:', ':wave:'],
    ['❤', ':heart:'],
    ['hello 🎲 and 👋', ':game_die:'],
    [':no_such_code: :+1:', ':thumbsup:'],
  ])('stores %j as the first short code in it, %j', (reaction, stored) => {
    expect(ReactionBot.testResolve({ ...common, reaction })).toMatchObject({ payload: { reaction: stored } });
  });

  test.each([
    ['no emoji here', 'The reaction must contain a valid emoji.'],
    [':no_such_code:', 'The reaction must contain a valid emoji.'],
    ['', 'The reaction field is required.'],
    [undefined, 'The reaction field is required.'],
    [['👋'], 'The reaction field must be a string.'],
  ])('refuses %j', (reaction, sentence) => {
    expect(ReactionBot.testResolve({ ...common, reaction })).toEqual({ reaction: [sentence] });
  });
});
