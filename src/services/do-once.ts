import { timestamp } from '../base/clock.ts';
import { createError, MessengerError, messageOf } from '../base/errors.ts';
import type { KeptAnswer, KeyedRequest, RequestKey } from '../store/idempotency-keys.ts';
import { Recording } from '../store/recording.ts';
import type { Context } from './context.ts';

type OnceContext = Pick<Context, 'store' | 'clock'>;

/** Milliseconds for which an answer is kept. */
const lifetime = 24 * 60 * 60 * 1000;

/** So many answers are kept for one person; beyond that the oldest go first. */
const mostKept = 10_000;

/** A request that is to be done once for its key. */
export interface OnceRequest extends RequestKey {
  /** Stands for its body. */
  fingerprint(): Promise<string>;
  /** Checks it and returns what does it. */
  prepare(): Promise<() => unknown>;
  /** What its answer is sent with. */
  status: number;
}

/**
 * Does a request once for its key, and answers it as before when it comes again.
 *
 * The key is stored in the very transaction that stores what the request is about, and so is what that transaction
 * returned. So there is no moment at which a crash could leave the one without the other: a request that comes again
 * is either new, or its answer is made again of what was stored. An answer that is an error is not kept, since
 * nothing was stored.
 *
 * @throws IDEMPOTENCY_KEY_BUSY, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_ANSWER_LOST, and what the request throws
 */
export async function doOnce(
  context: OnceContext,
  request: OnceRequest,
): Promise<{ status: number; body: unknown; isRepeated: boolean }> {
  const { userId, route, key, status } = request;
  const known = await findKept(context, request);
  if (known && known.fingerprint !== (await request.fingerprint()))
    throw createError('IDEMPOTENCY_KEY_REUSED', key);
  if (known?.answer)
    return { status: known.answer.status, body: JSON.parse(known.answer.body), isRepeated: true };
  const body = known ? await doAgain(known, request) : await doFirst(context, request);
  const answer = { status, body: JSON.stringify(body ?? null) };
  // What cannot be stored now is made again of what its transactions returned, should the request come again.
  await keep(context, { userId, route, key }, answer).catch(() => {});
  return { status, body, isRepeated: false };
}

async function findKept(context: OnceContext, request: OnceRequest): Promise<KeyedRequest | undefined> {
  const { idempotencyKeys } = context.store;
  const known = await idempotencyKeys.find(request);
  const oldest = oldestKept(context);
  if (known === undefined || known.createdAt >= oldest) return known;
  await idempotencyKeys.prune(oldest, request.userId, mostKept);
  return undefined;
}

async function doFirst({ store, clock }: OnceContext, request: OnceRequest): Promise<unknown> {
  const { userId, route, key } = request;
  const act = await request.prepare();
  const fingerprint = await request.fingerprint();
  const row = { userId, route, key, fingerprint, createdAt: clock.now(), answer: null };
  let isStored = false;
  const recording = new Recording('[]', async ({ idempotencyKeys }, results) => {
    if (isStored) return idempotencyKeys.setResults(row, results);
    // Another process may be at the same request.
    if (!(await idempotencyKeys.insert({ ...row, results }))) throw createError('IDEMPOTENCY_KEY_BUSY', key);
    isStored = true;
  });
  const body = await recording.run(async () => act());
  // Where there was no transaction, one statement did it all, and doing it again changes nothing.
  if (!isStored) await store.idempotencyKeys.insert({ ...row, results: '[]' });
  return body;
}

/** @throws IDEMPOTENCY_ANSWER_LOST where what was done cannot be asked for any more: its invite is used up, say */
async function doAgain(known: KeyedRequest, request: OnceRequest): Promise<unknown> {
  const recording = new Recording(known.results, ({ idempotencyKeys }, results) =>
    idempotencyKeys.setResults(known, results),
  );
  try {
    const act = await request.prepare();
    return await recording.run(async () => act());
  } catch (error) {
    if (!(error instanceof MessengerError) || error.status >= 500) throw error;
    throw createError('IDEMPOTENCY_ANSWER_LOST', known.key, messageOf(error));
  }
}

async function keep(context: OnceContext, requestKey: RequestKey, answer: KeptAnswer): Promise<void> {
  await context.store.transaction(async ({ idempotencyKeys }) => {
    await idempotencyKeys.setAnswer(requestKey, answer);
    await idempotencyKeys.prune(oldestKept(context), requestKey.userId, mostKept);
  });
}

const oldestKept = ({ clock }: OnceContext): string => timestamp(clock.milliseconds() - lifetime);
