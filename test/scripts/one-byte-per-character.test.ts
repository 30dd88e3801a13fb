import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { escapeWideCharacters } from '../../scripts/one-byte-per-character.ts';
import { packageFile } from '../../src/base/package-file.ts';

test.each([
  ['a string', `'Łódź … 💾 é'`, 'Łódź … 💾 é'],
  ['a template', '`1…`', '1…'],
  ['a pattern', `'x💣y'.replace(/[💣💾]/u, '…')`, 'x…y'],
  ['a name', `const ŁÓ = 1; ŁÓ + 1`, 2],
  ['a backslash before it', `'\\\\…'`, '\\…'],
])('%s means the same without characters of two bytes', (_, code, value) => {
  const escaped = escapeWideCharacters(code);
  expect(escaped).toMatch(/^[\0-\xff]*$/);
  expect(runInNewContext(escaped)).toBe(value);
});

test('a wide character that is escaped itself is refused', () => {
  expect(() => escapeWideCharacters(`'\\…'`)).toThrow('"\\…" cannot be escaped.');
});

test('no built file has a character of two bytes', () => {
  const files = readdirSync(packageFile('dist'), { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => /\.c?js$/.test(file) && !/^(?:test|bench)[\\/]/.test(file));
  const wide = code.filter((file) =>
    /[^\0-\xff]/.test(readFileSync(path.join(packageFile('dist'), file), 'utf8')),
  );
  expect(wide).toEqual([]);
  expect(code.length).toBeGreaterThan(10);
});
