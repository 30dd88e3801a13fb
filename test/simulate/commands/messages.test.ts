import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import { Refused } from '../../support/fake-api.ts';
import { aMessageJson } from '../../support/message-json.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

const mine = aMessageJson({ id: 'mine', owner: 'me' });
const theirs = aMessageJson({ id: 'theirs', owner: 'bob' });
const joined = aMessageJson({ id: 'joined', owner: 'me', type: 88 });

/** A group in which I wrote, then Bob did, then somebody joined. */
async function open(more: Partial<RecordedSession> = {}): Promise<RecordedSession> {
  const session = await RecordedSession.open();
  return Object.assign(session, { newest: [mine, theirs, joined], ...more });
}

async function run(line: string, session: RecordedSession): Promise<string[]> {
  await runLine(session, line);
  return [...session.requests, ...session.shown];
}

test.each<[string, string, string[]]>([
  ['the last text', '/react 👍', ['POST threads/t/messages/theirs/reactions {"reaction":"👍"}']],
  ['the last text', '/reply me too', ['reply to theirs: me too']],
  ['the last text', '/reply', ['reply to theirs: ']],
  ['my last text', '/edit better', ['edit to mine: better']],
  ['my last text', '/delete', ['DELETE threads/t/messages/mine', 'notice: The message was removed.']],
  ['the whole group', '/knock', ['POST threads/t/knock-knock', 'notice: You knocked.']],
])('%s is the target of %s', async (_, line, expected) => {
  expect(await run(line, await open())).toEqual(expected);
});

test.each([
  ['/react 👍', 'There is no message to react to.'],
  ['/reply hi', 'There is no message to reply to.'],
  ['/edit hi', 'There is no message to change.'],
  ['/delete', 'There is no message to remove.'],
])('%s is rejected in a group where only the system wrote', async (line, message) => {
  const session = await open({ newest: [joined] });
  await expect(run(line, session)).rejects.toMatchObject({ code: 'WRONG_USE', message });
  expect(session.requests).toEqual([]);
});

test.each([
  ['/react', 'Usage: /react 👍'],
  ['/upload', 'Usage: /upload picture.png'],
  ['/save', 'Usage: /save talk.txt'],
  ['/delete it', '/delete takes nothing after it, and "it" was given. Nothing was done.'],
])('%s is rejected with what to write instead', async (line, message) => {
  await expect(run(line, await open())).rejects.toMatchObject({ code: 'WRONG_USE', message });
});

test('on a screen, only the message that is looked at is removed', async () => {
  const session = (await open()).askable();
  await expect(run('/delete', session)).rejects.toThrow('Select a message first: Alt+↑.');
  session.selected = theirs;
  expect(await run('/delete', session)).toEqual([
    'DELETE threads/t/messages/theirs',
    'notice: The message was removed.',
  ]);
});

test.each([
  ['~/nothing here.png', `${homedir()}/nothing here.png`],
  ['~nothing.png', '~nothing.png'],
  ['no/~/nothing.png', 'no/~/nothing.png'],
])('/upload %s looks for %s', async (typed, file) => {
  await expect(run(`/upload ${typed}`, await open())).rejects.toThrow(
    `${file} was not sent: it is not there.`,
  );
});

test('a refused reaction is an error of the API', async () => {
  const session = await RecordedSession.open({
    'POST threads/t/messages/theirs/reactions': new Refused(403, 'You have already used that reaction.'),
  });
  session.newest = [theirs];
  await expect(run('/react 👍', session)).rejects.toMatchObject({ name: 'ApiError', status: 403 });
});
