import { describe, expect, test } from 'vitest';
import { fileKinds } from '../../src/domain/file-kind.ts';
import { contentType } from '../../src/http/content-types.ts';

test.each([
  ['cat.png', 'image/png'],
  ['CAT.JPG', 'image/jpeg'],
  ['notes.txt', 'text/plain; charset=utf-8'],
  ['logo.svg', 'image/svg+xml'],
  ['archive.tar.gz', 'application/octet-stream'],
  ['page.html', 'application/octet-stream'],
  ['script.js', 'application/octet-stream'],
  ['name', 'application/octet-stream'],
  ['png', 'application/octet-stream'],
  ['', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
  ['a.__proto__', 'application/octet-stream'],
])('%s is sent as %s', (name, expected) => {
  expect(contentType(name)).toBe(expected);
});

describe('a browser runs nothing that may be uploaded', () => {
  test.each(Object.entries(fileKinds))('%s', (kind, { extensions }) => {
    const types = extensions.map((extension) => contentType(`file.${extension}`));
    expect(types).not.toContain('application/octet-stream');
    expect(types.filter((type) => /html|script|svg/.test(type))).toEqual([]);
    if (kind === 'document') return;
    // A name tells of a .webm that it may be video, and not that it has no picture.
    const others = types.filter((type) => !type.startsWith(`${kind}/`) && type !== 'video/webm');
    expect(others).toEqual([]);
  });
});
