import { expect, test } from 'vitest';
import { longRuns, longRunText, signsOf } from '../../../src/tui/state/signs.ts';
import { lineText } from '../../../src/tui/text/line.ts';
import { signLines } from '../../../src/tui/view/sign-lines.ts';
import { statusLine } from '../../../src/tui/view/status-line.ts';
import { atOps } from '../../support/tui.tsx';

const run = { id: 'r', threadId: 'ops', handler: 'hello', seconds: 12, endsAtSecond: 30 };
const { status } = atOps([]);
const running = status && { ...status, runs: [run, { ...run, threadId: 'elsewhere' }] };
const signs = signsOf({
  broken: [{ file: 'bots/A.ts', message: 'bots/A.ts:3: no' }],
  lost: [{ handler: 'old', bot: { id: 'b', name: 'Helper' } }],
  unattached: [{ alias: 'ping', class: 'PingBot' }],
});

test('signs say what is wrong and how to mend it', () => {
  expect(signs.map(({ text }) => text)).toEqual([
    'bots/A.ts:3: no',
    'old is attached to Helper, but no file has it any more: restore the file, or /detach old',
    'PingBot is saved but attached to no bot here: /attach ping',
  ]);
});

test('a handler that runs for long says how long, until when, and what ends it', () => {
  expect(longRuns({ status: running, threadId: 'ops' }).map(longRunText)).toEqual([
    'hello runs for 12 s, ends at 30 s; /cancel ends it',
  ]);
});

test('the bots pane shows them above the bots, and nothing where all is well', () => {
  const shown = signLines(atOps([], { signs, status: running }), 100).map(lineText);
  expect(shown).toEqual([
    '… hello runs for 12 s, ends at 30 s; /cancel ends it',
    '✗ bots/A.ts:3: no',
    '✗ old is attached to Helper, but no file has it any more: restore the file, or /detach old',
    '! PingBot is saved but attached to no bot here: /attach ping',
    '',
  ]);
  expect(signLines(atOps([]), 100)).toEqual([]);
});

test('the status line counts them', () => {
  const shown = lineText(statusLine(atOps([], { signs, status: running }), new Date(), 140));
  expect(shown).toContain('hello runs for 12 s, ends at 30 s; /cancel ends it · 3 to mend, F2');
});
