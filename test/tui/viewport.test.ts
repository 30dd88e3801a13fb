import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { type Conversation, openConversation, select } from '../../src/tui/state/conversation.ts';
import { lineText, lineWidth } from '../../src/tui/text/line.ts';
import { isNearStart, reveal, scroll, visibleRows } from '../../src/tui/view/viewport.ts';
import { grace, message, messages, pageOf } from '../support/tui.tsx';

const pane = { width: 40, height: 10, me: 'ada' };
const rowsOf = (conversation: Conversation, size = pane) => visibleRows(conversation, size).map(lineText);
const talk = (count: number) => openConversation(pageOf(messages(count)));

describe('the pane', () => {
  test('sticks to the end', () => {
    expect(rowsOf(talk(30)).at(-1)?.trim()).toBe('line 30');
  });

  test('scrolled by rows it shows the rows before, and back again the end', () => {
    const up = scroll(talk(30), -3, pane);
    expect(rowsOf(up).at(-1)?.trim()).toBe('line 27');
    expect(scroll(up, 3, pane).anchor).toBeNull();
    expect(scroll(up, 1, pane).anchor).not.toBeNull();
  });

  test('stops with the first row at the top', () => {
    const top = scroll(talk(30), -10_000, pane);
    expect(rowsOf(top)[0]).toContain('26 April 2026');
    expect(scroll(top, -5, pane).anchor).toEqual(top.anchor);
    expect(rowsOf(top)).toHaveLength(pane.height);
  });

  test('a talk that fits does not scroll', () => {
    expect(scroll(talk(2), -5, pane).anchor).toBeNull();
  });

  test('keeps its place when the width changes', () => {
    const long = openConversation(
      pageOf(messages(30).map((each) => ({ ...each, body: `${each.body} ${'word '.repeat(20)}` }))),
    );
    const up = scroll(long, -40, pane);
    const before = rowsOf(up)
      .filter((row) => row.includes('line'))
      .at(-1)
      ?.trim()
      .split(' ')[1];
    const narrow = rowsOf(up, { ...pane, width: 25 })
      .filter((row) => row.includes('line'))
      .at(-1);
    expect(narrow).toContain(`line ${before}`);
  });

  test('what is looked at is marked and brought into sight', () => {
    const looking = Array.from({ length: 25 }).reduce<Conversation>(
      (now) => reveal(select(now, -1), pane),
      talk(30),
    );
    expect(rowsOf(looking).find((row) => row.startsWith('▌'))).toContain('line 6');
  });

  test('knows when older messages come into reach', () => {
    expect(isNearStart(talk(200), pane)).toBe(false);
    expect(isNearStart(scroll(talk(200), -10_000, pane), pane)).toBe(true);
  });

  test('no row is wider than the pane, whatever is written', () => {
    const hard = [
      '你好'.repeat(40),
      '👩‍👩‍👧‍👦'.repeat(30),
      'x'.repeat(300),
      '\u001b[2J',
      'a\u202eb',
      'שלום עולם '.repeat(9),
    ];
    const conversation = openConversation(
      pageOf(hard.map((body, place) => message(place, body, { owner: grace }))),
    );
    const widths = visibleRows(conversation, { ...pane, height: 99 }).map(lineWidth);
    expect(Math.max(...widths)).toBeLessThanOrEqual(pane.width);
  });
});

test('a key in a long talk costs the rows in sight, not the talk', () => {
  const conversation = talk(400);
  visibleRows(conversation, pane);
  const started = performance.now();
  for (let turn = 0; turn < 100; turn++) visibleRows(conversation, pane);
  expect((performance.now() - started) / 100).toBeLessThan(10);
});
