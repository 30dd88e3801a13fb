import { z } from 'zod';
import type { RequestKind } from '../../authoring/requests.ts';
import { failure } from '../../base/errors.ts';

/*
 * What handlers send is checked here: they are other people's code, in TypeScript or not.
 */
const acting = { botId: z.string().nullable(), silent: z.boolean() };
const extra = z.union([z.record(z.string(), z.json()), z.array(z.json())]).nullable();
const replyToId = z.string().nullable();
const page = { before: z.string().nullish(), limit: z.number().optional() };
const presence = z.object(acting);

const schemas: Readonly<Record<RequestKind, z.ZodType>> = {
  message: z.object({ ...acting, body: z.string(), replyToId, extra }),
  upload: z.object({
    ...acting,
    kind: z.enum(['image', 'document', 'audio', 'video']),
    name: z.string(),
    bytes: z.instanceof(Uint8Array),
    replyToId,
    extra,
  }),
  reaction: z.object({ ...acting, messageId: z.string(), reaction: z.string() }),
  knock: z.object({ ...acting, ignoreTimeout: z.boolean() }),
  markRead: z.object({ ...acting, userId: z.string().nullable() }),
  archive: z.object({ ...acting, messageIds: z.array(z.string()).max(10_000) }),
  invite: z.object({ ...acting, minutes: z.number().positive().nullable(), codeEnding: z.string().max(20) }),
  typing: presence,
  stopTyping: presence,
  read: z.object({ ...acting, messageId: z.string() }),
  bots: z.null(),
  participants: z.null(),
  messages: z.object(page),
  documents: z.object({ ...page, name: z.string().optional() }),
  invites: z.null(),
  sleep: z.object({ milliseconds: z.number().min(0) }),
};

/** What a request does, for sentences. */
const verbs: Readonly<Record<RequestKind, string>> = {
  message: 'send a message',
  upload: 'send a file',
  reaction: 'add a reaction',
  knock: 'knock',
  markRead: 'mark the thread read',
  archive: 'archive messages',
  invite: 'make an invite',
  typing: 'show that it types',
  stopTyping: 'show that it stopped typing',
  read: 'show what it has read',
  bots: 'list the bots',
  participants: 'list the participants',
  messages: 'list messages',
  documents: 'list documents',
  invites: 'list invites',
  sleep: 'sleep',
};

/** The error for a request that is refused, with what led to it. */
export function refusal(kind: RequestKind, reason: string): Error {
  return failure('EFFECT_REFUSED', verbs[kind], reason);
}

/**
 * Checks what a handler sent with a request.
 *
 * @throws EFFECT_REFUSED with the argument and what is wrong with it
 */
export function checkArguments(kind: RequestKind, args: unknown): void {
  const checked = schemas[kind].safeParse(args);
  if (checked.success) return;
  const [issue] = checked.error.issues;
  throw refusal(kind, `${issue?.path.join('.') || 'its argument'} is wrong: ${issue?.message ?? ''}.`);
}
