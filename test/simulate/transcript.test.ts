import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { saveTranscript } from '../../src/simulate/transcript.ts';
import type { Answers } from '../support/fake-api.ts';
import { aMessageJson } from '../support/message-json.ts';
import { RecordedSession } from '../support/recorded-session.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const message = (body: string, more: object = {}) =>
  aMessageJson({ owner: 'Ada', body, createdAt: '2026-01-02T03:04:05.678901Z', ...more });

const page = (next: string | null, ...data: unknown[]) => ({ data, meta: { next_page_route: next } });

/** Saves what the API answers, and returns the file's text with what was shown. */
async function saved(answers: Answers) {
  const file = path.join(temporaryFolder(), 'talk.txt');
  const session = await RecordedSession.open(answers);
  await saveTranscript(session, file);
  return { text: readFileSync(file, 'utf8'), shown: session.shown.join().replace(file, 'FILE') };
}

test('all pages are written, oldest message first', async () => {
  const answers = {
    'GET threads/t/messages': page(
      '/api/messenger/threads/t/messages/page/m2',
      message('three'),
      message('two'),
    ),
    'GET threads/t/messages/page/m2': page(null, message('one')),
  };
  expect(await saved(answers)).toEqual({
    text: [
      '2026-01-02 03:04:05  Ada: one\n',
      '2026-01-02 03:04:05  Ada: two\n',
      '2026-01-02 03:04:05  Ada: three\n',
    ].join(''),
    shown: 'notice: 3 messages saved in FILE.',
  });
});

test.each<[string, unknown[], string, string]>([
  ['nothing was said', [], '', 'notice: 0 messages saved in FILE.'],
  [
    'a message has several lines',
    [message('one\ntwo')],
    '2026-01-02 03:04:05  Ada: one\n  two\n',
    'notice: 1 message saved in FILE.',
  ],
  [
    'a system message reads as a sentence',
    [message('joined', { type: 88 })],
    '2026-01-02 03:04:05  Ada joined\n',
    'notice: 1 message saved in FILE.',
  ],
  [
    'a text has control characters',
    [message('\u001b[2J漢字 👩‍👩‍👧')],
    '2026-01-02 03:04:05  Ada: \\x1b[2J漢字 👩‍👩‍👧\n',
    'notice: 1 message saved in FILE.',
  ],
])('the file is readable when %s', async (_, messages, text, shown) => {
  expect(await saved({ 'GET threads/t/messages': page(null, ...messages) })).toEqual({ text, shown });
});

test('an empty page ends the list, even if it announces another one', async () => {
  expect((await saved({ 'GET threads/t/messages': page('m') })).text).toBe('');
});

test('a file that exists is not overwritten', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'talk.txt': 'precious' });
  const file = path.join(folder, 'talk.txt');
  const session = await RecordedSession.open({ 'GET threads/t/messages': page(null, message('one')) });
  await expect(saveTranscript(session, file)).rejects.toMatchObject({
    code: 'WRONG_USE',
    message: `${file} was not written: a file is in its place.`,
  });
  expect([readFileSync(file, 'utf8'), session.shown]).toEqual(['precious', []]);
});

test('a folder that does not exist is named with the reason', async () => {
  const file = path.join(temporaryFolder(), 'no', 'talk.txt');
  const session = await RecordedSession.open({ 'GET threads/t/messages': page(null) });
  await expect(saveTranscript(session, file)).rejects.toThrow(`${file} was not written: it is not there.`);
});
