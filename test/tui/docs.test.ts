import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandsTable, keysTable } from '../../scripts/simulate-page.ts';
import { packageFile } from '../../src/base/package-file.ts';
import { commands } from '../../src/simulate/table.ts';
import { keymap } from '../../src/tui/keys/keymap.ts';
import { editorKeys } from '../../src/tui/state/editor.ts';

test.each([
  ['keys', keysTable],
  ['commands', commandsTable],
])('docs/simulate.md has the %s there are; "npm run docs:simulate" writes it', (_, table) => {
  expect(readFileSync(packageFile('docs/simulate.md'), 'utf8')).toContain(table());
});

test('no command has the name of another', () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
});

test('no key of a form or a list is one that writes', () => {
  const writing = keymap.filter(({ modes }) => modes.includes('picker')).flatMap(({ keys }) => keys);
  expect(writing.filter((key) => key in editorKeys)).toEqual([]);
});
