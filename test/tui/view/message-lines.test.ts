import { describe, expect, test } from 'vitest';
import type { MessageJson } from '../../../src/client/index.ts';
import { type Entry, entryOf } from '../../../src/tui/state/conversation.ts';
import { lineText, lineWidth } from '../../../src/tui/text/line.ts';
import { type Around, clock, entryLines } from '../../../src/tui/view/message-lines.ts';
import { grace, helloBot, message } from '../../support/tui.tsx';
import { note, textsOf } from '../../support/tui-data.ts';

/** A message at a local time, so that the time zone of the machine does not matter. */
const at = (time: string, body: string, fields: Partial<MessageJson> = {}): Entry =>
  entryOf(message(1, body, { created_at: `2026-04-26T${time}`, ...fields }));

/** An entry of the same day that shares its name with no message. */
const before = note('earlier', '2026-04-26T09:00:00');

const linesOf = (entry: Entry, around: Partial<Around> = {}) =>
  entryLines(entry, { previous: before, width: 40, me: 'ada', ...around });

const show = (entry: Entry, around: Partial<Around> = {}): string[] => textsOf(linesOf(entry, around));

/** The rows below the name. */
const bodyOf = (body: string, fields: Partial<MessageJson> = {}, width = 40): string[] =>
  show(at('10:05:00', body, fields), { width }).slice(2);

describe('the head of a message', () => {
  test('has the name and the local time, after a blank row', () => {
    expect(show(at('10:05:00', 'hi'))).toEqual(['', '10:05 Ada you', 'hi']);
  });

  test.each([
    ['the speaker', undefined, 'ada', '10:05 Ada you', 'me'],
    ['somebody else', grace, 'ada', '10:05 Grace', 'person'],
    ['a bot', helloBot, 'ada', '10:05 ◆ HelloBot bot', 'bot'],
    ['anybody, for whom nobody is logged in', undefined, null, '10:05 Ada', 'person'],
  ])('of %s', (_, owner, me, text, style) => {
    const head = linesOf(at('10:05:00', 'hi', owner && { owner }), { me })[1] ?? [];
    expect(lineText(head)).toBe(text);
    expect(head[1]?.style).toBe(style);
  });

  test.each([
    ['a long name', 'n'.repeat(60), 40, `10:05 ${'n'.repeat(29)}… you`],
    ['a wide name', '李'.repeat(30), 40, `10:05 ${'李'.repeat(14)}… you`],
    ['a name in a pane narrower than the rest of the row', 'Ada', 8, '10:05 ……'],
    ['a name with control characters', 'A\u001b[2J\u202e\nda', 40, '10:05 A\\x1b[2J\\u202e da you'],
  ])('of %s fits', (_, name, width, head) => {
    const owner = { ...grace, name, provider_id: 'ada' };
    const [, row = []] = linesOf(at('10:05:00', 'hi', { owner }), { width });
    expect(lineText(row)).toBe(head);
    expect(lineWidth(row)).toBeLessThanOrEqual(width);
  });
});

describe('a name is shown once for messages in quick succession', () => {
  const first = at('10:05:00', 'one');

  test.each<[string, Entry, Entry, boolean]>([
    ['a moment later', first, at('10:05:01', 'two'), true],
    ['just before five minutes', first, at('10:09:59.999', 'two'), true],
    ['after five minutes', first, at('10:10:00', 'two'), false],
    ['of somebody else', first, at('10:05:01', 'two', { owner: grace }), false],
    ['as a reply', first, at('10:05:01', 'two', { reply_to_id: 'm9' }), false],
    [
      'after a system message of the same person',
      at('10:05:00', 'joined', { system_message: true }),
      at('10:05:01', 'two'),
      false,
    ],
    ['after a note', note('Grace knocks', '2026-04-26T10:05:00'), at('10:05:01', 'two'), false],
    [
      'after midnight',
      at('23:59:59', 'one'),
      at('10:00:00', 'two', { created_at: '2026-04-27T00:00:01' }),
      false,
    ],
  ])('%s', (_, previous, next, isGrouped) => {
    expect(show(next, { previous }).some((row) => /^\d\d:\d\d (Ada|Grace)/.test(row))).toBe(!isGrouped);
  });

  test('a message that shares the name has no blank row before it either', () => {
    expect(show(at('10:06:00', 'two'), { previous: first })).toEqual(['two']);
  });
});

