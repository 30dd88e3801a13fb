import { expect, test } from 'vitest';
import type { ActionJson, ShownBotJson } from '../../src/client/index.ts';
import { actionName, attachedActions, namedActions } from '../../src/simulate/named-actions.ts';
import { bot } from '../support/tui.tsx';

const action = (id: string, alias: string) => ({ id, handler: { alias } }) as ActionJson;

const bots: ShownBotJson[] = [
  bot({ name: 'Helper', actions: [action('a1', 'react'), action('a2', 'hello'), action('a3', 'react')] }),
  bot({ name: 'Two Words', actions: [action('a4', 'react')] }),
];

test('an action is named by its handler and its bot, and by a number if the bot has several', () => {
  expect(attachedActions(bots).map(actionName)).toEqual([
    'react#1 @Helper',
    'hello @Helper',
    'react#2 @Helper',
    'react @Two Words',
  ]);
});

test('each name finds its action, and only that', () => {
  for (const attached of attachedActions(bots)) {
    const [found, ...others] = namedActions(bots, actionName(attached));
    expect([found?.action.id, others]).toEqual([attached.action.id, []]);
  }
});

test.each([
  ['a3', ['a3']],
  ['hello', ['a2']],
  ['react', ['a1', 'a3', 'a4']],
  ['react#3', ['a4']],
  ['react @Helper', ['a1', 'a3']],
  [' react  @Two Words ', ['a4']],
  ['react#0', []],
  ['react#4', []],
  ['react @Nobody', []],
  ['a', []],
  ['', []],
])('"%s" names %j', (text, ids) => {
  expect(namedActions(bots, text).map(({ action: { id } }) => id)).toEqual(ids);
});
