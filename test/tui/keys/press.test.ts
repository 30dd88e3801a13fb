import { describe, expect, test } from 'vitest';
import type { FormFieldJson } from '../../../src/client/index.ts';
import { KeyDecoder } from '../../../src/tui/keys/decode.ts';
import { keymap } from '../../../src/tui/keys/keymap.ts';
import { pressAll } from '../../../src/tui/keys/press.ts';
import { workingKeys } from '../../../src/tui/keys/working-keys.ts';
import { editorOf, emptyEditor, textOf } from '../../../src/tui/state/editor.ts';
import { newForm } from '../../../src/tui/state/form.ts';
import type { Overlay } from '../../../src/tui/state/overlay.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { helpLines } from '../../../src/tui/view/help-lines.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps, grace, message, thread } from '../../support/tui.tsx';
import { handlerJson } from '../../support/tui-data.ts';

const threads = ['ops', 'one', 'two', 'three'].map((name) => thread(name));

/** What the terminal sends at once for these keys. */
const sent = {
  tab: '\t',
  enter: '\r',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
};
const paste = (text: string) => `\u001b[200~${text}\u001b[201~`;

/** The state after keys that arrive together. */
async function pressed(fields: Partial<State>, ...keys: string[]): Promise<State> {
  const { controller } = openController(atOps([], { threads, ...fields }));
  const decoder = new KeyDecoder();
  await pressAll(controller, [...decoder.read(keys.join('')), ...decoder.flush()]);
  return controller.state;
}

const prompt = ({ editor, pane }: State) => `${pane}: ${textOf(editor)}`;

describe('what is typed', () => {
  test.each<[string, Partial<State>, string[], string]>([
    ['goes into the prompt, with its editing keys', {}, ['hello', sent.left, 'X'], 'input: hellXo'],
    ['into a pane without a text is nothing', { pane: 'threads' }, ['xyz'], 'threads: '],
    ['as a paste goes into the prompt from every pane', { pane: 'inspector' }, [paste('xyz')], 'input: xyz'],
    ['as a paste is no key', { pane: 'threads' }, [paste('/')], 'input: /'],
    ['after a slash in a pane is a command', { pane: 'threads' }, ['/help'], 'input: /help'],
    ['before is kept by a slash in a pane', { pane: 'threads', editor: editorOf('x') }, ['/'], 'input: x'],
    ['as a key that is none is nothing', {}, ['a', '\u001b[24~', '\u001bz'], 'input: a'],
    [
      'is nothing while the help is open',
      { overlay: { kind: 'help', top: 0 } },
      ['xyz', paste('xyz')],
      'input: ',
    ],
  ])('%s', async (_, fields, keys, expected) => {
    expect(prompt(await pressed(fields, ...keys))).toBe(expected);
  });

  test('ends a completion', async () => {
    const completion = { head: '', choices: ['a', 'b'], index: 0, before: emptyEditor };
    expect((await pressed({ completion }, 'x')).completion).toBeNull();
  });
});

describe('keys that arrive together', () => {
  test.each<[string, Partial<State>, string[], Partial<State>]>([
    ['are one key each in a pane', { pane: 'threads' }, ['jjk'], { threadCursor: 'one' }],
    [
      'are keys of the pane that one of them enters',
      { editor: emptyEditor },
      [sent.tab, 'jj'],
      { pane: 'threads', threadCursor: 'two' },
    ],
    [
      'are a text of the list that one of them opens',
      { pane: 'threads' },
      ['\u000fpic'],
      {
        overlay: expect.objectContaining({
          kind: 'picker',
          query: expect.objectContaining({ characters: ['p', 'i', 'c'] }),
        }),
      },
    ],
    [
      'close the help and go on',
      { pane: 'threads', overlay: { kind: 'help', top: 0 } },
      ['qj'],
      { overlay: null, threadCursor: 'one' },
    ],
  ])('%s', async (_, fields, keys, expected) => {
    expect(await pressed(fields, ...keys)).toMatchObject(expected);
  });
});

