import { expect, test } from 'vitest';
import { Watcher } from '../../src/cli/simulate/watcher.ts';
import type { Happening } from '../../src/daemon/happenings.ts';
import type { FeedLine } from '../../src/simulate/feed.ts';

/** What a watcher prints of these happenings, where everything is printed unless it is said otherwise. */
function printedOf(happenings: readonly Happening[], threadId?: string, showsReloads = false): string[] {
  const printed: string[] = [];
  const watcher = new Watcher({
    print: ({ event, body }: FeedLine) => void printed.push(`${event}: ${body}`),
    printOutput: (handler, text) => void printed.push(`${handler} | ${text}`),
  });
  watcher.showsReloads = showsReloads;
  watcher.open(() => threadId);
  for (const happening of happenings) watcher.take(happening);
  return printed;
}

const from = { type: 'bot', id: 'b', name: 'Helper' } as const;
const typing = (threadId: string): Happening => ({
  name: 'Typing',
  event: { threadId, from, profile: { type: 'ghost', of: from } },
});

test('events of all threads are printed, or those of one', () => {
  expect(printedOf([typing('here'), typing('there')])).toEqual(['typing: ', 'typing: ']);
  expect(printedOf([typing('here'), typing('there')], 'here')).toEqual(['typing: ']);
});

test('what a handler prints is no event', () => {
  expect(printedOf([{ name: 'Printed', event: { handler: 'Chatty', text: 'look' } }], 'here')).toEqual([
    'Chatty | look',
  ]);
});

test('errors of a daemon that others use are theirs', () => {
  const trouble: Happening = { name: 'Trouble', event: { code: 'INTERNAL', message: 'The disk is full.' } };
  expect(printedOf([trouble])).toEqual(['error: The disk is full.']);
  expect(printedOf([trouble], 'here')).toEqual([]);
});

test('a reload is told to a person, and not to a script', () => {
  const reloaded: Happening = {
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
