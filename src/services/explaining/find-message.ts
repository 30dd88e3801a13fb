import { commandLine } from '../../base/command-line.ts';
import { createError } from '../../base/errors.ts';
import type { Message } from '../../domain/message.ts';
import { personName } from '../../domain/name.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import { type Thread, threadName } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { maxNamed, onlyOne } from '../only-one.ts';

type Stored = Pick<Context, 'store'>;

/** Whether a text is an id of a message, or the first 8 or more hexadecimal digits of one. */
export const looksLikeId = (text: string): boolean => /^[\da-f]{8}[\da-f-]{0,28}$/i.test(text);

/**
 * The message with this id, or the only one whose id begins with this text.
 *
 * @param thread where it must have been sent; anywhere if left out
 * @throws NOTHING_TO_EXPLAIN, NAME_AMBIGUOUS
 */
export async function messageNamed({ store }: Stored, name: string, thread?: Thread): Promise<Message> {
  const ids = { prefix: name.toLowerCase(), threadId: thread?.id };
  const found = await store.messages.startingWith(ids, maxNamed);
  const message = onlyOne(found, { what: 'message', name, idOf: ({ id }) => id });
  if (message) return message;
  const where = thread === undefined ? '' : ` in ${threadName(thread)}`;
  throw createError(
    'NOTHING_TO_EXPLAIN',
    `No message${where} has an id that begins with "${name}"`,
    `If it is a text, add a space to its end: ${commandLine(`why "${name} "`)}.`,
  );
}

/**
 * The last message of a person in a thread.
 *
 * @param user whose message; anybody's if left out
 * @throws NOTHING_TO_EXPLAIN
 */
export async function lastMessageOf(
  { store }: Stored,
  { thread, user }: { thread: Thread; user?: User | undefined },
): Promise<Message> {
  const message = await store.messages.latestOfPeople(thread.id, user?.id);
  if (message) return message;
  throw nothingWritten(threadName(thread), user?.name);
}

/** The error where nobody, or not this person, has written anything in a group. */
export const nothingWritten = (group: string, person?: string): Error =>
  createError(
    'NOTHING_TO_EXPLAIN',
    `${person === undefined ? 'Nobody has' : `${person} has not`} written anything in ${group}`,
    `To explain a text, write it after the command: ${commandLine('why "hi there"')}.`,
  );

/**
 * Who would send a text: a person, or else a bot of the thread with this name. Undefined if there is neither; nobody is
 * created.
 *
 * @throws NAME_INVALID
 */
export async function senderNamed(
  { store }: Stored,
  thread: Thread,
  given: string,
): Promise<ProviderRef | undefined> {
  const name = personName(given);
  const user = await store.users.findByName(name);
  if (user) return { type: 'user', id: user.id };
  const bot = (await store.bots.inThread(thread.id)).find((each) => each.bot.name === name)?.bot;
  return bot && { type: 'bot', id: bot.id };
}
