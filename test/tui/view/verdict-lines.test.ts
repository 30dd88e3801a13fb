import { describe, expect, test } from 'vitest';
import type { ActionVerdictJson, RunJson, VerdictsJson } from '../../../src/client/index.ts';
import { verdictLines } from '../../../src/tui/view/verdict-lines.ts';
import { message } from '../../support/tui.tsx';
import { run, textsOf, verdict } from '../../support/tui-data.ts';

const asked = message(1, 'hi there', { created_at: '2026-04-26T10:05:00' });

const verdicts = (fields: Partial<VerdictsJson> = {}): VerdictsJson => ({
  message_id: 'm1',
  ignored: null,
  runs: [],
  untouched: [],
  actions: [],
  ...fields,
});

/** The rows below the message and the blank row after it. */
const below = (answer: VerdictsJson | null, width = 40) =>
  textsOf(verdictLines(asked, answer, width)).slice(3);

/** The rows of one action that ran or was skipped. */
const rowsOf = (row: Partial<ActionVerdictJson>, width = 40, fields: Partial<RunJson> = {}) =>
  below(verdicts({ actions: [verdict(row)], runs: [run(fields)] }), width);

describe('the message', () => {
  test('stands first, with its sender and its local time', () => {
    expect(textsOf(verdictLines(asked, verdicts(), 40)).slice(0, 3)).toEqual(['Ada, 10:05', 'hi there', '']);
  });

  test('takes three rows if it is long', () => {
    const long = { ...asked, body: 'one\ntwo\u001b\nthree\nfour' };
    expect(textsOf(verdictLines(long, verdicts(), 40)).slice(1, 5)).toEqual(['one', 'two\\x1b', 'three', '']);
  });
});

describe('what became of a message', () => {
  test.each<[string, VerdictsJson | null, string[]]>([
    ['is not loaded yet', null, ['…']],
    ['is not loaded yet, but that of another message is', verdicts({ message_id: 'm2' }), ['…']],
    ['is nothing where nothing is attached', verdicts(), ['No action is attached here.']],
    ['is that bots do not look at it', verdicts({ ignored: 'from_bot' }), ['Bots do not answer bots.']],
    ['is a reason that a newer daemon has', verdicts({ ignored: 'moon' }), ['moon']],
  ])('%s', (_, answer, rows) => {
    expect(below(answer)).toEqual(rows);
  });

  test('is not told by actions where bots did not look at it', () => {
    const answer = verdicts({ ignored: 'not_text', runs: [run()], actions: [verdict()] });
    expect(below(answer)).toEqual(['Bots answer only to texts.']);
  });

  test('is told by runs first, each with a blank row after it, then by actions that did not run', () => {
    const answer = verdicts({
      runs: [run(), run({ action_id: 'a3' })],
      actions: [
        verdict(),
        verdict({ action_id: 'a2', handler: 'joke', verdict: 'no_match', sentence: 'no match' }),
        verdict({ action_id: 'a3', handler: 'roll', trigger: null }),
        verdict({ action_id: 'a4', handler: 'x\n\u001b', verdict: 'disabled', sentence: 'disabled' }),
      ],
    });
    expect(below(answer)).toEqual([
      '✓ hello: fired in 42 ms',
      '  HelloBot, by "hi"',
      '',
      '✓ roll: fired in 42 ms',
      '  HelloBot, by any message',
      '',
      '· joke: no match',
      '· x \\x1b: disabled',
    ]);
  });
});

test.each<[ActionVerdictJson['verdict'], string, string]>([
  ['fired', '✓', 'good'],
  ['failed', '✗', 'bad'],
  ['timed_out', '✗', 'bad'],
  ['admin_only', '–', 'warning'],
  ['bot_cooldown', '–', 'warning'],
  ['removed', '–', 'warning'],
  ['stopped', '■', 'warning'],
  ['running', '…', 'plain'],
  ['waiting_for_retry', '…', 'plain'],
])('the first row of a run that is %s has the mark %s and is %s', (code, mark, style) => {
  const answer = verdicts({ runs: [run()], actions: [verdict({ verdict: code, sentence: 'so it is' })] });
  const [row] = verdictLines(asked, answer, 40).slice(3);
  expect([textsOf([row ?? []])[0], row?.[0]?.style]).toEqual([`${mark} hello: so it is`, style]);
});

describe('a run', () => {
  const error = (text: string, stack: string | null = null) => ({
    code: 'HANDLER_THREW',
    message: text,
    stack,
    at: null,
  });

  test('that failed shows its error and where it happened', () => {
    const failed = { verdict: 'failed', sentence: 'failed after 42 ms' } as const;
    expect(rowsOf({ ...failed, error: error('no\ncoffee', 'at handle (x.ts:9:3)') })).toEqual([
      '✗ hello: failed after 42 ms',
      '  HelloBot, by "hi"',
      '  no',
      '  coffee',
      '    at handle (x.ts:9:3)',
      '',
    ]);
  });

  test('shows six rows of a long stack', () => {
    const stack = Array.from({ length: 20 }, (_, place) => `at f${place} (x.ts)`).join('\n');
    expect(rowsOf({ verdict: 'failed', error: error('no', stack) }).slice(3)).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((place) => `    at f${place} (x.ts)`),
      '',
    ]);
  });

  test('shows its payload as JSON, up to six rows', () => {
    expect(rowsOf({}, 40, { payload: { replies: ['a\u001b'] } })[2]).toBe('  {"replies":["a\\u001b"]}');
    expect(rowsOf({}, 20, { payload: { text: 'word '.repeat(100) } })).toHaveLength(4 + 6);
  });

  test('shows no control characters of texts that others wrote', () => {
    const fields = {
      trigger: 'a\u009b\n',
      handler: '\u001b[2J',
      bot: { id: 'b', name: 'B\u0007' },
      error: error('\u001b[31m'),
    };
    expect(rowsOf(fields).slice(0, 3)).toEqual([
      '✓ \\x1b[2J: fired in 42 ms',
      '  B\\x07, by "a\\x9b "',
      '  \\x1b[31m',
    ]);
  });
});

test('an action whose handler is not loaded shows the error of its file', () => {
  const row = verdict({
    verdict: 'handler_missing',
    sentence: 'handler not loaded: its file cannot be loaded',
    error: { code: 'HANDLER_FILE_BROKEN', message: 'bots/X.ts:3: no', stack: null, at: 'bots/X.ts:3' },
  });
  expect(below(verdicts({ actions: [row] }), 60)).toEqual([
    '· hello: handler not loaded: its file cannot be loaded',
    '  bots/X.ts:3: no',
  ]);
});
