import { describe, expect, test } from 'vitest';
import type { RunJson, UntouchedJson, VerdictsJson } from '../../../src/client/index.ts';
import { untouchedReasons } from '../../../src/domain/run.ts';
import { verdictLines } from '../../../src/tui/view/verdict-lines.ts';
import { message } from '../../support/tui.tsx';
import { run, textsOf } from '../../support/tui-data.ts';

const asked = message(1, 'hi there', { created_at: '2026-04-26T10:05:00' });

const verdicts = (fields: Partial<VerdictsJson> = {}): VerdictsJson => ({
  message_id: 'm1',
  ignored: null,
  runs: [],
  untouched: [],
  ...fields,
});

/** The rows below the message and the blank row after it. */
const below = (answer: VerdictsJson | null, width = 40) =>
  textsOf(verdictLines(asked, answer, width)).slice(3);

const rowsOf = (fields: Partial<RunJson>, width = 40) => below(verdicts({ runs: [run(fields)] }), width);

const untouched = (handler: string, reason: UntouchedJson['reason']): UntouchedJson => ({
  bot: { id: 'hello', name: 'HelloBot' },
  action_id: handler,
  handler,
  reason,
});

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

  test('is not told by runs where bots did not look at it', () => {
    expect(below(verdicts({ ignored: 'not_text', runs: [run()] }))).toEqual(['Bots answer only to texts.']);
  });

  test('is told by runs first, each with a blank row after it, then by actions that did not run', () => {
    const answer = verdicts({
      runs: [run(), run({ handler: 'roll', trigger: null })],
      untouched: [untouched('joke', 'no_match'), untouched('x\n\u001b', 'disabled')],
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

describe('the first row of a run', () => {
  test.each<[Partial<RunJson>, string]>([
    [{ status: 'handled' }, '✓ hello: fired in 42 ms'],
    [{ status: 'failed' }, '✗ hello: failed after 42 ms'],
    [{ status: 'skipped', reason: 'admin_only' }, '– hello: admin only'],
    [{ status: 'skipped', reason: 'bot_cooldown', rests_for: 1 }, '– hello: cooldown of its bot, 1.0 s left'],
    [{ status: 'skipped', reason: 'action_cooldown', rests_for: 900 }, '– hello: cooldown, 15 m left'],
    [{ status: 'skipped', reason: null }, '– hello: skipped'],
    [{ status: 'skipped', reason: 'moon' }, '– hello: moon'],
    [{ status: 'stopped', reason: 'removed' }, '■ hello: stopped after 42 ms: removed in between'],
    [{ status: 'running', finished_at: null }, '… hello: running'],
    [{ status: 'waiting', finished_at: null }, '… hello: running'],
    [{ status: 'failed', finished_at: null }, '✗ hello: failed after 0 ms'],
    [{ handler: '\u001b[2J' }, '✓ \\x1b[2J: fired in 42 ms'],
  ])('%j is "%s"', (fields, row) => {
    expect(rowsOf(fields, 60)[0]).toBe(row);
  });

  test.each([
    ['handled', 'good'],
    ['failed', 'bad'],
    ['skipped', 'warning'],
    ['stopped', 'warning'],
    ['running', 'plain'],
  ])('of a run that is %s is %s', (status, style) => {
    const [row] = verdictLines(asked, verdicts({ runs: [run({ status })] }), 40).slice(3);
    expect(row?.[0]?.style).toBe(style);
  });
});

describe('a run', () => {
  const error = (text: string, stack: string | null = null) => ({
    code: 'HANDLER_THREW',
    message: text,
    stack,
  });

  test('that failed shows its error and where it happened', () => {
    expect(rowsOf({ status: 'failed', error: error('no\ncoffee', 'at handle (x.ts:9:3)') })).toEqual([
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
    expect(rowsOf({ status: 'failed', error: error('no', stack) }).slice(3)).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((place) => `    at f${place} (x.ts)`),
      '',
    ]);
  });

  test('shows its payload as JSON, up to six rows', () => {
    expect(rowsOf({ payload: { replies: ['a\u001b'] } })[2]).toBe('  {"replies":["a\\u001b"]}');
    expect(rowsOf({ payload: { text: 'word '.repeat(100) } }, 20)).toHaveLength(3 + 6 + 1);
  });

  test('shows no control characters of texts that others wrote', () => {
    const fields = { trigger: 'a\u009b\n', bot: { id: 'b', name: 'B\u0007' }, error: error('\u001b[31m') };
    expect(rowsOf(fields).slice(1, 3)).toEqual(['  B\\x07, by "a\\x9b "', '  \\x1b[31m']);
  });
});

test('each reason why an action did not run has words', () => {
  const rows = below(verdicts({ untouched: untouchedReasons.map((reason) => untouched('x', reason)) }));
  expect(rows).toEqual([
    '· x: no match',
    '· x: disabled',
    '· x: its bot is disabled',
    '· x: its handler is missing',
    '· x: attached later',
  ]);
});
