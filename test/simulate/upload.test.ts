import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { upload } from '../../src/simulate/upload.ts';
import { Refused } from '../support/fake-api.ts';
import { RecordedSession } from '../support/recorded-session.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const accepted = Object.fromEntries(
  ['images', 'documents', 'audio', 'videos'].map((route) => [`POST threads/t/${route}`, { id: 'm' }]),
);

test.each([
  ['cat.png', 'images', 'image'],
  ['CAT.JPEG', 'images', 'image'],
  ['song.mp3', 'audio', 'audio'],
  ['both.webm', 'videos', 'video'],
  ['notes.txt', 'documents', 'document'],
  ['picture.png.exe', 'documents', 'document'],
  ['png', 'documents', 'document'],
  ['Übersicht 漢字 👍.gif', 'images', 'image'],
])('%s is sent to the %s of the group', async (name, route, field) => {
  const folder = temporaryFolder();
  writeFiles(folder, { [name]: 'content' });
  const session = await RecordedSession.open(accepted);
  await upload(session, path.join(folder, name));
  const [sent] = session.requests;
  expect(sent).toMatch(new RegExp(`^POST threads/t/${route} `));
  expect(sent).toContain(`name="${field}"; filename="${name}"`);
  expect(sent).toContain('content');
  expect(session.shown).toEqual(['received: m']);
});

/** How an upload that must not reach the API is rejected. */
async function rejection(file: string) {
  const session = await RecordedSession.open(accepted);
  const error = await upload(session, file).catch((thrown: unknown) => thrown);
  expect(session.requests).toEqual([]);
  return error;
}

const wrongUse = (message: string) => expect.objectContaining({ code: 'WRONG_USE', message });

test('a file that is not there is named with the reason', async () => {
  const file = path.join(temporaryFolder(), 'nothing.png');
  expect(await rejection(file)).toEqual(wrongUse(`${file} was not sent: it is not there.`));
});

test('a folder is not sent', async () => {
  const folder = temporaryFolder();
  expect(await rejection(folder)).toEqual(wrongUse(`${folder} was not sent: it is a folder and not a file.`));
});

test.skipIf(process.platform === 'win32')(
  'a pipe is not read, since nobody may ever write into it',
  async () => {
    const pipe = path.join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await rejection(pipe)).toEqual(wrongUse(`${pipe} was not sent: it is not a regular file.`));
  },
);

test('a file that no configuration is likely to allow is not read into memory', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'large.mp4': '' });
  const file = path.join(folder, 'large.mp4');
  truncateSync(file, 64 * 1024 * 1024 + 1);
  expect(await rejection(file)).toEqual(
    wrongUse(`${file} was not sent: it has 65 MB, which is more than any file may have.`),
  );
});

test('a name with a null character is no path', async () => {
  expect(await rejection('a\0.png')).toEqual(wrongUse('The name of a file cannot contain a null character.'));
});

test('an answer of the API is passed on', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'a.txt': '' });
  const session = await RecordedSession.open({
    'POST threads/t/documents': new Refused(422, 'It is empty.'),
  });
  await expect(upload(session, path.join(folder, 'a.txt'))).rejects.toMatchObject({
    name: 'ApiError',
    status: 422,
    message: 'It is empty.',
  });
});