test.each(Array.from({ length: 60 }, (_, place) => 20 + place))(
  'in %i columns the time of a message is shown once',
  (width) => {
    const text = show(at('10:05:00', 'one'), { width }).join('\n');
    expect(text.split('10:05')).toHaveLength(2);
  },
);

describe('in a wide pane, times are a column', () => {
  const width = 80;
  const first = at('10:05:00', 'one');

  test('before the name, and before what comes a minute later', () => {
    expect(show(first, { width })).toEqual(['', '10:05 Ada you', '      one']);
    expect(show(at('10:05:59', 'two'), { width, previous: first })).toEqual(['      two']);
    expect(show(at('10:06:00', 'two\nlines'), { width, previous: first })).toEqual([
      '10:06 two',
      '      lines',
    ]);
  });

  test('also of notes and of the system', () => {
    expect(show(note('Grace knocks', '2026-04-26T10:05:00'), { width })).toEqual(['10:05 · Grace knocks']);
    const joined = at('10:07:00', 'joined', { system_message: true });
    expect(show(joined, { width, previous: first })).toEqual(['10:07 · Ada joined']);
  });

  test.each(['שלום עולם', '👩‍👩‍👧‍👦 family', '李'.repeat(60), 'e\u0301'.repeat(90), 'n'.repeat(200)])(
    'whatever the name is: %s',
    (name) => {
      const rows = linesOf(at('10:05:00', 'hi', { owner: { ...grace, name } }), { width });
      expect(lineText(rows[1] ?? []).slice(0, 6)).toBe('10:05 ');
      for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(width);
    },
  );
});

describe('a day', () => {
  test('stands above the first entry, without a blank row after it', () => {
    expect(show(at('10:05:00', 'hi'), { previous: undefined })).toEqual([
      '──────── Sunday, 26 April 2026 ────────',
      '10:05 Ada you',
      'hi',
    ]);
  });

  test.each<[string, Entry, number]>([
    ['of the same day', at('00:00:00', 'hi'), 0],
    ['of the day before', at('00:00:00', 'hi', { created_at: '2026-04-25T23:59:59' }), 1],
    ['of the same day a year before', at('00:00:00', 'hi', { created_at: '2025-04-26T10:00:00' }), 1],
    ['that is a note of the same day', note('Grace knocks', '2026-04-26T00:00:00'), 0],
    ['that is a note of the day before', note('Grace knocks', '2026-04-25T23:59:59'), 1],
  ])('after an entry %s is shown %#', (_, previous, times) => {
    const rows = show(at('10:05:00', 'hi'), { previous });
    expect(rows.filter((row) => row.includes('26 April 2026'))).toHaveLength(times);
  });

  test('is cut in a narrow pane', () => {
    const [row] = show(note('hi', '2026-04-26T10:00:00'), { previous: undefined, width: 20 });
    expect(row).toBe('── Sunday, 26 April…');
  });
});

describe('the text of a message', () => {
  test.each<[string, string, Partial<MessageJson>, string[]]>([
    ['without anything', '', {}, ['']],
    ['of several lines', 'one\n\ntwo', {}, ['one', '', 'two']],
    ['with a Windows line break and a tab', 'one\r\n\ttwo', {}, ['one', '    two']],
    ['with control characters', 'a\u001b[31mb\u0007', {}, ['a\\x1b[31mb\\x07']],
    ['that was edited', 'one\ntwo', { edited: true }, ['one', 'two (edited)']],
    ['of an image', 'photo.png', { image: { sm: '', md: '', lg: '' } }, ['▣ image photo.png']],
    ['of a document', 'a\nb.pdf', { document: '/d' }, ['▣ document a b.pdf']],
    ['of a recording', 'song.mp3', { audio: '/a' }, ['▣ audio song.mp3']],
    ['of a film', 'film.mp4', { video: '/v' }, ['▣ video film.mp4']],
  ])('%s', (_, body, fields, rows) => {
    expect(bodyOf(body, fields)).toEqual(rows);
  });

  test('is wrapped to the width, wide characters too', () => {
    expect(bodyOf('hello there 你好世界', {}, 8)).toEqual(['hello', 'there 你', '好世界']);
  });

  test('of a system message stands behind its author, and has neither head nor time', () => {
    expect(show(at('10:05:00', 'added the\nBOT - HelloBot', { system_message: true }))).toEqual([
      '· Ada added the',
      '  BOT - HelloBot',
    ]);
  });
});

