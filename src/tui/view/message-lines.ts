import { shownSize } from '../../base/shown-size.ts';
import type { MessageJson } from '../../client/index.ts';
import { emojiOf } from '../../domain/emoji.ts';
import type { Entry } from '../state/conversation.ts';
import { highlighted } from '../text/highlight.ts';
import { cutLine, type Line, line, lines } from '../text/line.ts';
import { cut, safe, safeLine } from '../text/width.ts';
import type { Style } from '../theme.ts';

/** What the rows of an entry depend on besides the entry. */
export interface Around {
  previous: Entry | undefined;
  width: number;
  /** The id of the current speaker. */
  me: string | null;
  /** A text that is highlighted, if one is searched for. */
  mark?: string | undefined;
  /** Whether it is the first one that was not read. */
  isNew?: boolean;
}

/** What is left of that beside the column of times, if there is one. */
interface Inner extends Around {
  /** Whether the time stands before the name. */
  showsTime: boolean;
  /** The size of its file in bytes, if it is known. */
  fileSize?: number | undefined;
}

/** Milliseconds within which consecutive messages of one person share one name. */
const groupingTime = 5 * 60_000;

/** From this width on, times have a column of their own. In a narrower pane a time stands before the name. */
const wideFrom = 64;

/** The columns of a time: `09:30 `. */
const timeWidth = 6;

/**
 * The rows of a message or a note. Times are at the left: nothing stands before them that a terminal may show wider or
 * narrower than it is measured here.
 */
export function entryLines(entry: Entry, around: Around): Line[] {
  const at = momentOf(entry);
  const isWide = around.width >= wideFrom;
  const inner = { ...around, width: around.width - (isWide ? timeWidth : 0), showsTime: !isWide };
  const { gap, rows } =
    entry.kind === 'note'
      ? { gap: [], rows: noteLines(entry, inner) }
      : messageLines(entry.message, { ...inner, fileSize: entry.fileSize });
  return [
    ...(isSameDay(at, around.previous) ? [] : [dayLine(at, around.width)]),
    ...(around.isNew ? [line(titledRule('new', around.width), 'unread')] : []),
    ...gap,
    ...(isWide
      ? behindTimes(rows, isSameMinute(at, around.previous) && gap.length === 0 ? '' : clock(at))
      : rows),
  ];
}

/** Rows with a time before the first one. */
const behindTimes = (rows: readonly Line[], time: string): Line[] =>
  rows.map((row, place) => [{ text: (place === 0 ? time : '').padEnd(timeWidth), style: 'faint' }, ...row]);

const noteLines = ({ text, tone }: Extract<Entry, { kind: 'note' }>, { width }: Around): Line[] =>
  lines(safe(text), width, tone, tone === 'bad' ? '✗ ' : '· ');

/** The blank row before a message, and its own rows. */
function messageLines(message: MessageJson, around: Inner): Record<'gap' | 'rows', Line[]> {
  const { previous, width, mark = '', isNew = false } = around;
  const found = (rows: Line[]) => rows.map((row) => highlighted(row, mark, 'chosen'));
  if (message.system_message) {
    const text = `${safeLine(message.owner.name)} ${safe(message.body)}`;
    return { gap: [], rows: found(lines(text, width, 'system', '· ')) };
  }
  const isAlone = isNew || !isGrouped(message, previous);
  const rows = [
    ...(isAlone ? [headLine(message, around)] : []),
    ...quoteLines(message, width),
    ...found(bodyLines(message, around)),
    ...reactionLines(message, width),
  ];
  return { gap: isAlone && previous !== undefined ? [line('')] : [], rows };
}

function headLine({ owner, from_bot, created_at }: MessageJson, { width, me, showsTime }: Inner): Line {
  const isMe = owner.provider_id === me;
  const style: Style = from_bot ? 'bot' : isMe ? 'me' : 'person';
  const tag = from_bot ? ' bot' : isMe ? ' you' : '';
  const time = showsTime ? `${clock(created_at)} ` : '';
  const mark = from_bot ? '◆ ' : '';
  const room = width - time.length - tag.length - mark.length;
  const spans: Line = [
    ...(time === '' ? [] : [{ text: time, style: 'faint' } as const]),
    { text: `${mark}${cut(safeLine(owner.name), Math.max(1, room))}`, style },
    ...(tag === '' ? [] : [{ text: tag, style: 'faint' } as const]),
  ];
  return cutLine(spans, width);
}

function quoteLines({ reply_to_id, reply_to }: MessageJson, width: number): Line[] {
  if (!reply_to_id) return [];
  const quoted = reply_to
    ? `${safeLine(reply_to.owner.name)}: ${safeLine(reply_to.body)}`
    : 'a removed message';
  return [line(cut(`┃ ${quoted}`, width), 'quote')];
}

function bodyLines(message: MessageJson, { width, fileSize }: Inner): Line[] {
  const file = fileOf(message);
  const body = file
    ? lines(`▣ ${file} ${safeLine(message.body)}${sizeNote(fileSize)}`, width, 'file')
    : lines(safe(message.body), width);
  if (!message.edited) return body;
  return [...body.slice(0, -1), [...(body.at(-1) ?? []), { text: ' (edited)', style: 'faint' }]];
}

const sizeNote = (bytes: number | undefined): string => (bytes === undefined ? '' : ` (${shownSize(bytes)})`);

/** The kind of an attached file. */
const fileOf = (message: MessageJson): string | undefined =>
  (['image', 'document', 'audio', 'video'] as const).find((kind) => message[kind] !== undefined);

function reactionLines({ reactions }: MessageJson, width: number): Line[] {
  const counted = Object.entries(reactions?.data ?? {}).map(
    ([code, list]) => `${emojiOf(code) ?? safeLine(code)} ${list.length}`,
  );
  return counted.length === 0 ? [] : lines(counted.join('  '), width, 'reaction');
}

function isGrouped(message: MessageJson, previous: Entry | undefined): boolean {
  if (previous?.kind !== 'message' || previous.message.system_message || message.reply_to_id) return false;
  const { owner, created_at } = previous.message;
  const apart = Date.parse(message.created_at) - Date.parse(created_at);
  return (
    owner.provider_id === message.owner.provider_id &&
    apart < groupingTime &&
    isSameDay(message.created_at, previous)
  );
}

const momentOf = (entry: Entry): string => (entry.kind === 'note' ? entry.at : entry.message.created_at);

const isSameMinute = (at: string, previous: Entry | undefined): boolean =>
  isSameDay(at, previous) && previous !== undefined && clock(at) === clock(momentOf(previous));

const isSameDay = (at: string, previous: Entry | undefined): boolean =>
  previous !== undefined && dayOf(at) === dayOf(momentOf(previous));

const dayOf = (at: string): string => new Date(at).toDateString();

const days = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

function dayLine(at: string, width: number): Line {
  return line(titledRule(days.format(new Date(at)), width), 'divider');
}

function titledRule(title: string, width: number): string {
  const side = '─'.repeat(Math.max(2, Math.floor((width - title.length - 2) / 2)));
  return cut(`${side} ${title} ${side}`, width);
}

/** The local time of day. */
export const clock = (at: string): string => new Date(at).toTimeString().slice(0, 5);
