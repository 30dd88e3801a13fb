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

/** Milliseconds within which consecutive messages of one person share one name. */
const groupingTime = 5 * 60_000;

/** The rows of a message or a note. */
export function entryLines(entry: Entry, around: Around): Line[] {
  const at = entry.kind === 'note' ? entry.at : entry.message.created_at;
  const day = isSameDay(at, around.previous) ? [] : [dayLine(at, around.width)];
  return [
    ...day,
    ...(around.isNew ? [line(titledRule('new', around.width), 'unread')] : []),
    ...(entry.kind === 'note' ? noteLines(entry, around) : messageLines(entry.message, around)),
  ];
}

const noteLines = ({ text, tone }: Extract<Entry, { kind: 'note' }>, { width }: Around): Line[] =>
  lines(safe(text), width, tone, tone === 'bad' ? '✗ ' : '· ');

function messageLines(message: MessageJson, { previous, width, me, mark = '' }: Around): Line[] {
  const found = (rows: Line[]) => rows.map((row) => highlighted(row, mark, 'chosen'));
  if (message.system_message) {
    return found(lines(`${safeLine(message.owner.name)} ${safe(message.body)}`, width, 'system', '· '));
  }
  const head = isGrouped(message, previous) ? [] : [...gap(previous), headLine(message, width, me)];
  return [
    ...head,
    ...quoteLines(message, width),
    ...found(bodyLines(message, width)),
    ...reactionLines(message, width),
  ];
}

const gap = (previous: Entry | undefined): Line[] => (previous === undefined ? [] : [line('')]);

function headLine({ owner, from_bot, created_at }: MessageJson, width: number, me: string | null): Line {
  const isMe = owner.provider_id === me;
  const style: Style = from_bot ? 'bot' : isMe ? 'me' : 'person';
  const tag = from_bot ? ' bot' : isMe ? ' you' : '';
  const name = cut(safeLine(owner.name), Math.max(1, width - 16));
  const spans: Line = [
    { text: `${from_bot ? '◆ ' : ''}${name}`, style },
    { text: `${tag}  ${clock(created_at)}`, style: 'faint' },
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

function bodyLines(message: MessageJson, width: number): Line[] {
  const file = fileOf(message);
  const body = file
    ? lines(`▣ ${file} ${safeLine(message.body)}`, width, 'file')
    : lines(safe(message.body), width);
  if (!message.edited) return body;
  return [...body.slice(0, -1), [...(body.at(-1) ?? []), { text: ' (edited)', style: 'faint' }]];
}

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

const isSameDay = (at: string, previous: Entry | undefined): boolean =>
  previous !== undefined &&
  dayOf(at) === dayOf(previous.kind === 'note' ? previous.at : previous.message.created_at);

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
