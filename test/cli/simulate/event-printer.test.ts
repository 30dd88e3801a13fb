import { expect, test } from 'vitest';
import { EventPrinter } from '../../../src/cli/simulate/event-printer.ts';
import type { DaemonEvent } from '../../../src/daemon/daemon-events.ts';
import type { EventLine } from '../../../src/simulate/event-lines.ts';

/** What is printed of these events: those of all threads, unless one is given. */
function printedOf(events: readonly DaemonEvent[], threadId?: string, showsReloads = false): string[] {
  const printed: string[] = [];
  const printer = new EventPrinter({
    print: ({ event, body }: EventLine) => void printed.push(`${event}: ${body}`),
    printOutput: (handler, text) => void printed.push(`${handler} | ${text}`),
  });
  printer.showsReloads = showsReloads;
  printer.open(() => threadId);
  for (const event of events) printer.print(event);
  return printed;
}

const from = { type: 'bot', id: 'b', name: 'Helper' } as const;
const typing = (threadId: string): DaemonEvent => ({
  name: 'Typing',
  event: { threadId, from, profile: { type: 'ghost', of: from } },
});

test('events of all threads are printed, or those of one', () => {
  expect(printedOf([typing('here'), typing('there')])).toEqual(['typing: ', 'typing: ']);
  expect(printedOf([typing('here'), typing('there')], 'here')).toEqual(['typing: ']);
});

test('what a handler prints is no event', () => {
  expect(printedOf([{ name: 'Output', event: { handler: 'Chatty', text: 'look' } }], 'here')).toEqual([
    'Chatty | look',
  ]);
});

test('errors are printed, whatever the thread', () => {
  const error: DaemonEvent = { name: 'Error', event: { code: 'INTERNAL', message: 'The disk is full.' } };
  expect(printedOf([error], 'here')).toEqual(['error: The disk is full.']);
});

test('a reload is printed at a terminal, and not in a pipe', () => {
  const reloaded: DaemonEvent = {
    name: 'HandlersReloaded',
    event: {
      files: ['bots/HelloBot.ts'],
      classes: ['HelloBot'],
      milliseconds: 38,
      problems: [{ file: 'bots/Bad.ts', message: 'bots/Bad.ts:1: Unexpected token.' }],
      lost: [],
    },
  };
  expect(printedOf([reloaded])).toEqual([]);
  expect(printedOf([reloaded], undefined, true)).toEqual([
    'notice: HelloBot reloaded 38 ms',
    'error: bots/Bad.ts:1: Unexpected token.',
  ]);
});

test('what another window does to the clock is printed, whatever the thread', () => {
  const time = new Date(2026, 10, 30, 14, 5, 9).toISOString();
  const clock: DaemonEvent = { name: 'Clock', event: { by: 'x', state: { time, frozen: true, moved: 0 } } };
  expect(printedOf([clock], 'here')).toEqual(['notice: The clock says 2026-11-30 14:05:09, frozen.']);
});
