import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { libraryPage } from '../../scripts/library-page.ts';
import { packageFile } from '../../src/base/package-file.ts';

test('docs/library.md is what "npm run docs:library" writes', () => {
  expect(readFileSync(packageFile('docs/library.md'), 'utf8')).toBe(libraryPage());
});
