import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timestamp } from '../../base/clock.ts';
import { TriggerIndex } from '../../domain/trigger-index.ts';
import type { AttachedAction } from '../../store/attached-actions.ts';
import type { HeardMessage } from '../../store/history.ts';
import type { Context } from '../context.ts';
import type { Listening } from './trigger-change.ts';

/** What is compared with what. */
export interface Comparison {
  /** Null for a handler that is attached nowhere. */
  attached: AttachedAction | null;
  /** What it listens to now, what the stored runs say, or nothing. */
  before: Listening | 'runs' | 'nothing';
  after: Listening;
}

/** A message that fires only before or only after, and the trigger that matches it then; null with `any`. */
export interface Difference {
  message: HeardMessage;
  trigger: string | null;
}

/** The numbers of messages. */
export interface Tally {
  /** How many were compared. */
  messages: number;
  /** How many fire only after the change. */
  more: number;
  /** How many fire only before the change. */
  stops: number;
  /** How many fire before and after. */
  unchanged: number;
}

/** The result of one comparison; its differences are the newest. */
export interface Compared extends Comparison, Tally {
  newest: { more: Difference[]; stops: Difference[] };
}

/** Which messages are compared. */
export interface Scope {
  /** Only those of this group. */
  threadId: string | undefined;
  /** Only those from this moment on. */
  since: Timestamp | undefined;
}

/** How many messages are read at once. */
const pageSize = 1_000;

type Side = 'before' | 'after';

/** The triggers that a message fires on both sides of a comparison. A side that does not fire is missing. */
type Fired = Partial<Record<Side, string | null>>;

/**
 * Compares what fires before and after, over the stored messages, newest first. Holds no more than a page of them.
 *
 * @param samples how many differences of each kind are kept
 */
export async function compareOver(
  { store }: Pick<Context, 'store'>,
  comparisons: readonly Comparison[],
  scope: Scope,
  samples: number,
): Promise<{ compared: Compared[]; messages: number }> {
  const compared = comparisons.map(emptyResult);
  const index = indexOf(compared);
  const needsRuns = comparisons.some(({ before }) => before === 'runs');
  let messages = 0;
  let older: number | undefined;
  for (;;) {
    const page = await store.history.page({ ...scope, older, limit: pageSize });
    const runs = needsRuns ? await store.history.actionsByMessage(page.map(({ id }) => id)) : new Map();
    for (const message of page) {
      const fired = firedBy(index, message);
      const heard = compared.filter((each) => wasHeard(each, message));
      for (const each of heard) {
        const both = fired.get(each) ?? {};
        count(
          each,
          message,
          each.before === 'runs' ? { ...both, ...ran(each, runs.get(message.id)) } : both,
          samples,
        );
      }
      if (heard.length > 0) messages++;
    }
    older = page.at(-1)?.sequence;
    if (page.length < pageSize) return { compared, messages };
    // Lets signals and other work of this process through.
    await nextTurn();
  }
}

const emptyResult = (comparison: Comparison): Compared => ({
  ...comparison,
  messages: 0,
  more: 0,
  stops: 0,
  unchanged: 0,
  newest: { more: [], stops: [] },
});

function indexOf(compared: readonly Compared[]): TriggerIndex<{ result: Compared; side: Side }> {
  const entry = (result: Compared, side: Side, { match, triggers }: Listening) => ({
    item: { result, side },
    method: match,
    triggers,
  });
  return new TriggerIndex(
    compared.flatMap((result) => [
      ...(typeof result.before === 'string' ? [] : [entry(result, 'before', result.before)]),
      entry(result, 'after', result.after),
    ]),
  );
}

function firedBy(
  index: TriggerIndex<{ result: Compared; side: Side }>,
  { body }: HeardMessage,
): Map<Compared, Fired> {
  const fired = new Map<Compared, Fired>();
  for (const { item, trigger } of index.match(body))
    fired.set(item.result, { ...fired.get(item.result), [item.side]: trigger });
  return fired;
}

/** Whether the runs can say anything about a message: it came after the action, and bots did not ignore it. */
const wasHeard = ({ before, attached }: Comparison, { createdAt, ignored }: HeardMessage): boolean =>
  before !== 'runs' || (ignored === null && createdAt >= (attached?.action.createdAt ?? ''));

/** The trigger of the stored run of an action. */
function ran({ attached }: Comparison, runs: ReadonlyMap<string, string | null> | undefined): Fired {
  const trigger = runs?.get(attached?.action.id ?? '');
  return trigger === undefined ? {} : { before: trigger };
}

function count(result: Compared, message: HeardMessage, { before, after }: Fired, samples: number): void {
  result.messages++;
  if (before !== undefined && after !== undefined) result.unchanged++;
  else if (after !== undefined) {
    result.more++;
    if (result.newest.more.length < samples) result.newest.more.push({ message, trigger: after });
  } else if (before !== undefined) {
    result.stops++;
    if (result.newest.stops.length < samples) result.newest.stops.push({ message, trigger: before });
  }
}
