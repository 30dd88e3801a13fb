import { expect, test } from 'vitest';
import { detachAction } from '../../src/services/bots/detach-action.ts';
import type { Attached } from '../../src/services/bots/playground.ts';
import { actionsOf, openPlayground } from '../../src/services/bots/playground.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { TestGroup } from '../support/test-group.ts';

const shown = (attached: readonly Attached[]) =>
  attached.map(({ bot, actions }) => [bot.name, actions.map(({ handler }) => handler)]);
const games = ['Games', ['coin_toss', 'rock_paper_scissors', 'roll']];

test('a workspace with nothing in it gets Games and what helps of Neo', async () => {
  const { app } = await TestGroup.open({});
  const { thread, attached } = await openPlayground(app, 'Ada');
  expect(shown(attached)).toEqual([
    ['PlaygroundBot', ['commands', 'document_finder', 'invitations', 'nuke', 'react', 'react']],
    games,
  ]);
  const actions = (await actionsOf(app, thread)).map(({ action }) => action);
  expect(actions.map(({ cooldown }) => cooldown)).toEqual(actions.map(() => 0));
  expect(actions.filter(({ adminOnly }) => adminOnly).map(({ handler }) => handler)).toEqual(['nuke']);
  const attachedHandlers = new Set(actions.map(({ handler }) => handler));
  expect(app.catalogue.notices.filter(({ handler }) => attachedHandlers.has(handler))).toEqual([]);
});

test('opened again it gets nothing twice, and of Games nothing that was detached', async () => {
  const { app } = await TestGroup.open({});
  const { thread, owner } = await openPlayground(app, 'Ada');
  const present = await actionsOf(app, thread);
  expect((await openPlayground(app, 'Ada')).attached).toEqual([]);
  for (const entry of present.filter(({ action }) => ['roll', 'commands'].includes(action.handler))) {
    await detachAction(app, { thread, user: owner, ...entry });
  }
  expect(shown((await openPlayground(app, 'Ada')).attached)).toEqual([['PlaygroundBot', ['commands']]]);
});

test('a workspace with a handler of its own gets that alone', async () => {
  const { app } = await TestGroup.open({ 'Hi.ts': exactBot('Hi', 'hi', posting("'hi'")) });
  expect(shown((await openPlayground(app, 'Ada')).attached)).toEqual([['PlaygroundBot', ['hi']]]);
});
