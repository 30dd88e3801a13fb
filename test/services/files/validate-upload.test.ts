import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessengerError } from '../../../src/base/errors.ts';
import { type FileKind, fileKinds } from '../../../src/domain/file-kind.ts';
import { validateUpload } from '../../../src/services/files/validate-upload.ts';
import { bytesOf, type Sample, samples, zipOf } from '../../support/file-bytes.ts';

const limit = 5120;
const judge = (kind: FileKind, name: string, content: Uint8Array | string) =>
  validateUpload(kind, name, typeof content === 'string' ? Buffer.from(content) : content, limit);

/** What a refusal says the file holds. */
async function foundIn(kind: FileKind, name: string, content: Uint8Array | string): Promise<string> {
  const error: unknown = await judge(kind, name, content).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'FILE_REFUSED', status: 422 });
  return /; (.*) holds (.*)\.$/.exec(String(error))?.[2] ?? '';
}

describe('content that is accepted', () => {
  test.each<[FileKind, Sample, string]>([
    ['image', 'jpg', 'jpg'],
    ['image', 'png', 'png'],
    ['image', 'apng', 'png'],
    ['image', 'bmp', 'bmp'],
    ['image', 'gif', 'gif'],
    ['image', 'webp', 'webp'],
    ['document', 'docx', 'docx'],
    ['document', 'pptx', 'pptx'],
    ['document', 'xlsx', 'xlsx'],
    ['document', 'pdf', 'pdf'],
    ['document', 'rar', 'rar'],
    ['document', 'rtf', 'rtf'],
    ['document', 'zip', 'zip'],
    ['document', '7z', '7z'],
    ['audio', 'aac', 'aac'],
    ['audio', 'mp3', 'mp3'],
    ['audio', 'mp3WithTag', 'mp3'],
    ['audio', 'mp3WithLongTag', 'mp3'],
    ['audio', 'ogg', 'ogg'],
    ['audio', 'opus', 'ogg'],
    ['audio', 'flacInOgg', 'oga'],
    ['audio', 'wav', 'wav'],
    ['audio', 'webm', 'webm'],
    ['video', 'avi', 'avi'],
    ['video', 'mp4', 'mp4'],
    ['video', 'mov', 'mov'],
    ['video', 'ogv', 'ogv'],
    ['video', 'webm', 'webm'],
    ['video', '3gp', '3gp'],
    ['video', '3g2', '3g2'],
  ])('as %s: %s, whatever it is called', async (kind, sample, ending) => {
    const names = [`a.${ending}`, `A.${ending.toUpperCase()}`, 'a', 'a.exe', 'a.html', `a.${ending}.txt`, ''];
    const endings = await Promise.all(names.map((name) => judge(kind, name, samples[sample])));
    expect(new Set(endings)).toEqual(new Set([ending]));
  });

  test.each<[FileKind, Sample, string]>([
    ['image', 'jpg', 'jpeg'],
    ['audio', 'ogg', 'oga'],
    ['audio', 'flacInOgg', 'ogg'],
    ['audio', 'oggOfSomething', 'ogg'],
    ['audio', 'webm', 'weba'],
    ['video', 'oggOfSomething', 'ogv'],
    ['video', 'wmv', 'wmv'],
    ['document', 'cfb', 'doc'],
    ['document', 'cfb', 'xls'],
    ['document', 'cfb', 'ppt'],
  ])('as %s: %s with the name to choose %s', async (kind, sample, ending) => {
    expect(await judge(kind, `a.${ending.toUpperCase()}`, samples[sample])).toBe(ending);
  });

  test.each([
    ['a table', 'a.csv', 'a;b\n1;2\n', 'csv'],
    ['a table that begins like a bitmap', 'cars.csv', 'BMW;Audi\n1;2\n', 'csv'],
    ['text that begins like a program', 'notes.txt', 'MZ is a signature', 'txt'],
    ['text with a byte order mark', 'a.json', '\ufeff{"a":"ü"}', 'json'],
    ['text beyond the basic plane', 'a.txt', '👩‍👩‍👧 漢字', 'txt'],
    ['XML', 'a.xml', '<?xml version="1.0"?><a/>', 'xml'],
    ['XML without a declaration', 'a.xml', '<a/>', 'xml'],
    ['a PDF of plain text', 'a.pdf', '%PDF-1.4\n%%EOF\n', 'pdf'],
    ['text without an ending', 'README', 'read me', 'txt'],
    ['text with an ending nobody knows', 'notes.md', '# Notes', 'txt'],
    ['text that calls itself a PDF', 'a.pdf', 'hello', 'txt'],
  ])('as document: %s', async (_, name, text, ending) => {
    expect(await judge('document', name, text)).toBe(ending);
  });
});

