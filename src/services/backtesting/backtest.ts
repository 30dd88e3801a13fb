import { type Timestamp, timestamp } from '../../base/clock.ts';
import { effectiveMatch } from '../../domain/effective-match.ts';
import { ghostName } from '../../domain/provider.ts';
import type { Thread } from '../../domain/thread.ts';
import type { AttachedAction } from '../../store/attached-actions.ts';
import type { Context } from '../context.ts';
import { type Compared, type Comparison, compareOver, type Difference, type Tally } from './compare.ts';
import { type BacktestTarget, findTarget, type KnownHandlers } from './target.ts';
import { changedListening, type TriggerChange } from './trigger-change.ts';

/** What to try on which messages. */
export interface BacktestRequest {
  /** A handler by its alias, class or file, or an action by its id or the beginning of it. */
  name: string;
  /** Without a change, the handler as it is now is compared with what fired at the time. */
  change: TriggerChange;
  /** Only this group; all groups by default. */
  thread?: Thread | undefined;
  /** Only messages that are at most this many milliseconds old. */
  within?: number | undefined;
  /** How many messages of each kind to return for each action. */
  samples: number;
}

/** A message that fires only before or only after the change. */
export interface BacktestSample {
  id: string;
  threadId: string;
  /** The name of the person. */
  sender: string;
  body: string;
  createdAt: Timestamp;
  /** The trigger that matches it; null with `any`. */
  trigger: string | null;
}

/** The outcome for one action, or for a handler that is attached nowhere. */
export interface BacktestedAction extends Comparison, Tally {
  /** The newest ones. */
  samples: { more: BacktestSample[]; stops: BacktestSample[] };
}

/** The outcome of a backtest. */
export interface BacktestReport {
  target: BacktestTarget;
  /** Why the change can be made only in a file; null if attaching can make it. */
  note: string | null;
  /** Messages before this moment were left out. */
  since: Timestamp | undefined;
  actions: BacktestedAction[];
  /** Over all actions. A message that several actions hear is counted once in `messages`. */
  total: Tally;
}

interface BacktestContext extends Pick<Context, 'store' | 'clock'> {
  catalogue: KnownHandlers;
}

/**
 * Tries changed triggers or another match method on the stored messages, without storing anything. Each action is
 * tried on the messages of its group; a handler that is attached nowhere on those of all groups.
 *
 * @throws HANDLER_UNKNOWN, HANDLER_FILE_BROKEN, NAME_AMBIGUOUS, NOT_FOUND, WRONG_USE when the change makes no sense
 * @example (await backtest(context, { name: 'hello', change: { triggers: ['hi'] }, samples: 3 })).total.stops
 */
export async function backtest(context: BacktestContext, request: BacktestRequest): Promise<BacktestReport> {
  const { thread, within, samples } = request;
  const target = await findTarget(context, request.name, thread);
  const comparisons = comparisonsOf(context, target, request.change);
  const since = within === undefined ? undefined : timestamp(context.clock.milliseconds() - within);
  const actions: BacktestedAction[] = [];
  const total: Tally = { messages: 0, more: 0, stops: 0, unchanged: 0 };
  for (const [threadId, inThread] of byThread(comparisons)) {
    const scope = { threadId: threadId ?? thread?.id, since };
    const { compared, messages } = await compareOver(context, inThread, scope, samples);
    total.messages += messages;
    for (const each of compared) {
      total.more += each.more;
      total.stops += each.stops;
      total.unchanged += each.unchanged;
      actions.push(await withSamples(context, each));
    }
  }
  return { target, note: noteOn(context, target, request.change), since, actions, total };
}

function comparisonsOf(
  { catalogue }: Pick<BacktestContext, 'catalogue'>,
  { alias, handler, attached }: BacktestTarget,
  change: TriggerChange,
): Comparison[] {
  const hasChange = change.match !== undefined || change.triggers !== undefined;
  if (!hasChange && handler === undefined) catalogue.get(alias);
  const after = ({ action }: AttachedAction) =>
    hasChange ? changedListening(alias, handler, action, change) : effectiveMatch(handler, action);
  const compare = (each: AttachedAction): Comparison => ({
    attached: each,
    before: hasChange ? effectiveMatch(handler, each.action) : 'runs',
    after: after(each),
  });
  if (attached.length > 0) return attached.map(compare);
  return [{ attached: null, before: 'nothing', after: changedListening(alias, handler, undefined, change) }];
}

/** What the handler fixes of what is to be changed. */
function noteOn(
  { catalogue }: Pick<BacktestContext, 'catalogue'>,
  { handler }: BacktestTarget,
  { match, triggers }: TriggerChange,
): string | null {
  const fixed = [
    match !== undefined && handler?.matchMethod ? ['match method'] : [],
    triggers !== undefined && handler?.triggers ? ['triggers'] : [],
  ].flat();
  if (handler === undefined || fixed.length === 0) return null;
  const fixes = `${handler.class} fixes its ${fixed.join(' and its ')}`;
  const file = catalogue.fileOf(handler);
  return file === null
    ? `${fixes} and is ready-made, so this only shows what other ones would do.`
    : `${fixes} in getSettings(): change ${file} to get this.`;
}

function byThread(comparisons: readonly Comparison[]): Map<string | undefined, Comparison[]> {
  const groups = new Map<string | undefined, Comparison[]>();
  for (const each of comparisons) {
    const threadId = each.attached?.thread.id;
    groups.set(threadId, [...(groups.get(threadId) ?? []), each]);
  }
  return groups;
}

async function withSamples(
  { store }: Pick<Context, 'store'>,
  { newest, ...compared }: Compared,
): Promise<BacktestedAction> {
  const shown = [...newest.more, ...newest.stops].map(({ message }) => message.id);
  const senders = new Map((await store.messages.findAll(shown)).map(({ id, owner }) => [id, owner.name]));
  const sampleOf = ({ message, trigger }: Difference): BacktestSample => ({
    id: message.id,
    threadId: message.threadId,
    sender: senders.get(message.id) ?? ghostName,
    body: message.body,
    createdAt: message.createdAt,
    trigger,
  });
  return { ...compared, samples: { more: newest.more.map(sampleOf), stops: newest.stops.map(sampleOf) } };
}
