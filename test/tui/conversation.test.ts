import { describe, expect, test } from 'vitest';
import {
  addOlder,
  append,
  type Conversation,
  changeMessage,
  entryOf,
  idsOf,
  maxHeld,
  openConversation,
  refreshConversation,
  removeMessage,
  reopenConversation,
  select,
  selectedMessage,
  toEnd,
} from '../../src/tui/state/conversation.ts';
import { message, messages, pageOf } from '../support/tui.tsx';

const ids = ({ entries }: Conversation) => entries.map(({ id }) => id);
const open = (count: number, from = 1, next: string | null = null) =>
  openConversation(pageOf(messages(count, from), next));

describe('opening and paging', () => {
  test('a page is shown oldest first', () => {
    expect(ids(open(3))).toEqual(['m1', 'm2', 'm3']);
  });

  test('an older page comes before, and what is known twice stands once', () => {
    const older = addOlder(open(2, 3, 'm3'), pageOf(messages(3, 1)));
    expect(ids(older)).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(older).toMatchObject({ olderThan: null, detached: false });
  });

  test('going far up lets the newest go, and says so', () => {
    const up = { ...open(maxHeld, 101, 'm101'), anchor: { entryId: 'm101', below: 0 } };
    const far = addOlder(up, pageOf(messages(100, 1), 'm1'));
    expect(far.entries).toHaveLength(maxHeld);
    expect(far).toMatchObject({ detached: true, olderThan: 'm1' });
    expect(ids(far).at(0)).toBe('m1');
  });

  test('an older page that comes when the end is shown does not take it away', () => {
    const end = addOlder(open(maxHeld - 40, 141, 'm141'), pageOf(messages(100, 41), 'm41'));
    expect(ids(end)).toEqual(messages(maxHeld, 101).map(({ id }) => id));
    expect(end).toMatchObject({ detached: false, olderThan: 'm101', anchor: null });
  });
});

describe('what comes', () => {
  test('stands at the end, once', () => {
    const once = append(open(2), entryOf(message(3, 'hi')));
    expect(ids(append(once, entryOf(message(3, 'hi'))))).toEqual(['m1', 'm2', 'm3']);
  });

  test('is counted while somebody reads further up, and shown when they say something themselves', () => {
    const up = { ...open(2), anchor: { entryId: 'm1', below: 0 } };
    const counted = append(up, entryOf(message(3, 'hi')));
    expect(counted).toMatchObject({ unseen: 1, anchor: { entryId: 'm1' } });
    expect(append(counted, entryOf(message(4, 'me')), true)).toMatchObject({ unseen: 0, anchor: null });
  });

  test('is only counted where the end was let go, and shown with the end', () => {
    const away = append({ ...open(2), detached: true }, entryOf(message(9, 'hi')));
    expect([ids(away), away.unseen]).toEqual([['m1', 'm2'], 1]);
    const again = reopenConversation(away, pageOf(messages(2, 7), 'm7'), idsOf(open(2)));
    expect([ids(again), again.detached, again.beyond]).toEqual([['m7', 'm8', 'm9'], false, []]);
  });

  test('never makes the conversation longer than what is maxHeld', () => {
    const full = append(open(maxHeld, 1), entryOf(message(maxHeld + 1, 'hi')));
    expect(full.entries).toHaveLength(maxHeld);
    expect(full.olderThan).toBe('m2');
  });
});

