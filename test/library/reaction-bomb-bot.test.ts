import { expect, test } from 'vitest';
import { rejection } from '../support/sandbox.ts';
import { TestGroup } from '../support/test-group.ts';

const parameters = { match: 'contains', triggers: ['boom'], cooldown: 300 };

/** A group whose bots are One, Two, and Off, which is disabled. One has the bomb. */
async function groupOfBots(reactions: string[]) {
  const story = await TestGroup.open({});
  const one = await story.bot('One');
  await story.bot('Off', { enabled: false });
  await story.bot('Two');
  await story.attach('react_bomb', { ...parameters, reactions }, one);
  const added = story.collect('ReactionAdded');
  const reacted = () => added.map(({ reaction: { owner, reaction } }) => `${owner.name} ${reaction}`);
  return { story, one, reacted };
}

test('every enabled bot of the group adds every reaction to the message', async () => {
  const { story, reacted } = await groupOfBots(['💣', ':fire:']);
  await story.watch('Bob', 'boom');
  expect(reacted()).toEqual(['One :bomb:', 'One :fire:', 'Two :bomb:', 'Two :fire:']);
  const [message] = await story.texts();
  expect(await story.app.store.reactions.of(message?.id ?? '')).toHaveLength(4);
  expect(await story.watch('Bob', 'boom')).toEqual([]);
});

test('a bot that has reacted so already is passed over, and the others are not', async () => {
  const { story, one, reacted } = await groupOfBots(['💣', '🔥']);
  // Attached to an older bot it comes first.
  story.change('delete from bot_actions');
  await story.attach('react', { match: 'contains', triggers: ['boom'], reaction: '💣' }, one);
  await story.attach('react_bomb', { ...parameters, reactions: ['💣', '🔥'] }, one);
  expect((await story.watch('Bob', 'boom')).at(-1)).toBe('handled react_bomb');
  expect(reacted()).toEqual(['One :bomb:', 'One :fire:', 'Two :bomb:', 'Two :fire:']);
});

test('reactions that the message has no room for are passed over', async () => {
  const ten = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣', '0️⃣'];
  const { story, reacted } = await groupOfBots(ten);
  await story.attach('react', { match: 'contains', triggers: ['boom'], reaction: '💣' });
  await story.attach('react', { match: 'contains', triggers: ['boom'], reaction: ten[9] });
  expect((await story.watch('Bob', 'boom')).slice(-3)).toEqual([
    'handled react_bomb',
    'failed react EFFECT_REFUSED',
    'failed react EFFECT_REFUSED',
  ]);
  expect(reacted()).toHaveLength(20);
});

test('what is stored is the first emoji of each text, as a short code, each once', async () => {
  const story = await TestGroup.open({});
  const reactions = ['so 😂 :fire:', ':joy:', '🔥', ':thumbsup:', ':+1:', '👍'];
  const action = await story.attach('react_bomb', { ...parameters, reactions });
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
  const story = await TestGroup.open({});
  expect(await rejection(story.attach('react_bomb', { ...parameters, reactions }))).toMatchObject({ errors });
});
