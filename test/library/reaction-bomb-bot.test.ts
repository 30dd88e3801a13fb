import { expect, test } from 'vitest';
import { rejection } from '../support/sandbox.ts';
import { TestGroup } from '../support/test-group.ts';

const parameters = { match: 'contains', triggers: ['boom'], cooldown: 300 };

/** A group whose bots are One, Two, and Off, which is disabled. One has the bomb. */
async function groupOfBots(reactions: string[]) {
  const testGroup = await TestGroup.open({});
  const one = await testGroup.bot('One');
  await testGroup.bot('Off', { enabled: false });
  await testGroup.bot('Two');
  await testGroup.attach('react_bomb', { ...parameters, reactions }, one);
  const added = testGroup.collect('ReactionAdded');
  const reacted = () => added.map(({ reaction: { owner, reaction } }) => `${owner.name} ${reaction}`);
  return { testGroup, one, reacted };
}

test('every enabled bot of the group adds every reaction to the message', async () => {
  const { testGroup, reacted } = await groupOfBots(['💣', ':fire:']);
  await testGroup.watch('Bob', 'boom');
  expect(reacted()).toEqual(['One :bomb:', 'One :fire:', 'Two :bomb:', 'Two :fire:']);
  const [message] = await testGroup.texts();
  expect(await testGroup.app.store.reactions.of(message?.id ?? '')).toHaveLength(4);
  expect(await testGroup.watch('Bob', 'boom')).toEqual([]);
});

test('a bot that has reacted so already is passed over, and the others are not', async () => {
  const { testGroup, one, reacted } = await groupOfBots(['💣', '🔥']);
  // Attached to an older bot it comes first.
  await testGroup.change('delete from bot_actions');
  await testGroup.attach('react', { match: 'contains', triggers: ['boom'], reaction: '💣' }, one);
  await testGroup.attach('react_bomb', { ...parameters, reactions: ['💣', '🔥'] }, one);
  expect((await testGroup.watch('Bob', 'boom')).at(-1)).toBe('handled react_bomb');
  expect(reacted()).toEqual(['One :bomb:', 'One :fire:', 'Two :bomb:', 'Two :fire:']);
});

test('reactions that the message has no room for are passed over', async () => {
  const ten = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣', '0️⃣'];
  const { testGroup, reacted } = await groupOfBots(ten);
  await testGroup.attach('react', { match: 'contains', triggers: ['boom'], reaction: '💣' });
  await testGroup.attach('react', { match: 'contains', triggers: ['boom'], reaction: ten[9] });
  expect((await testGroup.watch('Bob', 'boom')).slice(-3)).toEqual([
    'handled react_bomb',
    'failed react EFFECT_REFUSED',
    'failed react EFFECT_REFUSED',
  ]);
  expect(reacted()).toHaveLength(20);
});

test('what is stored is the first emoji of each text, as a short code, each once', async () => {
  const testGroup = await TestGroup.open({});
  const reactions = ['so 😂 :fire:', ':joy:', '🔥', ':thumbsup:', ':+1:', '👍'];
  const action = await testGroup.attach('react_bomb', { ...parameters, reactions });
  expect(action.payload).toEqual({ reactions: [':joy:', ':fire:', ':thumbsup:'] });
});

const invalid = ['The reaction must contain a valid emoji.'];
test.each([
  [[], { reactions: ['The reactions field is required.'] }],
  [undefined, { reactions: ['The reactions field is required.'] }],
  [['💣', 'bomb', ':nonsense:'], { 'reactions.1': invalid, 'reactions.2': invalid }],
  [['💣', ''], { 'reactions.1': ['Reaction is required.'] }],
  [['💣', 7], { 'reactions.1': ['A reaction must be a string.'] }],
  [Array(11).fill('💣'), { reactions: ['The reactions field must not have more than 10 items.'] }],
])('it cannot be attached with the reactions %j', async (reactions, errors) => {
  const testGroup = await TestGroup.open({});
  expect(await rejection(testGroup.attach('react_bomb', { ...parameters, reactions }))).toMatchObject({
    errors,
  });
});