describe('a reply', () => {
  const quoted = message(9, 'first\nsecond', { owner: grace });

  test.each<[string, MessageJson | null, number, string]>([
    ['shows what it answers on one row', quoted, 40, '┃ Grace: first second'],
    ['cuts what does not fit', quoted, 16, '┃ Grace: first …'],
    ['says so when the message is gone', null, 40, '┃ a removed message'],
    ['shows no control characters', message(9, '\u009b2J'), 40, '┃ Ada: \\x9b2J'],
  ])('%s', (_, reply_to, width, row) => {
    expect(bodyOf('yes', { reply_to_id: 'm9', ...(reply_to && { reply_to }) }, width)).toEqual([row, 'yes']);
  });

  test('to nothing is none', () => {
    expect(bodyOf('yes', { reply_to: quoted })).toEqual(['yes']);
  });
});

describe('reactions', () => {
  const reaction = (reaction: string, id: string) => ({
    id,
    reaction,
    message_id: 'm1',
    created_at: '',
    owner_id: 'grace',
    owner_type: 'users',
    owner: grace,
  });
  const reactionsOf = (counts: Record<string, number>): Partial<MessageJson> => ({
    reactions: {
      data: Object.fromEntries(
        Object.entries(counts).map(([code, count]) => [
          code,
          Array.from({ length: count }, (_, place) => reaction(code, `${code} ${place}`)),
        ]),
      ),
      meta: { total: 0, total_unique: 0 },
    },
  });

  test.each<[string, Record<string, number>, string[]]>([
    ['of nobody have no row', {}, []],
    ['are counted, in the order of the API', { ':joy:': 2, ':thumbsup:': 1 }, ['😂 2  👍 1']],
    ['that are no known emoji are shown by their code', { ':\u001bparty:': 3 }, [':\\x1bparty: 3']],
  ])('%s', (_, counts, rows) => {
    expect(bodyOf('hi', reactionsOf(counts))).toEqual(['hi', ...rows]);
  });

  test('that do not fit on one row continue on the next', () => {
    expect(bodyOf('hi', reactionsOf({ ':joy:': 10, ':thumbsup:': 200 }), 10)).toEqual([
      'hi',
      '😂 10  👍',
      '200',
    ]);
  });
});

describe('a note', () => {
  test.each([
    ['system', '· ', 'Grace knocks'],
    ['bad', '✗ ', 'hello: no coffee'],
  ] as const)('of tone %s begins with "%s"', (tone, lead, text) => {
    const [row = []] = linesOf(note(text, '2026-04-26T10:00:00', tone));
    expect(row).toEqual([{ text: `${lead}${text}`, style: tone }]);
  });

  test('of several lines is indented, and shows no control characters', () => {
    expect(show(note('one two\nthree\u001b', '2026-04-26T10:00:00'), { width: 6 })).toEqual([
      '· one',
      '  two',
      '  thre',
      '  e\\x1',
      '  b',
    ]);
  });
});

test.each([
  ['2026-04-26T00:00:59.999', '00:00'],
  ['2026-04-26T23:59:00', '23:59'],
])('the time of %s is %s', (moment, time) => {
  expect(clock(moment)).toBe(time);
});

test('a file has its size once that is known', () => {
  const entry = at('10:05:00', 'notes.txt', { document: '/d' });
  if (entry.kind !== 'message') throw new Error('It is a message.');
  expect(show({ ...entry, fileSize: 1_250 }, { width: 80 }).at(-1)).toContain(
    '▣ document notes.txt (1.3 kB)',
  );
});
