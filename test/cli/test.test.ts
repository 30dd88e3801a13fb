import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { helloBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

const good =
  'title: Says hello\nchat:\n  - alice: hi\n  - PlaygroundBot: Why hello there alice!\n  - PlaygroundBot reacts: 👋\n';
const wrong = 'chat:\n  - alice: hi\n  - PlaygroundBot: Yo\n  - PlaygroundBot reacts: 👋\n';
const updated =
  'chat:\n  - alice: hi\n  - PlaygroundBot: Why hello there alice!\n  - PlaygroundBot reacts: 👋\n';

const run = async (files: Record<string, string>, ...words: string[]) => {
  const { folder } = makeWorkspace({ 'bots/HelloBot.ts': helloBot, ...files });
  const outcome = await messenger(folder, ['test', ...words]);
  const stdout = outcome.stdout.replace(/in [\d.]+ s/, 'in … s');
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  return { ...outcome, stdout, read, folder };
};

describe('messenger test', () => {
  test('plays the transcripts of the workspace, and leaves nothing behind', async () => {
    const files = { 'a.chat.yaml': good, 'bots/b.chat.yaml': good, 'node_modules/c.chat.yaml': wrong };
    const { code, stdout, folder } = await run(files);
    expect(stdout).toBe(
      '✓ a.chat.yaml – Says hello\n✓ bots/b.chat.yaml – Says hello\n\n2 transcripts: 2 passed, 0 failed, in … s.\n',
    );
    expect(code).toBe(0);
    expect(existsSync(path.join(folder, '.messenger', 'messenger.sqlite'))).toBe(false);
  });

  test('shows what was different, and exits 1', async () => {
    const { code, stdout } = await run({ 'a.chat.yaml': wrong });
    expect(stdout).toBe(`✗ a.chat.yaml
      alice: hi
    - PlaygroundBot: Yo
    + PlaygroundBot: Why hello there alice!
      PlaygroundBot reacts: 👋

1 transcript: 0 passed, 1 failed, in … s.  (- expected, + found)
`);
    expect(code).toBe(1);
  });

  test('changes what is expected', async () => {
    const { code, stdout, read } = await run({ 'a.chat.yaml': wrong }, '--update');
    expect(stdout).toContain('✓ a.chat.yaml – updated\n');
    expect(read('a.chat.yaml')).toBe(updated);
    expect(code).toBe(0);
  });

  test('prints JSON', async () => {
    const { stdout } = await run(
      { 'a.chat.yaml': good, 'b.chat.yaml': wrong, 'c.chat.yaml': 'chat: 1\n' },
      '--json',
    );
    const result = { updated: false, title: null, error: null, milliseconds: expect.any(Number) };
    expect(JSON.parse(stdout)).toEqual({
      passed: 1,
      failed: 2,
      transcripts: [
        { ...result, file: 'a.chat.yaml', title: 'Says hello', passed: true, difference: [] },
        {
          ...result,
          file: 'b.chat.yaml',
          passed: false,
          difference: expect.arrayContaining([{ mark: '-', text: 'PlaygroundBot: Yo' }]),
        },
        {
          ...result,
          file: 'c.chat.yaml',
          passed: false,
          difference: [],
          error: expect.stringContaining('c.chat.yaml:1:7: '),
        },
      ],
    });
  });

  test('writes a report for other tools', async () => {
    const { read, code } = await run({ 'a.chat.yaml': wrong }, '--junit', 'report.xml');
    expect(read('report.xml')).toContain(
      '<testsuite name="messenger test" tests="1" failures="1" errors="0"',
    );
    expect(code).toBe(1);
  });

  test.each([['none'], ['thread'], ['process']])('runs handlers with the isolation %s', async (isolation) => {
    expect((await run({ 'a.chat.yaml': good }, '--isolation', isolation)).code).toBe(0);
  });

  test.each([
    [['nothing.chat.yaml'], 2, 'There is no file or folder "'],
    [['--isolation', 'x'], 2, "argument 'x' is invalid"],
    [[], 1, 'There are no transcripts in this folder: their names end with ".chat.yaml".'],
    [['bots'], 1, 'There are no transcripts in bots: '],
  ])('%j exits %i', async (words, code, message) => {
    const outcome = await run({}, ...words);
    expect(outcome.stderr).toContain(message);
    expect(outcome.code).toBe(code);
  });

  test('plays only what has a name', async () => {
    const files = { 'a.chat.yaml': good, 'b.chat.yaml': wrong };
    expect((await run(files, '--name', 'Says')).stdout).toContain('1 transcript: 1 passed');
    const nothing = await run(files, '-t', 'Nothing');
    expect(nothing.stderr).toContain(
      'There are no transcripts in this folder whose title or path contains "Nothing"',
    );
    expect(nothing.code).toBe(1);
  });

  test('answers of the network come from the file beside a transcript, and nothing else is asked', async () => {
    const asks = helloBot.replace(
      "await this.composer().reaction(this.message, '👋');",
      "const response = await fetch('http://127.0.0.1:1/fact?key=abc');\n    await this.composer().message(await response.text());",
    );
    const chat = 'chat:\n  - alice: hi\n  - PlaygroundBot: …\n  - PlaygroundBot: A fact.\n';
    const http = '- request: GET http://127.0.0.1:1/fact?key=[hidden]\n  status: 200\n  text: A fact.\n';
    const files = { 'bots/HelloBot.ts': asks, 'a.chat.yaml': chat };
    expect((await run({ ...files, 'a.http.yaml': http })).code).toBe(0);
    const { stdout } = await run(files);
    expect(stdout).toContain('+ PlaygroundBot fails: GET http://127.0.0.1:1/fact?key=abc has no answer here');
  });
});
