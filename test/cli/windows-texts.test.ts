import { expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { messenger } from '../support/messenger.ts';
import { conversationOf } from '../support/simulation.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A text as Windows tools write it: a byte order mark at its beginning, and lines that end by CRLF. */
const asOnWindows = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`;

test('handlers, what they import, the configuration and what is piped in may come from Windows', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'messenger.config.ts': asOnWindows('export default { bots: { concurrency: 1 } };\n'),
    'bots/Hi.ts': asOnWindows(
      `import { word } from './parts/word.ts';\n${exactBot('Hi', 'hi', posting("word + ' ' + this.message.owner.name"))}`,
    ),
    'bots/parts/word.ts': asOnWindows("export const word: string = 'yo';\n"),
  });
  const lines = asOnWindows('hi\n/as Zoe\u0308\nhi\n/as \u200bZoë\nhi\n');
  const { code, stdout, stderr } = await messenger(
    folder,
    ['simulate', '--json', '--as', ' A\u200bda'],
    lines,
  );
  expect([code, stderr]).toEqual([0, '']);
  const said = conversationOf(stdout).filter(({ event }) => event === 'message');
  expect(said.map(({ from, body }) => `${from.name}: ${body}`)).toEqual([
    ...['Ada: hi', 'PlaygroundBot: yo Ada'],
    ...['Zoë: hi', 'PlaygroundBot: yo Zoë'],
    ...['Zoë: hi', 'PlaygroundBot: yo Zoë'],
  ]);
});

test('parameters may have a byte order mark', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'bots/Hi.ts': exactBot('Hi', 'hi', posting("'yo'")) });
  const words = ['\ufeff{"cooldown":5,\r\n"admin_only":false}', 'enabled=\ufefftrue'];
  const { code, stdout } = await messenger(folder, ['test-resolve', 'hi', ...words, '--json']);
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { cooldown: 5, enabled: true }]);
});

test.each([
  ['simulate', ['simulate', '--as', 'A\nda']],
  ['attach', ['attach', 'hi', '--as', 'A\u0007da']],
  ['user:token', ['user:token', '\u200b']],
])('%s takes no name that nobody could tell from another', async (_, words) => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'bots/Hi.ts': exactBot('Hi', 'hi', posting("'yo'")) });
  const { code, stderr } = await messenger(folder, words);
  expect(code).toBe(2);
  expect(stderr).toMatch(/cannot be the name of a person: /);
});
