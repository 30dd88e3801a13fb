import { describe, expect, test } from 'vitest';
import { commands } from '../../src/simulate/table.ts';
import { complete } from '../../src/tui/completion.ts';
import { editorOf, textOf } from '../../src/tui/state/editor.ts';
import type { State } from '../../src/tui/state/state.ts';
import { openController } from '../support/test-controller.ts';
import { atOps, bot, thread } from '../support/tui.tsx';
import { action } from '../support/tui-data.ts';

const known: Partial<State> = {
  bots: [
    bot({ name: 'Helper', actions: [action('reply', { triggers: ['help', 'halt!', 'Größe'] })] }),
    bot({ name: 'Hëlper 2', actions: [] }),
  ],
  threads: [thread('ops'), thread('general')],
  attachable: ['reply', 'roll'],
};

/** What a text becomes with Tab, pressed so many times, and the choices that are shown. */
function tab(
  text: string,
  times = 1,
  fields: Partial<State> = {},
): [text: string, choices: readonly string[]] {
  const { controller } = openController(atOps([], { ...known, editor: editorOf(text), ...fields }));
  for (let time = 0; time < times; time++) complete(controller);
  const { editor, completion } = controller.state;
  return [textOf(editor), completion?.choices ?? []];
}

describe('a command', () => {
  test.each([
    ['with one choice is final, with a blank after it', '/kn', '/knock '],
    ['is found in any case', '/KN', '/knock '],
    ['that is complete gets its blank', '/knock', '/knock '],
    ['that does not exist stays', '/xyz', '/xyz'],
    ['has arguments of its own', '/attach ro', '/attach roll '],
    ['has none for words that it does not take', '/attach roll zz', '/attach roll zz'],
    ['that does not exist has no arguments', '/xyz he', '/xyz he'],
    ['in the middle of a text is none', 'say /kn', 'say /kn'],
  ])('%s', (_, text, expected) => {
    expect(tab(text)).toEqual([expected, []]);
  });

  test('with several choices shows them in their order, and the first of them', () => {
    const begun = commands
      .map(({ name }) => `/${name}`)
      .filter((name) => name.startsWith('/re'))
      .sort();
    expect(begun.length).toBeGreaterThan(1);
    expect(tab('/re')).toEqual([begun[0], begun]);
  });

  test('is any command after a slash alone', () => {
    expect(tab('/')[1]).toHaveLength(commands.length);
  });
});

describe('a message', () => {
  test.each([
    ['has the names of bots and their triggers', 'he', ['Helper', 'help']],
    ['finds them in any case', 'HA', ['halt! ']],
    ['finds them by other letters than ASCII', 'grö', ['Größe ']],
    ['completes its last word', 'please ha', ['please halt! ']],
    ['keeps line breaks and blanks before it', 'one\n\n  ha', ['one\n\n  halt! ']],
    ['that begins with two slashes is no command', '//help', ['//help']],
    ['of signs that mean something elsewhere finds nothing', '.*', ['.*']],
  ])('%s', (_, text, [first = '', ...others]) => {
    const choices = others.length === 0 ? [] : [first, ...others];
    expect(tab(text)).toEqual([first, choices]);
  });

  test('offers a name once that is both a bot and a trigger', () => {
    const bots = [bot({ name: 'Echo', actions: [action('x', { triggers: ['Echo', 'Echo'] })] })];
    expect(tab('ec', 1, { bots })).toEqual(['Echo ', []]);
  });

  test('has no triggers of a bot whose actions are hidden', () => {
    const { actions: _, ...hidden } = { actions: [], ...bot({ name: 'Helper' }) };
    expect(tab('he', 1, { bots: [{ ...hidden, actions_count: 1 }] })).toEqual(['Helper ', []]);
  });

  test.each([
    [49, 49],
    [50, 0],
  ])('that is empty offers all of %i words: %i', (words, offered) => {
    const triggers = Array.from({ length: words - 1 }, (_, place) => `word${place}`);
    const bots = [bot({ name: 'Bot', actions: [action('x', { triggers })] })];
    expect(tab(' ', 1, { bots })[1]).toHaveLength(offered);
  });
});

describe('Tab, pressed again,', () => {
  test.each([
    [1, 'Helper'],
    [2, 'help'],
    [3, 'Helper'],
    [4, 'help'],
  ])('%i times, shows the next choice and goes round: %s', (times, text) => {
    expect(tab('he', times)).toEqual([text, ['Helper', 'help']]);
  });

  test('after a single choice completes the next word', () => {
    expect(tab('/attach ro', 2)[0]).toBe('/attach roll @Helper');
  });
});
