import { describe, expect, test } from 'vitest';
import { emptyEditor } from '../../../src/tui/state/editor.ts';
import { matches, type Picker } from '../../../src/tui/state/overlay.ts';

const choices = [
  ['/upload FILE', 'send a picture or another file'],
  ['/reply [TEXT]', 'answer a message'],
  ['#replies', 'open this group'],
  ['Reply Bot', 'speak as'],
  ['Ünal', 'speak as'],
  ['a.b*c', ''],
] as const;

const picker: Picker = {
  kind: 'picker',
  title: '',
  query: emptyEditor,
  index: 0,
  choices: choices.map(([label, detail]) => ({ label, detail, line: label })),
};

const search = (query: string) => matches(picker, query).map(({ label }) => label);

describe('a search', () => {
  test.each([
    ['for nothing finds all, in their order', '', choices.map(([label]) => label)],
    ['for blanks is one for nothing', '  \t', choices.map(([label]) => label)],
    ['finds a part of a label', 'load', ['/upload FILE']],
    ['finds a part of a detail', 'picture', ['/upload FILE']],
    ['finds several words in any order, of label and detail', 'file send UPLOAD', ['/upload FILE']],
    ['finds only what has all words', 'picture group', []],
    ['ignores case, with accents too', 'üNAL', ['Ünal']],
    ['takes signs as they are', '.b*', ['a.b*c']],
  ])('%s', (_, query, labels) => {
    expect(search(query)).toEqual(labels);
  });

  test.each([
    ['reply', ['/reply [TEXT]', 'Reply Bot']],
    ['repl', ['/reply [TEXT]', '#replies', 'Reply Bot']],
    ['as', ['Reply Bot', 'Ünal']],
    ['s', ['/upload FILE', '/reply [TEXT]', '#replies', 'Reply Bot', 'Ünal']],
    ['a', ['a.b*c', '/upload FILE', '/reply [TEXT]', 'Reply Bot', 'Ünal']],
    ['reply bot', ['Reply Bot']],
  ])('for "%s" has first what begins with it, without "/" and "#": %j', (query, labels) => {
    expect(search(query)).toEqual(labels);
  });

  test.each([
    ['/a', ['/attach', '/bot add']],
    ['#o', ['#ops', 'go #out']],
  ])('for "%s" has first what begins with it, with its sign: %j', (query, labels) => {
    const list = ['/bot add', 'go #out', '/attach', '#ops'].map((label) => ({
      label,
      detail: '/a',
      line: '',
    }));
    const shown = matches({ ...picker, choices: list }, query).map(({ label }) => label);
    expect(shown.filter((label) => labels.includes(label))).toEqual(labels);
  });
});
