import { z } from 'zod';
import { createError, MessengerError, messageOf } from '../base/errors.ts';
import { rejectLoss } from '../base/exact-json.ts';
import { isRecord } from '../base/is-record.ts';
import { characters, isLonger } from '../domain/characters.ts';
import { isJson } from '../domain/json.ts';
import { kilobytes } from '../domain/limits.ts';
import type { MessageExtra } from '../domain/message.ts';
import { checkBody, checkExtra, extraTooLarge, type OutgoingLimits } from '../domain/outgoing.ts';
import type { HttpRequest } from '../domain/outside.ts';
import { maxReactionText } from '../domain/reaction.ts';
import type { DocumentQuery, PageQuery } from './requests.ts';

/*
 * The requests of handlers. They are checked in the worker before they are sent, and again in the daemon,
 * which does not trust workers. Both checks give the same errors.
 */

/** The most messages that are archived at once. */
export const maxArchived = 10_000;

/** A hundred years. */
const maxMinutes = 52_560_000;

const tooLong = (found: number, limit: number, what: string): string =>
  `it has ${found} ${what}, and at most ${limit} are allowed`;

const short = (limit: number) =>
  z.string().refine((text) => !isLonger(text, limit), {
    error: ({ input }) => tooLong(characters(String(input)), limit, 'characters'),
  });

const id = short(255);
const effectOptions = {
  /** The bot to act as; null for the handler's own. */
  botId: id.nullable(),
  /** Whether clients are not notified. */
  silent: z.boolean(),
};
const effectOptionsAlone = z.object(effectOptions);
/** The options of every request with an effect. */
export type EffectOptions = z.output<typeof effectOptionsAlone>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'it is not the content of a file');

const uploadKind = z.enum(['image', 'document', 'audio', 'video']);
/** The kind of a file to send. */
export type UploadKind = z.output<typeof uploadKind>;

const isExtra = (value: unknown): value is MessageExtra | null => typeof value === 'object' && isJson(value);
const sending = {
  replyToId: id.nullable(),
  extra: z.custom<MessageExtra | null>(isExtra, 'it is not an object or a list of plain JSON'),
};

/** The length is checked before the items, because there may be very many. */
const messageIds = z
  .custom<unknown[]>(Array.isArray, { error: 'it is not a list', abort: true })
  .refine((list) => list.length <= maxArchived, {
    error: ({ input }) => tooLong(lengthOf(input), maxArchived, 'items'),
    abort: true,
  })
  .pipe(z.array(id));
const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** The schemas of a query that authors write, field by field: all of it is optional, so a type alone would hold none. */
type FieldsOf<Query> = { [Name in keyof Query]-?: z.ZodType<Query[Name]> };

const page = { before: id.nullish(), limit: z.number().optional() } satisfies FieldsOf<PageQuery>;
const documentPage = { ...page, name: short(100_000).optional() } satisfies FieldsOf<DocumentQuery>;

const schemas = {
  /** Post a text. */
  message: z.object({ ...effectOptions, body: z.string(), ...sending }),
  /** Post a file. */
  upload: z.object({
    ...effectOptions,
    kind: uploadKind,
    name: short(255),
    bytes,
    ...sending,
  }),
  /** React to a message. */
  reaction: z.object({ ...effectOptions, messageId: id, reaction: z.string() }),
  /** Send a knock to everyone in the thread. */
  knock: z.object({ ...effectOptions, ignoreTimeout: z.boolean() }),
  /** Mark the thread as read for a person, or show that the bot has read it. */
  markRead: z.object({ ...effectOptions, userId: id.nullable() }),
  /** Archive messages of the thread. */
  archive: z.object({ ...effectOptions, messageIds }),
  /** Create an invite to the thread. */
  invite: z.object({
    ...effectOptions,
    minutes: z.number().positive().max(maxMinutes).nullable(),
    codeEnding: z
      .string()
      .max(20)
      .regex(/^[\w-]*$/, 'it may hold letters, digits, - and _, since it becomes part of an address'),
  }),
  /** Show that the bot is typing. */
  typing: effectOptionsAlone,
  /** Show that the bot stopped typing. */
  stopTyping: effectOptionsAlone,
  /** Show that the bot has read up to a message. */
  read: z.object({ ...effectOptions, messageId: id }),
  /** Query the thread's bots and their actions. */
  bots: z.null(),
  /** Query the thread's participants. */
  participants: z.null(),
  /** Query the thread's messages, newest first. */
  messages: z.object(page),
  /** Query the thread's documents, newest first. */
  documents: z.object(documentPage),
  /** Query the thread's valid invites. */
  invites: z.null(),
  /** Wait on the product's clock. */
  sleep: z.object({ milliseconds: z.number().min(0) }),
  /** Have an HTTP request answered, in a run whose requests do not go to the network. */
  fetch: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: bytes.nullable(),
    redirect: z.enum(['follow', 'error', 'manual']),
  }) satisfies z.ZodType<HttpRequest>,
};

