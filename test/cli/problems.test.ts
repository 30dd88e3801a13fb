import { describe, expect, test } from 'vitest';
import { createError } from '../../src/base/errors.ts';
import { outputLines, printOutput, printProblem, reportWarnings } from '../../src/cli/problems.ts';
import { capturedOutputs } from '../support/outputs.ts';

describe('the output of a handler', () => {
  test.each([
    ['is a line with its name', 'Hello', 'here\n', ['Hello | here']],
    ['may be several lines at once', 'Hello', 'one\n two\n', ['Hello | one', 'Hello |  two']],
    ['has no empty lines', 'Hello', '\n\none\n\n', ['Hello | one']],
    ['may be nothing', 'Hello', '', []],
    ['shows no control characters', 'H\u001b', 'a\rb\u0007\tc', ['H\\x1b | a\\x0db\\x07\tc']],
  ])('%s', (_, handler, text, lines) => {
    expect(outputLines(handler, text)).toEqual(lines);
  });

  test('goes to standard error, so that it never mixes with the answer', () => {
    const texts = capturedOutputs();
    printOutput('Hello', 'one\ntwo');
    expect(texts).toEqual({ stdout: '', stderr: 'Hello | one\nHello | two\n' });
  });
});

describe('a warning', () => {
  test.each<[string, unknown, string]>([
    ['of an error', createError('WRONG_USE', 'Say\u001b which.'), 'Warning: Say\\x1b which.\n'],
    ['of a value that was thrown', 'a text', 'Warning: a text\n'],
  ])('%s is one on standard error', (_, error, stderr) => {
    const texts = capturedOutputs();
    printProblem(error);
    expect(texts).toEqual({ stdout: '', stderr });
  });

  test('is printed for each setting that is ignored', () => {
    const texts = capturedOutputs();
    reportWarnings({ warnings: ['one', 'two'] });
    expect(texts.stderr).toBe('Warning: one\nWarning: two\n');
  });
});
