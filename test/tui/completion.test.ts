import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/simulate/table.ts';
import { complete } from '../../src/tui/completion.ts';
import { editorOf, textOf, undo } from '../../src/tui/state/editor.ts';
import type { State } from '../../src/tui/state/state.ts';
import { endAfterAll, temporaryFolder } from '../support/temporary-folder.ts';
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
  for (let time = 0; time < times; time++) void complete(controller);
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

describe('Tab in the middle of a text', () => {
  test('completes the word before the cursor, and can be undone', () => {
    const text = { ...editorOf('/attach ro now'), cursor: '/attach ro'.length };
    const { controller } = openController(atOps([], { ...known, editor: text }));
    void complete(controller);
    const { editor } = controller.state;
    expect([textOf(editor), editor.cursor]).toEqual(['/attach roll  now', '/attach roll '.length]);
    expect(textOf(undo(editor))).toBe('/attach ro now');
  });
});

describe('the name of a file', () => {
  const folder = temporaryFolder(endAfterAll());
  for (const name of ['notes.txt', 'my notes.txt', '.hidden', 'movie.mp4'])
    writeFileSync(path.join(folder, name), '');
  mkdirSync(path.join(folder, 'more'));

  async function file(before: string, name: string): Promise<[text: string, choices: readonly string[]]> {
    const { controller } = openController(atOps([], { editor: editorOf(`${before}${name}`) }));
    await complete(controller);
    const { editor, completion } = controller.state;
    const shown = (text: string) => text.replace(before, '').replace(`${folder}/`, '');
    return [shown(textOf(editor)), (completion?.choices ?? []).map(shown)];
  }

  test.each<[string, string, string, string[]]>([
    ['/upload ', 'n', 'notes.txt', []],
    ['/upload ', 'N', 'notes.txt', []],
    ['/save ', 'my no', 'my notes.txt', []],
    ['/upload ', '', 'more/', ['more/', 'movie.mp4', 'my notes.txt', 'notes.txt']],
    ['/upload ', 'mor', 'more/', []],
    ['/upload ', '.', '.hidden', []],
    ['/record ', 'zzz', 'zzz', []],
  ])('after "%s": %j becomes %j', async (command, typed, text, choices) => {
    expect(await file(`${command}${folder}/`, typed)).toEqual([text, choices]);
  });

  test('in quotes ends with its quote, and a folder does not', async () => {
    expect((await file('/upload ', `"${folder}/my`))[0]).toBe('"my notes.txt"');
    expect((await file('/upload ', `'${folder}/mor`))[0]).toBe("'more/");
  });

  test('may begin in the home folder, and may be a word of the command', async () => {
    expect((await file('/upload ', '~'))[0]).toBe('~/');
    expect((await file('/record ', 'sto'))[0]).toBe('stop');
  });

  test('comes too late once something was typed', async () => {
    const { controller } = openController(atOps([], { editor: editorOf(`/upload ${folder}/n`) }));
    const completing = complete(controller);
    controller.store.set({ editor: editorOf('other') });
    await completing;
    expect(textOf(controller.state.editor)).toBe('other');
  });
});
