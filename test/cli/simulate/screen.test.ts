import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Screen } from '../../../src/cli/simulate/screen.ts';
import { type EventLine, notice, problem } from '../../../src/simulate/event-lines.ts';
import { capturedOutputs } from '../../support/outputs.ts';

const ada = { name: 'Ada', bot: false };
const failed: EventLine = { event: 'failed', from: ada, body: 'no', handler: 'hello' };

describe('a printed event', () => {
  test.each<[string, boolean, EventLine, string]>([
    ['is a line for people', false, { event: 'message', from: ada, body: 'hi', type: 0 }, 'Ada: hi\n'],
    ['shows no control characters', false, notice('a\u001b[2J'), '· a\\x1b[2J\n'],
    ['of several lines is indented', false, notice('one\ntwo'), '· one\n  two\n'],
    [
      'is one line of JSON with --json',
      true,
      notice('one\ntwo\u001b'),
      '{"event":"notice","from":{"name":"messenger","bot":false},"body":"one\\ntwo\\u001b"}\n',
    ],
  ])('%s', (_, json, line, stdout) => {
    const texts = capturedOutputs();
    new Screen(json).print(line);
    expect(texts).toEqual({ stdout, stderr: '' });
  });

  test.each<[string, EventLine[], boolean]>([
    ['nothing', [], false],
    ['a notice and a message', [notice('x'), { event: 'message', from: ada, body: 'error' }], false],
    ['a warning of a run', [{ event: 'warned', from: ada, body: '', handler: 'x' }], false],
    ['a run that was stopped', [{ event: 'stopped', from: ada, body: '' }], false],
    ['a run that failed', [failed], true],
    ['an error, and a notice after it', [problem({ code: 'X', message: 'x' }), notice('x')], true],
  ])('of %s means that something has failed: %#', (_, lines, hasFailed) => {
    capturedOutputs();
    const screen = new Screen(true);
    for (const line of lines) screen.print(line);
    expect(screen.hasFailed).toBe(hasFailed);
  });
});

describe('the output of handlers', () => {
  test('goes to standard error with its name, and is no event in JSON either', () => {
    const texts = capturedOutputs();
    new Screen(true).printOutput('Hello', 'one\n\ntwo\u001b\n');
    expect(texts).toEqual({ stdout: '', stderr: 'Hello | one\nHello | two\\x1b\n' });
  });

  test('may be hidden', () => {
    const texts = capturedOutputs();
    const screen = new Screen(false);
    screen.hidesOutput = true;
    screen.printOutput('Hello', 'one');
    expect(texts).toEqual({ stdout: '', stderr: '' });
  });
});

describe('a prompt', () => {
  /** A screen with a prompt, and what the prompt writes to its own terminal. */
  function prompted() {
    const texts = capturedOutputs();
    const [input, output] = [new PassThrough(), new PassThrough()];
    const prompt = createInterface({ input, output, terminal: true });
    onTestFinished(() => prompt.close());
    const screen = new Screen(false);
    let name = 'Ada';
    screen.promptWith(prompt, () => `${name} › `);
    const shown = () => String(output.read() ?? '');
    const rename = (to: string) => {
      name = to;
    };
    return { texts, screen, prompt, input, shown, rename };
  }

  test('stands below what is printed, in place of the old one', () => {
    const { texts, screen, shown } = prompted();
    expect(shown()).toContain('Ada › ');
    screen.print(notice('one'));
    expect(texts.stdout).toBe('\r\u001b[J· one\n');
    expect(shown()).toContain('Ada › ');
  });

  test('keeps the text that is being typed', () => {
    const { screen, prompt, shown } = prompted();
    prompt.write('half a li');
    shown();
    screen.printOutput('Hello', 'one');
    expect(shown()).toContain('Ada › half a li');
  });

  test('asks who speaks each time', () => {
    const { screen, shown, rename } = prompted();
    shown();
    rename('Grace');
    screen.prompt();
    expect(shown()).toContain('Grace › ');
  });

  test('is shown no more after its end', () => {
    const { texts, screen, shown } = prompted();
    shown();
    screen.endPrompt();
    screen.print(notice('one'));
    expect([texts.stdout, shown()]).toEqual(['· one\n', '']);
  });
});
