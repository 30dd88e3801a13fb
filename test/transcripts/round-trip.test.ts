import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { botSource, exactBot, posting } from '../support/bot-source.ts';
import { helloBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** Records lines in a workspace, and plays what was recorded. Returns the transcript and what the test printed. */
async function roundTrip(
  files: Record<string, string>,
  lines: readonly string[],
  { as = 'alice', env = {} }: { as?: string; env?: NodeJS.ProcessEnv } = {},
) {
  const { folder } = makeWorkspace(files);
  const words = ['simulate', '--as', as, '--record', 'a.chat.yaml', '--no-fail'];
  const recorded = await messenger(folder, words, lines.map((line) => `${line}\n`).join(''), env);
  expect(recorded).toMatchObject({ code: 0, stderr: '' });
  const { code, stdout } = await messenger(folder, ['test']);
  const read = (name: string) =>
    existsSync(path.join(folder, name)) ? readFileSync(path.join(folder, name), 'utf8') : '';
  return {
    code,
    stdout,
    text: read('a.chat.yaml'),
    http: read('a.http.yaml'),
    said: recorded.stdout,
    folder,
  };
}

const passed = '✓ a.chat.yaml\n\n1 transcript: 1 passed, 0 failed';

const echo = {
  'bots/Echo.ts': botSource('Echo', posting('this.message.body'), { settings: "match: 'any'" }),
};

/** Bots that answer with texts that mean something in a transcript. */
const odd = [
  '/etc/',
  '//',
  '/a',
  'Thinking…',
  '\\\\…',
  'a: b',
  '# no',
  '- x',
  '"quoted"',
  "'",
  'null',
  'yes',
  '1e3',
  ' lead',
  'trail ',
  'two\\nlines',
  '\\n',
  'a\\r\\nb',
  '\\u200b',
  '{',
  '[x]',
  '|',
  '>',
  '%',
  '@',
  '`',
  '👋',
  '👨‍👩‍👧',
  '\\t',
  '…',
  '~',
  'a #b',
  'x:',
  '---',
  '..',
  '\\ud800',
  'x'.repeat(3000),
];

describe('what is recorded in a simulation passes as a test', () => {
  test('ready-made handlers, by chance', async () => {
    const lines = [
      '!rps rock',
      '!rps',
      '!roll',
      '!roll 1 6',
      '!toss',
      '!toss heads',
      '!commands',
      '!invite',
      '!nuke 5',
      '!doc x',
    ];
    const { code, stdout, text } = await roundTrip({}, lines);
    expect(stdout).toContain(passed);
    expect(text).toContain('Rolling (1 - 6): ');
    expect(text).toContain('This invite is good for 15 minutes: …');
    expect(code).toBe(0);
  });

  test('odd texts of people', async () => {
    const lines = odd.filter((text) => !/[\\/]/.test(text)).flatMap((text) => [text]);
    const { stdout } = await roundTrip(echo, ['/attach echo', ...lines, '//help', '///']);
    expect(stdout).toContain(passed);
  });

  test('odd texts of bots', async () => {
    const texts = `[${odd.map((text) => `"${text.replaceAll('"', '\\"')}"`).join(', ')}]`;
    const handler = `for (const text of ${texts}) await this.composer().message(text + ' ');
      for (const text of ${texts}) if (text.trim() !== '') await this.composer().message(text);`;
    const { stdout, said } = await roundTrip({ 'bots/Odd.ts': exactBot('Odd', '!odd', handler) }, ['!odd']);
    expect(said).toContain('Thinking…');
    expect(stdout).toContain(passed);
  });

  test.each([
    'clock',
    'silence',
    'PlaygroundBot',
    'a reacts',
    'person',
    'to',
    'says',
    'x: y',
    '# z',
    'null',
    '1',
  ])('a person who is called %s', async (name) => {
    const { stdout } = await roundTrip(
      { 'bots/HelloBot.ts': helloBot },
      ['hi', `/as bob`, 'hi', `/as ${name}`, 'hi'],
      { as: name },
    );
    expect(stdout).toContain(passed);
  });

  test('commands', async () => {
    const lines = [
      ...['/bot add clock', '/attach hello @clock {"cooldown":30}', 'hi', 'hi', '/clear cooldowns', 'hi'],
      ...['/bot off clock', 'hi', '/bot on clock', '/as bob', '/as alice', '/admin bob on', '/react 👍'],
      ...[
        '/detach hello',
        'hi',
        '/nothing',
        '/install games_package',
        '!roll',
        '/uninstall Games',
        '/delete',
        '/knock',
      ],
    ];
    const { stdout, text } = await roundTrip({ 'bots/HelloBot.ts': helloBot }, lines);
    expect(text).not.toContain('/nothing');
    expect(stdout).toContain(passed);
  });

  test('failures, and what is tried again', async () => {
    const fails = exactBot(
      'Fails',
      '!fail',
      "await this.composer().message('trying'); throw new Error('out of: coffee');",
    );
    const { stdout, text } = await roundTrip({ 'bots/Fails.ts': fails }, ['!fail', 'nothing', '/retry']);
    expect(text).toContain('PlaygroundBot fails: "out of: coffee"');
    expect(stdout).toContain(passed);
  });

  test('handlers that sleep', async () => {
    const sleeps = exactBot(
      'Sleeps',
      '!sleep',
      "await this.composer().message('good night'); await this.sleep(1_500); await this.composer().message('good morning');",
    );
    const { stdout, text } = await roundTrip({ 'bots/Sleeps.ts': sleeps }, ['!sleep', '!sleep']);
    expect(text).toMatch(/good night\n {2}- clock: \+1s500ms\n {2}- PlaygroundBot: good morning/);
    expect(stdout).toContain(passed);
  });

  test('HTTP answers, without what is secret', async () => {
    const server = createServer((request, response) => {
      response.setHeader('set-cookie', 'session=1').end(`fact: ${request.url} …\n`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const asks = exactBot(
      'Asks',
      '!ask',
      `const response = await fetch('http://127.0.0.1:${port}/fact?key=' + encodeURIComponent(process.env.ASK_API_KEY ?? ''));
      await this.composer().message(response.status + ' ' + (await response.text()));`,
      { members: "static environment = ['ASK_API_KEY'];" },
    );
    const env = { ASK_API_KEY: 'very/secret=key' };
    const { stdout, http, text } = await roundTrip({ 'bots/Asks.ts': asks }, ['!ask', '!ask'], { env });
    server.close();
    expect(http).toContain(
      `- request: GET http://127.0.0.1:${port}/fact?key=[hidden]\n  status: 200\n  text: `,
    );
    expect(`${http}${text}`).not.toMatch(/secret|cookie|session/);
    expect(stdout).toContain(passed);
  });

  test('a request without an answer fails with the same words', async () => {
    const asks = exactBot(
      'Asks',
      '!ask',
      `const said = await fetch('http://127.0.0.1:1/').then(() => 'answered', (error) => String(error.cause ?? error));
      await this.composer().message(said);`,
    );
    const { stdout, http, text } = await roundTrip({ 'bots/Asks.ts': asks }, ['!ask']);
    expect(text).not.toContain('answered');
    expect(http).toContain('- request: GET http://127.0.0.1:1/\n  failure: ');
    expect(stdout).toContain(passed);
  });

  test('a group that had bots before', async () => {
    const files = { 'bots/HelloBot.ts': helloBot };
    const { folder } = makeWorkspace(files);
    const lines = '/bot add "odd: name"\n/attach hello @"odd: name" {"admin_only":true,"cooldown":5}\nhi\n';
    await messenger(folder, ['simulate', '--as', 'carol'], lines);
    await messenger(folder, ['simulate', '--as', 'alice', '--record', 'a.chat.yaml'], 'hi\n');
    expect(readFileSync(path.join(folder, 'a.chat.yaml'), 'utf8')).toContain(
      'admins:\n  - carol\n  - alice\n',
    );
    expect((await messenger(folder, ['test'])).stdout).toContain(passed);
  });
});

describe('a recording', () => {
  test('overwrites nothing', async () => {
    const { folder } = makeWorkspace({ 'a.chat.yaml': 'mine' });
    const { code, stderr } = await messenger(folder, ['simulate', '--record', 'a.chat.yaml'], 'hi\n');
    expect(stderr).toBe(
      'Error: a.chat.yaml already exists and was not changed. Choose another name, or remove it first.\n',
    );
    expect(code).toBe(2);
  });

  test('begins and ends with a command', async () => {
    const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
    const lines = [
      'hi',
      '/record',
      '/record b.chat.yaml',
      '/record',
      '/record c.chat.yaml',
      'hey',
      '/record stop',
      'hi',
      '/record stop',
    ];
    const { stdout } = await messenger(
      folder,
      ['simulate', '--as', 'alice', '--no-fail'],
      `${lines.join('\n')}\n`,
    );
    expect(stdout.split('\n').filter((line) => /record/i.test(line))).toEqual([
      '· Nothing is being recorded. /record hello.chat.yaml begins.',
      '· Recording in b.chat.yaml.',
      '· This is recorded in b.chat.yaml.',
      '! This is already recorded in b.chat.yaml. "/record stop" ends that.',
      '· Recorded in b.chat.yaml.',
      '· Nothing is being recorded. /record hello.chat.yaml begins.',
    ]);
    const text = readFileSync(path.join(folder, 'b.chat.yaml'), 'utf8');
    expect(text.replace(/^seed: \d+/, 'seed: 1')).toBe(
      'seed: 1\nbots:\n  - hello\nchat:\n  - alice: hey\n  - PlaygroundBot: Why hello there alice!\n  - PlaygroundBot reacts: 👋\n',
    );
    writeFileSync(path.join(folder, 'a.chat.yaml'), text);
    expect((await messenger(folder, ['test', 'a.chat.yaml'])).code).toBe(0);
  });
});
