import { Command } from 'commander';
import { expect, test } from 'vitest';
import { rejectRepeated } from '../../src/cli/repeated-options.ts';

/** The options of a command line, or the error. */
function parse(words: string[]): unknown {
  const command = new Command('x').exitOverride().configureOutput({ writeErr: () => {} });
  command
    .option('-n, --lines <count>', '', '100')
    .option('--color [when]')
    .option('--json')
    .option('--no-fail');
  const below = command
    .command('show')
    .option('--days <days>')
    .action(() => {});
  command.action(() => {});
  rejectRepeated(command);
  try {
    command.parse(words, { from: 'user' });
    return { ...command.opts(), ...below.opts() };
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

const usual = { lines: '100', fail: true };

test.each<[string, string[], object]>([
  ['nothing, where an option has a default', [], usual],
  ['an option once', ['-n', '5'], { ...usual, lines: '5' }],
  ['two options', ['--lines', '5', '--color=always'], { ...usual, lines: '5', color: 'always' }],
  [
    'a switch twice, which loses nothing',
    ['--json', '--json', '--no-fail', '--no-fail'],
    { lines: '100', json: true, fail: false },
  ],
  ['an option of each command', ['-n', '5', 'show', '--days', '1'], { ...usual, lines: '5', days: '1' }],
])('%s may be given', (_, words, options) => {
  expect(parse(words)).toEqual(options);
});

test.each<[string, string[], string]>([
  ['an option', ['--lines', '1', '--lines', '2'], '-n, --lines <count>'],
  ['an option with the same value', ['--lines=1', '--lines=1'], '-n, --lines <count>'],
  ['an option, long and short', ['-n', '1', '--lines', '2'], '-n, --lines <count>'],
  ['an option whose value may be left out', ['--color', '--color', 'never'], '--color [when]'],
  ['an option of a command below', ['show', '--days', '1', '--days', '2'], '--days <days>'],
])('%s twice is an error that names it', (_, words, flags) => {
  expect(parse(words)).toBe(`error: option '${flags}' is given twice; give it once`);
});