describe('what comes while somebody reads further up', () => {
  const reading = { ...open(maxHeld), anchor: { entryId: 'm1', below: 0 } };
  const grown = (count: number) =>
    messages(count, maxHeld + 1).reduce<Conversation>((now, each) => append(now, entryOf(each)), reading);

  test('is kept up to twice as long', () => {
    expect(grown(maxHeld)).toMatchObject({ detached: false, unseen: maxHeld });
    expect(grown(maxHeld).entries).toHaveLength(2 * maxHeld);
  });

  test('is then only counted where they read among the older half', () => {
    const full = grown(maxHeld + 5);
    expect(full).toMatchObject({ detached: true, unseen: maxHeld + 5, anchor: { entryId: 'm1' } });
    expect([full.entries.length, ids(full)[0]]).toEqual([maxHeld, 'm1']);
  });

  test('stays where they read among the newer half, and the older half is loaded again when needed', () => {
    const newer = { ...grown(maxHeld), anchor: { entryId: `m${maxHeld + 1}`, below: 0 } };
    const full = append(newer, entryOf(message(2 * maxHeld + 1, 'hi')));
    expect(full).toMatchObject({ detached: false, olderThan: `m${maxHeld + 1}` });
    expect([ids(full)[0], ids(full).at(-1)]).toEqual([`m${maxHeld + 1}`, `m${2 * maxHeld + 1}`]);
  });
});

describe('changes', () => {
  test('an edit is seen where the message stands and where it is quoted', () => {
    const quoting = message(2, 'yes', { reply_to_id: 'm1', reply_to: message(1, 'old') });
    const before = openConversation(pageOf([message(1, 'old'), quoting]));
    const after = changeMessage(before, 'm1', (old) => ({ ...old, body: 'new' }));
    expect(JSON.stringify(after)).not.toContain('"old"');
  });

  test('a removed message is not looked at any more', () => {
    const gone = removeMessage({ ...open(2), selected: 'm1' }, 'm1');
    expect(ids(gone)).toEqual(['m2']);
    expect(gone.selected).toBeNull();
  });
});

describe('looking', () => {
  test('up from nothing is the last message; down from the last is nothing', () => {
    const last = select(open(3), -1);
    expect(selectedMessage(last)?.id).toBe('m3');
    expect(selectedMessage(select(last, -1))?.id).toBe('m2');
    expect(select(last, 1).selected).toBeNull();
    expect(selectedMessage(select(last, -9))?.id).toBe('m1');
  });

  test('notes are passed over', () => {
    const note = {
      kind: 'note',
      id: 'n',
      at: '2026-04-26T10:09:00Z',
      text: 'Ada knocks',
      tone: 'system',
    } as const;
    expect(select(append(open(2), note), -1).selected).toBe('m2');
  });

  test('the end is where nothing is looked at', () => {
    const end = toEnd({ ...open(2), selected: 'm1', anchor: { entryId: 'm1', below: 0 }, unseen: 4 });
    expect(end).toMatchObject({ selected: null, anchor: null, unseen: 0 });
  });
});

describe('after a lost connection', () => {
  test('what was missed is there, what was read stays', () => {
    const fresh = refreshConversation(open(3), pageOf(messages(4, 2)));
    expect(ids(fresh)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
  });

  test('notes stay where they stood', () => {
    const gone = {
      kind: 'note',
      id: 'gone',
      at: message(4, '').created_at,
      text: 'gone',
      tone: 'bad',
    } as const;
    const fresh = refreshConversation(append(open(3), gone), pageOf(messages(4, 2)));
    expect(ids(fresh)).toEqual(['m1', 'm2', 'm3', 'm4', 'gone', 'm5']);
  });

  test('somebody who reads further up stays there, and it is counted', () => {
    const up = { ...open(3), anchor: { entryId: 'm1', below: 0 } };
    expect(refreshConversation(up, pageOf(messages(4, 2)))).toMatchObject({
      anchor: { entryId: 'm1' },
      unseen: 2,
    });
  });

  test('what has arrived while the page was loaded stays, and what was removed meanwhile goes', () => {
    const old = append(open(3), entryOf(message(6, 'm6')));
    const known = new Set(['m1', 'm2', 'm3']);
    const page = pageOf([message(2, 'm2'), message(4, 'm4'), message(5, 'm5')]);
    expect(ids(refreshConversation(old, page, known))).toEqual(['m1', 'm2', 'm4', 'm5', 'm6']);
  });

  test('where too much was missed it begins anew, though messages have arrived before the page', () => {
    const old = append(open(3), entryOf(message(91, 'm91')));
    expect(ids(refreshConversation(old, pageOf(messages(2, 90), 'm90')))).toEqual(['m90', 'm91']);
  });
});
