import type { MessageJson } from '../../client/index.ts';
import type { Command } from '../command.ts';
import { type ChatPlace, placeOf } from '../place.ts';
import { groupOf, reject, type Session } from '../session.ts';

/** How many messages are listed where there is no conversation to scroll. */
const listed = 10;

/** Commands that find messages. */
export const findingCommands: readonly Command[] = [
  {
    name: 'search',
    usage: 'TEXT',
    summary: 'find messages that contain a text',
    run: (session, text) => (text === '' ? reject('Usage: /search TEXT') : search(session, text)),
  },
  {
    name: 'goto',
    usage: 'first|last|DATE',
    summary: 'go to the first or last message, today, a date or a time',
    choices: (_, before) => (before.length === 0 ? ['first', 'last', 'today', 'yesterday'] : []),
    run: async (session, text) => {
      const usage = 'Usage: /goto first, last, today, yesterday, 2026-11-23, 09:30 or 2026-11-23 09:30';
      await goTo(session, placeOf(text, await session.now()) ?? reject(usage));
    },
  },
];

async function search(session: Session, text: string): Promise<void> {
  const threadId = groupOf(session);
  if (session.reader) return session.reader.search(text);
  const { data, meta } = await session.client.messages.search(threadId, text);
  const newest = data.slice(0, listed);
  const count = `${meta.total} message${meta.total === 1 ? '' : 's'} with "${text}"`;
  const title = meta.total > newest.length ? `${count}, the newest ${newest.length}:` : `${count}:`;
  if (meta.total === 0) session.notice(`No message with "${text}".`, { total: 0, messages: [] });
  else list(session, title, newest, { total: meta.total });
}

async function goTo(session: Session, place: ChatPlace): Promise<void> {
  const threadId = groupOf(session);
  if (session.reader) return session.reader.goTo(place);
  const { messages } = session.client;
  if (place === 'last') {
    const { data } = await messages.newest(threadId);
    return list(session, 'The last messages:', data.slice(0, listed));
  }
  const moment = place === 'first' ? new Date(0) : place;
  const { data, meta } = await messages.since(threadId, moment.toISOString());
  const start = data.findIndex(({ id }) => id === meta.found_id) + 1;
  const title = place === 'first' ? 'The first messages:' : `From ${minuteOf(moment)} on:`;
  list(session, title, data.slice(Math.max(0, start - listed), start));
}

/** @param newestFirst the messages as the API answers them; they are listed oldest first */
function list(
  session: Session,
  title: string,
  newestFirst: readonly MessageJson[],
  facts: Record<string, unknown> = {},
): void {
  const messages = newestFirst.toReversed();
  const lines = messages.map(
    ({ owner, body, created_at }) => `${minuteOf(new Date(created_at))} ${owner.name}: ${body}`,
  );
  session.notice(messages.length === 0 ? 'There is no message yet.' : [title, ...lines].join('\n'), {
    messages: messages.map(({ id, owner, body, created_at }) => ({ id, from: owner.name, body, created_at })),
    ...facts,
  });
}

/** The local date and time, to the minute. */
function minuteOf(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