describe('a list', () => {
  const choices = ['one', 'two', 'three'].map((label) => ({
    label,
    detail: '',
    line: label,
    isIncomplete: true,
  }));
  const picker: Overlay = { kind: 'picker', title: '', query: emptyEditor, index: 0, choices };

  test.each<[string, string[], object]>([
    [
      'goes down and up, not beyond its ends',
      [sent.up, sent.down, sent.down, sent.down, sent.down, sent.up],
      { index: 1 },
    ],
    [
      'begins at its first choice again when something is typed',
      [sent.down, 't'],
      { index: 0, query: { characters: ['t'] } },
    ],
    ['goes no further than what is found', ['th', sent.down, sent.down], { index: 0 }],
    ['where nothing is found stays at the first', ['x', sent.down], { index: 0 }],
    ['does not take keys of the panes', ['?'], { query: { characters: ['?'] } }],
  ])('%s', async (_, keys, expected) => {
    expect((await pressed({ overlay: picker }, ...keys)).overlay).toMatchObject(expected);
  });

  test.each<[string, string[], string]>([
    ['Enter puts a choice that needs more into the prompt', [sent.down, sent.enter], 'input: two '],
    ['Enter without a choice does nothing', ['x', sent.enter], 'threads: '],
    ['Escape leaves all as it was', [sent.down, sent.escape], 'threads: '],
  ])('%s', async (_, keys, expected) => {
    expect(prompt(await pressed({ overlay: picker, pane: 'threads' }, ...keys))).toBe(expected);
  });
});

describe('a form', () => {
  const field = (name: string, type: FormFieldJson['type'], value: unknown): FormFieldJson => ({
    name,
    type,
    required: false,
    default: value,
    choices: null,
    description: null,
  });
  const handler = handlerJson('x', 'X');
  const fields = [field('text', 'text', 'a'), field('on', 'boolean', true), field('items', 'list', ['i'])];
  const overlay: Overlay = { kind: 'form', form: newForm({ handler, fields }, { id: 'b', name: 'B' }) };

  test.each<[string, string[], number, string[]]>([
    ['takes a text, with blanks', ['b c', sent.left, 'X'], 0, ['ab Xc', 'true', 'i']],
    ['goes from input to input and round', [sent.tab, sent.down, sent.tab, 'z'], 0, ['az', 'true', 'i']],
    ['goes back with Shift+Tab and ↑', ['\u001b[Z', sent.up, sent.up, 'z'], 0, ['az', 'true', 'i']],
    ['goes on with Enter', [sent.enter], 1, ['a', 'true', 'i']],
    [
      'turns fixed values with → and blank, back with ←',
      [sent.tab, sent.right, ' ', ' ', sent.left, ' '],
      1,
      ['a', 'false', 'i'],
    ],
    ['takes no text for fixed values', [sent.tab, 'x', paste('false')], 1, ['a', 'true', 'i']],
    ['empties fixed values, and undoes that', [sent.tab, '\u007f'], 1, ['a', '', 'i']],
    ['undoes what was turned', [sent.tab, ' ', '\u001f'], 1, ['a', 'true', 'i']],
    [
      'goes from row to row of a list, and out of it',
      [sent.tab, sent.tab, '\u001b\rj', sent.up, 'X', sent.up],
      1,
      ['a', 'true', 'iX\nj'],
    ],
    ['adds an item to a list', [sent.tab, '\u001b\r', sent.tab, '\u001b\r', 'j'], 2, ['a', 'true', 'i\nj']],
    [
      'takes a paste of several lines as such',
      [sent.tab, sent.tab, '\u001b\r', paste('j\nk')],
      2,
      ['a', 'true', 'i\nj\nk'],
    ],
  ])('%s', async (_, keys, index, texts) => {
    const state = await pressed({ overlay }, ...keys);
    if (state.overlay?.kind !== 'form') throw new Error('The form is closed.');
    const { form } = state.overlay;
    expect([form.index, form.fields.map(({ editor }) => textOf(editor))]).toEqual([index, texts]);
  });
});

