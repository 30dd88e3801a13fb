import { describe, expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith, spawnDaemon, startDaemon } from '../support/daemons.ts';
import { messenger, outcome, startMessenger } from '../support/messenger.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

const failing = (retries: number, times: number) =>
  exactBot(
    'Failing',
    'fail',
    `const fs = await import('node:fs');
    const file = new URL('../tried', import.meta.url);
    fs.appendFileSync(file, 'x');
    if (fs.readFileSync(file, 'utf8').length <= ${times}) throw new Error('no');
    ${posting("'at last'")}`,
    { members: `static override readonly retries = ${retries};` },
  );

const bots = {
  'Echo.ts': exactBot(
    'Echo',
    'hi',
    `await this.composer().emitTyping(); ${posting("'hello ' + this.message.owner.name")}`,
  ),
  'Waver.ts': exactBot(
    'Waver',
    'wave',
    "await this.composer().reaction(this.message, '👋'); await this.composer().knock();",
  ),
  'Failing.ts': failing(0, 99),
};

const inBots = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`bots/${name}`, text]));

describe('without a daemon', () => {
  const folder = temporaryFolder(endAfterAll());
  writeFiles(folder, inBots(bots));
  const send = (words: string[], input = '') => messenger(folder, ['send', '--as', 'Ada', ...words], input);

  test.each<[string, string[], string, number]>([
    ['a message', ['hi'], 'PlaygroundBot: hello Ada\n', 0],
    [
      'a reaction and a knock',
      ['wave', '--expect-answer'],
      'PlaygroundBot reacted 👋 to "wave"\nPlaygroundBot knocks\n',
      0,
    ],
    ['nothing', ['nobody listens'], '', 0],
    ['nothing where an answer is expected', ['nobody listens', '--expect-answer'], '', 3],
    ['what looks like a command, which is a message here', ['/help', '--expect-answer'], '', 3],
  ])('bots answer %s', async (_, words, stdout, code) => {
    expect(await send(words)).toEqual({ code, signal: null, stdout, stderr: '' });
  });

  test('a text is read from standard input', async () => {
    expect(await send(['-'], 'hi\n')).toMatchObject({ code: 0, stdout: 'PlaygroundBot: hello Ada\n' });
  });

  test('a failed action is printed, and the exit code says so', async () => {
    const { code, stdout } = await send(['fail', '--expect-answer']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ failing: no\n {4}at Failing\.handle \(bots\/Failing\.ts:\d+:\d+\)\n$/);
  });

  test('as JSON it is one object', async () => {
    const { code, stdout } = await send(['hi', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      message: {
        ...{ id: expect.any(String), thread_id: expect.any(String), created_at: expect.any(String) },
        ...{ body: 'hi', from: 'Ada' },
      },
      answers: [
        expect.objectContaining({
          event: 'message',
          from: { name: 'PlaygroundBot', bot: true },
          body: 'hello Ada',
        }),
      ],
      failed: [],
      retrying: [],
    });
  });

  test.each([
    ['an empty text', [''], 'Error: The message was not sent: it is empty.\n'],
    ['blanks', ['  '], 'Error: The message was not sent: it is empty.\n'],
    [
      'a text that is too long',
      ['x'.repeat(5_001)],
      /^Error: The message was not sent: it has 5001 characters/,
    ],
    ['no text', [], /missing required argument 'text'/],
  ])('%s is wrong use', async (_, words, message) => {
    const { code, stdout, stderr } = await send(words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test('a group that does not exist, and somebody who is not in it, are errors', async () => {
    expect(await send(['hi', '--thread', 'Nowhere'])).toMatchObject({
      code: 1,
      stderr: 'Error: There is no group "Nowhere".\n',
    });
    await messenger(folder, ['simulate', '--as', 'Bob'], '/thread new Team\n');
    expect(await send(['hi', '--thread', 'Team'])).toMatchObject({
      code: 1,
      stderr: 'Error: "Ada" is not in the group "Team", so the message was not sent.\n',
    });
  });
});

describe('an action that asks for retries', () => {
  const folderWith = (times: number) => {
    const folder = temporaryFolder();
    writeFiles(folder, inBots({ 'Failing.ts': failing(1, times) }));
    return folder;
  };

  test('has not failed yet, and is named', async () => {
    expect(await messenger(folderWith(1), ['send', 'fail'])).toEqual({
      ...{ code: 0, signal: null, stdout: '' },
      stderr: 'failing failed and is tried again later. --wait waits for that.\n',
    });
  });

  test.each([
    [1, 0, 'PlaygroundBot: at last\n'],
    [2, 1, '✗ failing: no\n'],
  ])(
    'is waited for with --wait: after %i failed attempts the exit code is %i',
    async (times, code, printed) => {
      const found = await messenger(folderWith(times), ['send', 'fail', '--wait', '--as', 'Ada']);
      expect(found).toMatchObject({ code, stderr: '' });
      expect(found.stdout.startsWith(printed)).toBe(true);
    },
  );
});

describe('with a daemon', () => {
  test('its bots answer, and only to this message', async () => {
    const workspace = daemonWorkspace(bots);
    await spawnDaemon(workspace);
    const send = (text: string) =>
      messenger(workspace.folder, ['send', text, '--as', 'Ada', '--expect-answer']);
    expect(await send('hi')).toEqual({
      code: 0,
      signal: null,
      stdout: 'PlaygroundBot: hello Ada\n',
      stderr: '',
    });
    const both = await Promise.all([send('hi'), send('quiet'), send('hi')]);
    expect(both.map(({ code, stdout }) => [code, stdout])).toEqual([
      [0, 'PlaygroundBot: hello Ada\n'],
      [3, ''],
      [0, 'PlaygroundBot: hello Ada\n'],
    ]);
  });

  test('a named group is used as it is', async () => {
    const workspace = daemonWorkspace({ 'Echo.ts': bots['Echo.ts'] });
    const daemon = await startDaemon(workspace);
    await groupWith(daemon, 'echo');
    const sent = await messenger(workspace.folder, ['send', 'hi', '--as', 'Ada', '--thread', 'Lounge']);
    expect(sent).toEqual({ code: 0, signal: null, stdout: 'LoungeBot: hello Ada\n', stderr: '' });
  });

  test('whose bots are off, that is a warning', async () => {
    const workspace = daemonWorkspace({}, { bots: { enabled: false } });
    await spawnDaemon(workspace);
    const { code, stderr } = await messenger(workspace.folder, [
      'send',
      'hi',
      '--as',
      'Ada',
      '--expect-answer',
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Warning: Bots are off in this daemon/m);
  });
});

test('Ctrl+C ends the waiting', async () => {
  const { folder } = makeWorkspace({
    'messenger.config.mjs': 'export default { queue: { grace: 0 } };',
    'bots/Sleeper.ts': exactBot('Sleeper', 'sleep', "console.log('sleeping'); await this.sleep(25_000);"),
  });
  const process = startMessenger(folder, ['send', 'sleep']);
  const ended = outcome(process);
  process.stderr?.on('data', (text) => String(text).includes('sleeping') && process.kill('SIGINT'));
  expect(await ended).toMatchObject({ code: 130, stdout: '' });
});
