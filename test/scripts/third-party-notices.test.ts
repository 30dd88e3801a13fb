import { describe, expect, test } from 'vitest';
import { noticeOf } from '../../scripts/third-party-notices.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A package with these files. */
function aPackage(files: Record<string, string>, name = 'some-package'): string {
  const folder = temporaryFolder();
  const manifest = JSON.stringify({ name, version: '1.2.3', license: 'MIT' });
  writeFiles(folder, { 'package.json': manifest, 'README.md': 'License: MIT', ...files });
  return folder;
}

describe('the notice of a bundled package', () => {
  test.each([
    ['its text', { LICENSE: ' Do what you like.\n' }, 'Do what you like.'],
    ['its text, spelt otherwise', { 'licence.md': 'Do it.' }, 'Do it.'],
    ['its text as COPYING', { COPYING: 'Do it.' }, 'Do it.'],
    ['all of its texts', { 'LICENSE-APACHE': 'One.', 'LICENSE-MIT': 'Two.' }, 'One.\n\nTwo.'],
    ['what is to be said beside it', { LICENSE: 'Do it.', NOTICE: 'By us.' }, 'Do it.\n\nBy us.'],
  ])('has %s', (_, files, text) => {
    expect(noticeOf(aPackage(files))).toBe(`some-package 1.2.3\n\n${text}\n`);
  });

  test.each(['abstract-logging', 'yoga-layout'])('has the text that %s does not ship', (name) => {
    expect(noticeOf(aPackage({}, name))).toMatch(/1\.2\.3\n\nMIT License\n\nCopyright \(c\) /);
  });

  test.each([
    ['no text', {}],
    ['an empty text', { LICENSE: '\n' }],
    ['a folder for it', { 'licenses/other.txt': 'Theirs.' }],
    ['a notice alone', { NOTICE: 'By us.' }],
  ])('with %s fails the build', (_, files) => {
    expect(() => noticeOf(aPackage(files))).toThrow(
      /^some-package 1\.2\.3 is bundled, and the text of its licence \(MIT\) is nowhere\. Put it into .*some-package\.txt\.$/,
    );
  });
});