describe('the help', () => {
  const size = { columns: 80, rows: 24 };
  const end = helpLines(atOps([]), keymap, 76).length - 18;

  test.each<[string[], number]>([
    [[sent.up], 0],
    [[sent.down, sent.down, sent.up], 1],
    [['\u001b[6~'], 17],
    [['\u001b[6~', '\u001b[5~', '\u001b[5~'], 0],
    [['\u001b[F'], end],
    [['\u001b[F', sent.down, sent.down, sent.up], end - 1],
    [['\u001b[F', '\u001b[H'], 0],
  ])('after %j begins at row %i', async (keys, top) => {
    const state = await pressed({ size, overlay: { kind: 'help', top: 0 } }, ...keys);
    expect(state.overlay).toEqual({ kind: 'help', top });
  });

  test('comes over a list, which is there again afterwards', async () => {
    const overlay: Overlay = { kind: 'picker', title: '', query: editorOf('x'), index: 0, choices: [] };
    expect((await pressed({ overlay }, '\u001bOP')).overlay).toEqual({ kind: 'help', top: 0, over: overlay });
    expect((await pressed({ overlay }, '\u001bOP', 'q')).overlay).toEqual(overlay);
  });

  test.each(['q', '?', sent.escape])('is closed by %j', async (key) => {
    expect((await pressed({ overlay: { kind: 'help', top: 0 } }, key)).overlay).toBeNull();
  });
});

describe('keys that work', () => {
  const working = (fields: Partial<State>) =>
    workingKeys(atOps([message(1, 'mine'), message(2, 'hers', { owner: grace })], fields)).flatMap(
      ({ keys }) => keys,
    );
  const at = (selected: string | null) => ({
    pane: 'conversation' as const,
    conversation: {
      ...atOps([message(1, 'mine'), message(2, 'hers', { owner: grace })]).conversation,
      selected,
    },
  });
  const two = [
    { id: 'ada', name: 'Ada' },
    { id: 'grace', name: 'Grace' },
  ];

  test.each<[string, string, Partial<State>, boolean]>([
    ['Enter', 'enter', {}, false],
    ['Enter, once something is typed,', 'enter', { editor: editorOf('x') }, true],
    ['Ctrl+D', 'ctrl+d', {}, true],

    ['↑ without anything said', 'up', {}, false],
    ['↑ after something was said', 'up', { histories: { ada: ['x'] } }, true],
    ['↑ after something was said by another person', 'up', { histories: { grace: ['x'] } }, false],
    [
      '↓ while an earlier text is shown',
      'down',
      { histories: { ada: ['x'] }, recalling: { place: 1, left: {} } },
      true,
    ],
    ['↑ in a text of several lines', 'up', { editor: editorOf('a\nb') }, true],
    ['↓ at the newest text', 'down', { histories: { ada: ['x'] } }, false],
    ['Esc where there is nothing to go back from', 'escape', {}, false],
    ['Esc with a draft', 'escape', { draft: { kind: 'reply', messageId: 'm1', about: '' } }, true],
    ['Ctrl+G at the end', 'ctrl+g', {}, false],
    ['e at nothing', 'e', at(null), false],
    ['e at our own message', 'e', at('m1'), true],
    ['e at the message of another person', 'e', at('m2'), false],
    ['r at the message of another person', 'r', at('m2'), true],
    ['Alt+1 alone', 'alt+1', {}, false],
    ['Alt+2 with two people', 'alt+2', { people: two }, true],
    ['Alt+3 with two people', 'alt+3', { people: two }, false],
    ['Ctrl+C in the help', 'ctrl+c', { overlay: { kind: 'help', top: 0 } }, true],
    ['Ctrl+O in the help', 'ctrl+o', { overlay: { kind: 'help', top: 0 } }, false],
  ])('%s: %s', (_, key, fields, works) => {
    expect(working(fields).includes(key)).toBe(works);
  });
});
