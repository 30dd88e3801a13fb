import { describe, expect, test } from 'vitest';
import { withBeside } from '../../../src/tui/state/beside.ts';
import {
  append,
  type Conversation,
  entryOf,
  markMissed,
  markNew,
  refreshConversation,
} from '../../../src/tui/state/conversation.ts';
import { lineText } from '../../../src/tui/text/line.ts';
import { visibleRows } from '../../../src/tui/view/viewport.ts';
import { atOps, grace, message, messages, pageOf } from '../../support/tui.tsx';

const talk = atOps(messages(3)).conversation;
const readAt = (number: number) => message(number, '').created_at;

describe('the mark of what was not read', () => {
  test.each<[string, { lastRead: string | null; me: string | null }, string | null]>([
    ['is at the first message after what was read', { lastRead: readAt(1), me: 'grace' }, 'm2'],
    ['is nowhere if all was read', { lastRead: readAt(3), me: 'grace' }, null],
    ['is nowhere for who has read nothing', { lastRead: null, me: 'grace' }, null],
    ['is not at messages of their own', { lastRead: readAt(1), me: 'ada' }, null],
  ])('%s', (_, reader, expected) => {
    expect(markNew(talk, reader).newFrom).toBe(expected);
  });

  test('is at what arrives first while one reads further up, and is gone with an answer', () => {
    const up: Conversation = { ...talk, anchor: { entryId: 'm1', below: 0 } };
    const later = append(append(up, entryOf(message(4, 'four'))), entryOf(message(5, 'five')));
    expect([later.newFrom, later.unseen]).toEqual(['m4', 2]);
    expect(append(later, entryOf(message(6, 'mine', { owner: grace })), true).newFrom).toBeNull();
  });

  test('is nowhere where the first one may be further up, on a page that is not loaded', () => {
    const reader = { lastRead: readAt(0), me: 'grace' };
    expect(markNew({ ...talk, olderThan: 'm1' }, reader).newFrom).toBeNull();
    expect(markNew(talk, reader).newFrom).toBe('m1');
  });

  test('is at the first message of a lost connection, and stays where nothing was missed', () => {
    const page = (count: number) => pageOf(messages(count));
    expect(refreshConversation({ ...talk, newFrom: 'm2' }, page(3)).newFrom).toBe('m2');
    expect(refreshConversation({ ...talk, newFrom: 'm2' }, page(5)).newFrom).toBe('m4');
  });

  test('is at the first message that came while the other person had the screen', () => {
    const beside = { name: 'Grace', isFocused: true, isOnScreen: true, unread: 0 };
    const shown = atOps(messages(3), { beside, conversation: { ...talk, newFrom: 'm1' } });
    const { conversation } = withBeside(shown, { ...beside, isOnScreen: false });
    expect(conversation.newFrom).toBeNull();
    expect(markMissed(markMissed(conversation, 'm4'), 'm5').newFrom).toBe('m4');
    expect(withBeside(shown, { ...beside, unread: 1 }).conversation.newFrom).toBe('m1');
  });

  test('has the name of the sender below it, also within the messages of one person', () => {
    const pane = { width: 30, height: 30, me: 'grace' };
    const rows = visibleRows({ ...talk, newFrom: 'm3' }, pane).map(lineText);
    const place = rows.findIndex((row) => row.includes('── new ──'));
    expect(rows.slice(place + 1).join('\n')).toContain('Ada');
  });

  test('is nowhere while the end is in sight', () => {
    expect(append(talk, entryOf(message(4, 'four'))).newFrom).toBeNull();
  });

  test('is a line above the message', () => {
    const pane = { width: 20, height: 30, me: 'grace' };
    const rows = visibleRows(markNew(talk, { lastRead: readAt(1), me: 'grace' }), pane).map(lineText);
    const place = rows.findIndex((row) => row.includes('── new ──'));
    expect(rows.slice(place + 1).join('\n')).toContain('line 2');
    expect(rows.slice(0, place).join('\n')).toContain('line 1');
  });
});
