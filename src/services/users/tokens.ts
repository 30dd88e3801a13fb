import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { timestamp } from '../../base/clock.ts';
import { isId, newId } from '../../base/ids.ts';
import type { Token } from '../../domain/token.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { ensureUser, userNamed } from './people.ts';

type TokenContext = Pick<Context, 'store' | 'clock'>;

/** A person and their token. */
export interface Login {
  id: string;
  name: string;
  /** Shown only once: the store has only its hash. */
  token: string;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Creates a token for the person with this name, who is created if missing. */
export async function makeToken(context: TokenContext, name: string): Promise<Login> {
  const { store, clock } = context;
  const user = await ensureUser(context, name);
  const secret = randomBytes(32).toString('base64url');
  const token: Token = {
    id: newId(),
    userId: user.id,
    hash: hashOf(secret),
    createdAt: clock.now(),
    lastUsedAt: null,
    revokedAt: null,
  };
  await store.tokens.insert(token);
  return { id: user.id, name: user.name, token: `${token.id}.${secret}` };
}

/** Revokes a token, given its text. */
export async function revokeToken({ store, clock }: TokenContext, text: string): Promise<void> {
  const [id = ''] = text.split('.');
  await store.tokens.revoke(id, clock.now());
}

/**
 * Revokes all tokens of a person; returns how many were valid until now.
 *
 * @throws NOT_FOUND
 */
export async function revokeTokens(context: TokenContext, name: string): Promise<number> {
  const user = await userNamed(context, name);
  return context.store.tokens.revokeAll(user.id, context.clock.now());
}

/**
 * The tokens of a person, including revoked ones, oldest first.
 *
 * @throws NOT_FOUND
 */
export async function listTokens(context: TokenContext, name: string): Promise<Token[]> {
  const user = await userNamed(context, name);
  return context.store.tokens.ofUser(user.id);
}

/** The person who owns a token; undefined for an invalid token. Records that the token was used. */
export async function userOfToken(context: TokenContext, text: string): Promise<User | undefined> {
  const { store, clock } = context;
  const [id = '', secret = ''] = text.split('.');
  const token = isId(id) ? await store.tokens.find(id) : undefined;
  if (token === undefined || token.revokedAt !== null || !isSame(token.hash, hashOf(secret)))
    return undefined;
  // Storing it to the minute is enough, and saves a write with nearly every request.
  const unused = clock.milliseconds() - Date.parse(token.lastUsedAt ?? '1970-01-01');
  const isFresh = unused >= 0 && unused < 60_000;
  if (!isFresh) recordUse(context, id);
  return store.users.find(token.userId);
}

/** The tokens whose use is being stored, by store. */
const recording = new WeakMap<TokenContext['store'], Set<string>>();

/**
 * Stores when a token was used. Nothing waits for it, so read-only requests are answered even while the store
 * cannot write. What could not be stored is stored at a later request.
 */
function recordUse({ store, clock }: TokenContext, id: string): void {
  const ids = recording.get(store) ?? new Set();
  recording.set(store, ids);
  if (ids.has(id)) return;
  ids.add(id);
  const done = () => void ids.delete(id);
  store.tokens.setLastUsed(id, timestamp(clock.milliseconds())).then(done, done);
}

/** Constant-time comparison, which does not reveal where they differ. */
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
