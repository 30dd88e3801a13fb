import { describe, expect, test } from 'vitest';
import type { State } from '../../../src/tui/state/state.ts';
import { lineText, lineWidth } from '../../../src/tui/text/line.ts';
import { promptLead, statusLine } from '../../../src/tui/view/status-line.ts';
import { atOps, thread } from '../../support/tui.tsx';

const noon = new Date(2026, 3, 26, 12, 5);
const show = (fields: Partial<State>, width = 80) => lineText(statusLine(atOps([], fields), noon, width));
const daemon = (waiting: number, running: number, failed: number, botsEnabled = true): Partial<State> => ({
  status: { botsEnabled, clock: null, queue: { waiting, running, failed }, handlersRevision: 1, runs: [] },
});

describe('the status line', () => {
  test.each<[Partial<State>, string]>([
    [{ link: 'connecting', status: null }, ' ◌ connecting'],
    [{ link: 'online', status: null }, ' ● daemon'],
    [{ link: 'offline', status: null }, ' ○ daemon gone, reconnecting'],
    [{ link: 'closed', status: null }, ' ○ closed'],
    [daemon(0, 0, 0), ' ● daemon · bots on · idle'],
    [daemon(0, 1, 0), ' ● daemon · bots on · queue 1'],
    [daemon(2, 1, 0), ' ● daemon · bots on · queue 3'],
    [daemon(0, 0, 4), ' ● daemon · bots on · idle · 4 failed'],
    [daemon(0, 0, 0, false), ' ● daemon · bots off · idle'],
  ])('of %j begins with "%s"', (fields, left) => {
    expect(show(fields).replace(/ +12:05.*/, '')).toBe(left);
  });

  test.each([
    [0, '12:05 · F1 help '],
    [1, '12:05 · 1 reload · F1 help '],
    [2, '12:05 · 2 reloads · F1 help '],
  ])('after %i reloads ends with "%s"', (reloads, right) => {
    expect(show({ reloads })).toMatch(new RegExp(` ${right}$`));
  });

  test.each([
    [{ moved: 0, frozen: false }, '12:05 · F1 help'],
    [{ moved: 900_000, frozen: false }, '12:05 (+15m) · F1 help'],
    [{ moved: 0, frozen: true }, '12:05 (frozen) · F1 help'],
    [{ moved: 5_400_000, frozen: true }, '12:05 (+1h30m, frozen) · F1 help'],
  ])('of a clock with %j ends with "%s"', (shown, right) => {
    const clock = { state: { time: noon.toISOString(), ...shown }, at: 0 };
    expect(show({ clock }).trimEnd().endsWith(` ${right}`)).toBe(true);
  });

  test.each([40, 41, 60, 200])(
    'in %i columns has exactly this width, and always the key for help',
    (width) => {
      const line = statusLine(atOps([], { ...daemon(99, 99, 99, false), reloads: 99 }), noon, width);
      expect(lineWidth(line)).toBe(width);
      expect(lineText(line)).toMatch(/ · F1 help $/);
    },
  );
});

describe('the start of the prompt', () => {
  test.each<[string, Partial<State>, string]>([
    ['of an admin', {}, 'Ada (admin) → #ops › '],
    [
      'of a person who is no admin',
      { threads: [thread('ops', { options: { ...thread('ops').options, admin: false } })] },
      'Ada → #ops › ',
    ],
    ['without a group', { threadId: null }, 'Ada › '],
    ['in a group that is not listed any more', { threadId: 'gone' }, 'Ada › '],
    ['before anybody is logged in', { me: null, threadId: null }, '… › '],
    [
      'with control characters in the names',
      { people: [{ id: 'ada', name: 'A\u001b' }], threads: [thread('o\nps')], threadId: 'o\nps' },
      'A\\x1b (admin) → #o ps › ',
    ],
  ])('%s', (_, fields, text) => {
    expect(lineText(promptLead(atOps([], fields)))).toBe(text);
  });
});
