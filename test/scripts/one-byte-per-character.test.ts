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
  ['a value in a raw template', `String.raw\`\\d\${'…'}\``, '\\d…'],
])('%s means the same without characters of two bytes', (_, code, value) => {
  const escaped = escapeWideCharacters(code);
  expect(escaped).toMatch(/^[\0-\xff]*$/);
  expect(runInNewContext(escaped)).toBe(value);
});

const afterValue = `String.raw\`\${\`1\`}…\``;

test.each([
  ['that is escaped itself', `'\\…'`, '\\…'],
  ['in a raw template', 'String.raw`1…`', 'String.raw`1…`'],
  ['in a raw template after a value', afterValue, afterValue],
])('a wide character %s is refused', (_, code, shown) => {
  expect(() => escapeWideCharacters(code)).toThrow(`"${shown}" cannot be escaped.`);
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
