import { timestamp } from '../base/clock.ts';
import { createError, MessengerError, messageOf } from '../base/errors.ts';
import type { KeptAnswer, KeyedRequest, RequestKey } from '../store/idempotency-keys.ts';
import { Recording } from '../store/recording.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';

type OnceContext = Pick<Context, 'store' | 'clock'>;

/** Milliseconds for which an answer is kept. */
const lifetime = 24 * 60 * 60 * 1000;

/** Number of answers kept for one person. Beyond it the oldest are deleted first. */
const maxKept = 10_000;

/** After how many of a person's requests old answers are deleted. */
const pruneInterval = 100;

/** How many people's requests are counted. Beyond it, the counts begin again. */
const maxCounted = 10_000;

/** How many requests of each person this process has done, by person. */
const requestCounts = new WeakMap<Store, Map<string, number>>();

/** A request that is done only once for its key. */
export interface OnceRequest extends RequestKey {
  /** Identifies its body. */
  fingerprint(): Promise<string>;
  /** Validates the request and returns the function that does it. */
  prepare(): Promise<() => unknown>;
  /** The status of its answer. */
  status: number;
}

/**
 * Does a request once for its key, and returns the same answer when it is repeated.
 *
 * The key and the results are stored in the same transaction as the data of the request, so a crash cannot
 * leave one without the other. A repeated request is either new, or its answer is built again from what was
 * stored. An answer that is an error is not kept, since nothing was stored.
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
  // If this fails or is lost with the power, a repeated request builds the answer again from what its transactions
  // returned.
  await keep(context, { userId, route, key }, answer).catch(() => {});
  return { status, body, isRepeated: false };
}

async function findKept(context: OnceContext, request: OnceRequest): Promise<KeyedRequest | undefined> {
  const { idempotencyKeys } = context.store;
  const known = await idempotencyKeys.find(request);
  const oldest = oldestKept(context);
  if (known === undefined || known.createdAt >= oldest) return known;
  await idempotencyKeys.prune(oldest, request.userId, maxKept);
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
    // Another process may be doing the same request.
    if (!(await idempotencyKeys.insert({ ...row, results }))) throw createError('IDEMPOTENCY_KEY_BUSY', key);
    isStored = true;
  });
  const body = await recording.run(async () => act());
  // Without a transaction, a single statement did everything, and repeating it changes nothing.
  if (!isStored) await store.idempotencyKeys.insert({ ...row, results: '[]' });
  return body;
}

/** @throws IDEMPOTENCY_ANSWER_LOST when the result can no longer be loaded, such as a used-up invite */
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
  await context.store.unsynced.transaction(async ({ idempotencyKeys }) => {
    await idempotencyKeys.setAnswer(requestKey, answer);
    if (isPruneDue(context.store, requestKey.userId))
      await idempotencyKeys.prune(oldestKept(context), requestKey.userId, maxKept);
  });
}

/** Whether it is time to delete a person's old answers: at their first request, and again after so many. */
function isPruneDue(store: Store, userId: string): boolean {
  const counts = requestCounts.get(store) ?? new Map<string, number>();
  if (counts.size >= maxCounted) counts.clear();
  const count = counts.get(userId) ?? 0;
  requestCounts.set(store, counts.set(userId, count + 1));
  return count % pruneInterval === 0;
}

const oldestKept = ({ clock }: OnceContext): string => timestamp(clock.milliseconds() - lifetime);
