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

test.each([
  [140, 'bots on · idle · hello runs for 12 s, ends at 30 s; /cancel ends it · 3 to mend, F2'],
  [80, '● daemon · hello runs for 12 s, ends at 30 s; /cancel ends it'],
  [60, '● daemon · hello 12/30 s, /cancel'],
  [40, '● daemon · hello 12'],
])('the status line of %d columns tells of them', (width, expected) => {
  const state = atOps([], { signs, status: running });
  expect(lineText(statusLine(state, new Date(), width))).toContain(expected);
});
