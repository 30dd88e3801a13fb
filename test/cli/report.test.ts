import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createError, invalidParameters, MessengerError } from '../../src/base/errors.ts';
import { exitCodes, report } from '../../src/cli/report.ts';
import { capturedOutputs } from '../support/outputs.ts';

/** What is reported: the exit code, standard error, and the JSON on standard output. */
function reported(error: unknown, json = false) {
  const texts = capturedOutputs();
  const code = report(error, json);
  return { code, stderr: texts.stderr, json: texts.stdout === '' ? undefined : JSON.parse(texts.stdout) };
}

/** An error of the system, as Node throws it. */
const systemError = (code: string) =>
  Object.assign(new Error(`${code}: something, open '/data/x'`), { code, syscall: 'open', path: '/data/x' });

const threw = (stack: string) => {
  const error = createError('HANDLER_THREW', 'HelloBot', 'no coffee');
  error.stack = stack;
  return error;
};

describe('an error', () => {
  test.each<[string, unknown, number, string]>([
    ['of wrong use', createError('WRONG_USE', 'Say which.'), exitCodes.wrongUse, 'Error: Say which.\n'],
    [
      'of something that is not there',
      createError('DAEMON_NOT_RUNNING'),
      exitCodes.failed,
      `Error: ${createError('DAEMON_NOT_RUNNING').message}\n`,
    ],
    [
      'with errors of fields',
      new MessengerError('WRONG_USE', 'Two are wrong.', {
        cooldown: ['Too long.', 'No number.'],
        'replies.0': ['Empty.'],
      }),
      exitCodes.wrongUse,
      'Error: Two are wrong.\n  cooldown: Too long. No number.\n  replies.0: Empty.\n',
    ],
    [
      'with control characters',
      createError('WRONG_USE', 'No \u001b[2J here\nor\u0007 here.'),
      exitCodes.wrongUse,
      'Error: No \\x1b[2J here\nor\\x07 here.\n',
    ],
  ])('%s is a sentence on standard error', (_, error, code, stderr) => {
    expect(reported(error)).toEqual({ code, stderr, json: undefined });
  });

  test('of a handler has the lines of its author, and no other has a stack', () => {
    expect(reported(threw('at handle (x.ts:9:3)\nat y\u001b (x.ts)')).stderr).toMatch(
      /\n {2}at handle \(x\.ts:9:3\)\n {2}at y\\x1b \(x\.ts\)\n$/,
    );
    expect(reported(createError('WRONG_USE', 'x')).stderr).not.toContain('report.test');
  });

  test.each(['ENOSPC', 'EACCES', 'EMFILE'])(
    'of the system, %s, names the path and is no fault of ours',
    (code) => {
      const { code: exit, stderr } = reported(systemError(code));
      expect(exit).toBe(exitCodes.failed);
      expect(stderr).toMatch(/^Error: .*\/data\/x.*\n$/);
      expect(stderr).not.toContain('report it');
    },
  );

  test.each([
    ['an Error', new TypeError('x is undefined'), 'x is undefined'],
    ['a text', 'just a text', 'just a text'],
    ['undefined', undefined, 'undefined'],
  ])('that nobody expected, %s, asks for a report with its details', (_, error, detail) => {
    const { code, stderr } = reported(error);
    expect(code).toBe(exitCodes.failed);
    expect(stderr).toMatch(/^Something went wrong inside messenger itself\. Please report it/);
    expect(stderr).toContain(detail);
  });
});

describe('with --json an error is also an object on standard output', () => {
  test.each<[string, unknown, object]>([
    ['of a code', createError('WRONG_USE', 'Say which.'), { code: 'WRONG_USE', message: 'Say which.' }],
    [
      'with errors of fields',
      invalidParameters('hello', { cooldown: ['Too long.'] }),
      {
        code: 'INVALID_PARAMETERS',
        message: expect.stringContaining('Too long.'),
        errors: { cooldown: ['Too long.'] },
      },
    ],
    // JSON escapes control characters itself.
    ['with control characters', createError('WRONG_USE', '\u001b'), { code: 'WRONG_USE', message: '\u001b' }],
    ['that nobody expected', new TypeError('secret'), { code: 'INTERNAL', message: expect.any(String) }],
  ])('%s', (_, error, json) => {
    expect(reported(error, true).json).toEqual({ error: json });
  });
});

describe('what the parser of the command line throws', () => {
  /** The error of a command line. */
  function parsing(...words: string[]): unknown {
    const command = new Command('x').exitOverride().version('1.2.3');
    command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
    try {
      command.parse(words, { from: 'user' });
      return undefined;
    } catch (error) {
      return error;
    }
  }

  test.each([['--help'], ['--version']])('for %s is no error', (option) => {
    expect(reported(parsing(option), true)).toEqual({ code: exitCodes.ok, stderr: '', json: undefined });
  });

  test('is wrong use, and printed already; with --json the object is added', () => {
    const unknown = parsing('--jsno');
    expect(reported(unknown)).toEqual({ code: exitCodes.wrongUse, stderr: '', json: undefined });
    expect(reported(unknown, true).json).toEqual({
      error: { code: 'WRONG_USE', message: "unknown option '--jsno'" },
    });
  });
});
