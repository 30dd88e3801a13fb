import { describe, expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import { RecordedSession } from '../../support/recorded-session.ts';
import { messages, pageOf, stretchOf } from '../../support/tui.tsx';

const shownBy = async (line: string, answers: Record<string, unknown>): Promise<string[]> => {
  const session = await RecordedSession.open(answers);
  await runLine(session, line);
  return session.shown.flatMap((text) => text.split('\n'));
};

describe('/search', () => {
  test('lists the newest hits, oldest first, and how many there are', async () => {
    const found = pageOf(messages(12));
    const shown = await shownBy('/search line', { 'GET threads/t/messages/search?q=line': found });
    expect(shown.slice(0, 2)).toEqual([
      'notice: 12 messages with "line", the newest 10:',
      expect.stringMatching(/^2026-04-26 \d\d:\d\d \w+: line 3$/),
    ]);
    expect(shown).toHaveLength(11);
  });

  test('of a text that nobody has written says so', async () => {
    const shown = await shownBy('/search 100% no', {
      'GET threads/t/messages/search?q=100%25%20no': pageOf([]),
    });
    expect(shown).toEqual(['notice: No message with "100% no".']);
  });

  test('goes there where a conversation can be scrolled', async () => {
    const session = await RecordedSession.open({});
    const searched: string[] = [];
    session.reader = { search: async (text) => void searched.push(text), goTo: async () => {} };
    await runLine(session, '/search line 3');
    expect(searched).toEqual(['line 3']);
  });
});

describe('/goto', () => {
  test('lists the messages from a moment on', async () => {
    const day = new Date(2026, 3, 26).toISOString();
    const shown = await shownBy('/goto 2026-04-26', {
      [`GET threads/t/messages/since/${encodeURIComponent(day)}`]: stretchOf(messages(20), { found: 'm4' }),
    });
    expect(shown[0]).toBe('notice: From 2026-04-26 00:00 on:');
    expect(shown.slice(1).map((line) => line.split(': ').at(-1))).toEqual(
      Array.from({ length: 10 }, (_, index) => `line ${index + 4}`),
    );
  });

  test.each(['', 'somewhere', '1999'])('"%s" is rejected', async (place) => {
    await expect(shownBy(`/goto ${place}`, {})).rejects.toThrow('Usage: /goto first');
  });
});
