import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandsTable, keysTable } from '../../scripts/simulate-page.ts';
import { packageFile } from '../../src/base/package-file.ts';
import { commands } from '../../src/simulate/table.ts';

test.each([
  ['keys', keysTable],
  ['commands', commandsTable],
])('docs/simulate.md has the %s there are; "npm run docs:simulate" writes it', (_, table) => {
  expect(readFileSync(packageFile('docs/simulate.md'), 'utf8')).toContain(table());
});

test('no command has the name of another', () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
});
