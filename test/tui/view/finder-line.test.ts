import { expect, test } from 'vitest';
import { editorOf } from '../../../src/tui/state/editor.ts';
import { type Finder, newFinder } from '../../../src/tui/state/finder.ts';
import { initialState } from '../../../src/tui/state/state.ts';
import { lineText, lineWidth } from '../../../src/tui/text/line.ts';
import { finderLine } from '../../../src/tui/view/finder-line.ts';

const search = (fields: Partial<Finder>): Finder => ({ ...newFinder(initialState), ...fields });
const found = { query: editorOf('hello'), text: 'hello', hits: ['a', 'b'], total: 17, index: 1 };

test.each([
  ['before anything is written', search({}), '  find:'],
  ['while it is being searched for', search({ query: editorOf('hello') }), '  find: hello …'],
  ['what was found', search(found), '  find: hello 2 of 17'],
  ['what was not found', search({ query: editorOf('bye'), text: 'bye' }), '  find: bye not found'],
])('the bar shows %s', (_, state, shown) => {
  const line = finderLine(state, () => '', 38);
  expect(
    lineText(line)
      .replaceAll(/(?<=\S) +/g, ' ')
      .trimEnd(),
  ).toBe(shown);
  expect(lineWidth(line)).toBe(38);
});

test('the keys are shown where they fit, and a long text around its cursor', () => {
  expect(lineText(finderLine(search(found), () => 'Enter: older', 60))).toMatch(/2 of 17 · Enter: older $/);
  const long = search({ ...found, query: editorOf('x'.repeat(100)), text: 'x'.repeat(100) });
  expect(lineText(finderLine(long, () => '', 38))).toMatch(/^ {2}find: …x+ .*2 of 17 *$/);
});