describe('content that is refused', () => {
  test.each<[FileKind, string, Uint8Array | string, string]>([
    ['image', 'virus.png', samples.exe, 'application/x-msdownload'],
    ['document', 'virus.pdf', samples.exe, 'application/x-msdownload'],
    ['image', 'notes.png', samples.pdf, 'application/pdf'],
    ['image', 'photo.png', 'hello', 'text'],
    ['image', 'photo.bmp', 'BM is no bitmap', 'text'],
    ['image', 'photo.gif', 'GIF89a=1;alert(1)', 'text'],
    ['image', 'photo.heic', samples.heic, 'image/heic'],
    ['image', 'logo.svg', '<svg onload="alert(1)"/>', 'image/svg+xml'],
    ['document', 'logo.svg', '<svg/>', 'image/svg+xml'],
    ['document', 'page.html', '<p>hello', 'text/html'],
    ['document', 'page.HTM', '<p>hello', 'text/html'],
    ['document', 'photo.pdf', samples.png, 'image/png'],
    ['document', 'setup.msi', samples.cfb, 'application/x-cfb'],
    ['document', 'letter', samples.cfb, 'application/x-cfb'],
    ['document', 'app.zip', zipOf({ 'META-INF/MANIFEST.MF': 'a' }), 'application/java-archive'],
    ['document', 'names.csv', bytesOf('M\xfcller;1\n'), 'text that is not UTF-8'],
    ['document', 'a.txt', 'a\0b', 'text that is not UTF-8'],
    ['document', 'a.doc', bytesOf([1, 2, 3, 0, 0xff]), 'data of an unknown kind'],
    ['audio', 'film.mp3', samples.mp4, 'video/mp4'],
    ['audio', 'a.mp3', 'hello', 'text'],
    ['audio', 'a.bin', samples.oggOfSomething, 'application/ogg'],
    ['video', 'song.mp4', samples.mp3, 'audio/mpeg'],
    ['video', 'film.webm', samples.mkv, 'video/matroska'],
    ['video', 'film.mp4', samples.wmv, 'application/vnd.ms-asf'],
    ['document', 'a.txt', '', 'nothing'],
    ['image', 'a.png', '', 'nothing'],
  ])('as %s: %s', async (kind, name, content, found) => {
    expect(await foundIn(kind, name, content)).toBe(found);
  });

  test('is told with what would be accepted, and what was found', async () => {
    await expect(judge('image', 'notes.png', samples.pdf)).rejects.toThrow(
      'The image must be a file of type: jpg, jpeg, png, bmp, gif, webp; notes.png holds application/pdf.',
    );
  });

  test.each([
    ['/home/ada/virus.png', 'virus.png'],
    ['vi\nrus\u202e\u0007.png', 'virus.png'],
    [`${'x'.repeat(300)}.png`, `${'x'.repeat(99)}…`],
  ])('is told with a name that a line can carry: %j', async (name, shown) => {
    await expect(judge('image', name, samples.exe)).rejects.toThrow(`; ${shown} holds `);
  });
});

describe('the size', () => {
  const large = (bytes: number) => Buffer.concat([samples.png], bytes);

  test('may be the limit', async () => {
    expect(await validateUpload('image', 'photo.png', large(7 * 1024), 7)).toBe('png');
  });

  test.each([
    [7 * 1024 + 1, 8],
    [8 * 1024, 8],
    [8 * 1024 + 1, 9],
  ])('of %i bytes is refused as %i kilobytes where 7 are allowed', async (bytes, kilobytes) => {
    const judged = validateUpload('image', 'photo.png', large(bytes), 7);
    await expect(judged).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      status: 422,
      message: `The image must not be greater than 7 kilobytes; photo.png has ${kilobytes}.`,
    });
  });

  test('is looked at before the content', async () => {
    await expect(validateUpload('image', 'a', Buffer.alloc(2048), 1)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
  });
});

describe('bytes that mean no good', () => {
  const kinds = Object.keys(fileKinds) as FileKind[];

  /** Judges bytes as every kind: an ending of the kind, or a refusal of ours. */
  async function expectVerdicts(name: string, bytes: Uint8Array): Promise<void> {
    for (const kind of kinds) {
      const verdict: unknown = await judge(kind, name, bytes).catch((thrown) => thrown);
      if (verdict instanceof MessengerError) expect(verdict.code).toBe('FILE_REFUSED');
      else expect(fileKinds[kind].extensions).toContain(verdict);
    }
  }

  test.each(Object.entries(samples))('are judged when they are cut: %s', async (name, bytes) => {
    for (let length = 1; length < Math.min(bytes.length, 80); length++) {
      await expectVerdicts(`a.${name}`, bytes.subarray(0, length));
    }
  });

  test('are judged when they are spoilt', async () => {
    const sample = fc.constantFrom(...Object.values(samples));
    const spoilt = fc.tuple(sample, fc.nat(60), fc.uint8Array({ minLength: 1, maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(spoilt, ([bytes, kept, rest]) =>
        expectVerdicts('a.txt', Buffer.concat([bytes.subarray(0, kept), rest])),
      ),
      { numRuns: 300 },
    );
  });
});