/** The name of a request of a running handler. */
export type RequestKind = keyof typeof schemas;

/** The arguments of each request. */
export type RequestArguments = { [Kind in RequestKind]: z.output<(typeof schemas)[Kind]> };

const schemasByKind: { [Kind in RequestKind]: z.ZodType<RequestArguments[Kind]> } = schemas;

/** All requests of a running handler. */
export const requestKinds = Object.keys(schemas) as RequestKind[];

/** What a request does, for messages. */
const verbs: Readonly<Record<RequestKind, string>> = {
  message: 'send a message',
  upload: 'send a file',
  reaction: 'add a reaction',
  knock: 'knock',
  markRead: 'mark the thread read',
  archive: 'archive messages',
  invite: 'create an invite',
  typing: 'show that it types',
  stopTyping: 'show that it stopped typing',
  read: 'show what it has read',
  bots: 'list the bots',
  participants: 'list the participants',
  messages: 'list messages',
  documents: 'list documents',
  invites: 'list invites',
  sleep: 'sleep',
  fetch: 'send a request',
};

/** The error for a rejected request, with the reason. */
export const effectRejected = (kind: RequestKind, reason: string): Error =>
  createError('EFFECT_REFUSED', verbs[kind], reason);

/**
 * Validates the arguments of a request and drops unknown ones.
 *
 * @throws EFFECT_REFUSED with the argument and what is wrong with it
 */
export function checkArguments<Kind extends RequestKind>(kind: Kind, args: unknown): RequestArguments[Kind] {
  const checked = schemasByKind[kind].safeParse(args);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw effectRejected(kind, `${issue?.path.join('.') || 'its argument'} is wrong: ${issue?.message ?? ''}.`);
}

/**
 * Copies the arguments of a request for sending. Sizes that the daemon would reject are rejected here.
 *
 * @throws EFFECT_REFUSED
 */
export function prepareArguments<Kind extends RequestKind>(
  kind: Kind,
  args: unknown,
  limits: OutgoingLimits,
): RequestArguments[Kind] {
  try {
    const snapshot =
      isRecord(args) && 'extra' in args ? { ...args, extra: plainExtra(args.extra, limits.extra) } : args;
    const checked = checkArguments(kind, snapshot);
    if (checked !== null) checkSizes(checked, limits);
    return checked;
  } catch (error) {
    const isOurs = error instanceof MessengerError && error.code !== 'EFFECT_REFUSED';
    throw isOurs ? effectRejected(kind, error.message) : error;
  }
}

/** Checks sizes with the same errors as the services. */
function checkSizes(args: object, limits: OutgoingLimits): void {
  if ('body' in args && isLonger(String(args.body), limits.message))
    checkBody(String(args.body), limits.message);
  if ('extra' in args && isExtra(args.extra)) checkExtra(args.extra, limits.extra);
  if ('reaction' in args && isLonger(String(args.reaction), maxReactionText))
    throw createError('REACTION_INVALID');
}

/** Rejects what JSON cannot store without loss. Does not serialize data that is far too large or circular. */
function plainExtra(extra: unknown, limit: number): unknown {
  let left = kilobytes(limit);
  const count = (key: string, value: unknown) => {
    left -= typeof value === 'string' ? value.length : 1;
    if (left < 0) throw extraTooLarge(limit);
    return rejectLoss(key, value);
  };
  try {
    return extra === undefined ? extra : JSON.parse(JSON.stringify(extra, count));
  } catch (error) {
    if (error instanceof MessengerError) throw error;
    const reason = error instanceof RangeError ? 'it is nested too deeply' : messageOf(error);
    throw createError('MESSAGE_INVALID', `its extra data must be plain JSON, and ${reason}`);
  }
}
