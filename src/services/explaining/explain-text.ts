import { timestamp } from '../../base/clock.ts';
import { kindReason, threadReason } from '../../domain/ignore-reason.ts';
import { matchMessage } from '../../domain/match.ts';
import { messageTypes } from '../../domain/message.ts';
import { nearMiss } from '../../domain/near-miss.ts';
import { type ComparisonBudget, newComparisonBudget } from '../../domain/nearest-window.ts';
import { checkBody } from '../../domain/outgoing.ts';
import { canSendMessages } from '../../domain/permission.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import type { IgnoreReason, SkipReason } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import { noDetails, type Verdict, type VerdictCooldown } from '../../domain/verdict.ts';
import { findCooldowns, skipReason } from '../answering/cooldowns.ts';
import { type LiveAction, liveAction } from '../answering/thread-triggers.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import {
  type Attached,
  attachedIn,
  type ExplainContext,
  type Explanation,
  notLive,
  secondsBetween,
  sightOf,
} from './explanation.ts';

/** A text that is not sent. */
export interface TextToExplain {
  thread: Thread;
  body: string;
  /** Who would send it. Without a sender, a participant who is no admin. */
  sender?: ProviderRef | undefined;
  /** Sees only what they may see. Without a person, everything is shown. */
  user?: User | undefined;
}

/**
 * What each action of a thread would do if a text was sent to it now. Nothing is sent, run or stored.
 *
 * @throws NOT_PERMITTED, also if the sender may not write there; MESSAGE_INVALID
 * @example const { actions } = await explainText(context, { thread, body: 'hello!' })
 */
export async function explainText(context: ExplainContext, text: TextToExplain): Promise<Explanation> {
  const { thread, body, user } = text;
  const isSeen = await sightOf(context, { thread, user, errorMessage: 'Not authorized to view bots.' });
  checkBody(body, context.settings().messageLimit);
  const attached = await attachedIn(context, thread, isSeen);
  const ignored = ignoredText(context, text);
  const participant = await participantOf(context, text);
  if (participant && ignored === null)
    assertPermitted(canSendMessages(thread, participant), 'Not authorized to send messages.');
  const isAdmin = participant?.admin ?? false;
  const conditions = await conditionsFor(context, { body, isAdmin }, attached);
  return {
    ignored,
    actions: attached.map((each) => ({
      ...each,
      ...(ignored ? { ...noDetails, verdict: ignored } : wouldDo(each, conditions)),
      payload: each.action.payload,
      run: null,
      untouched: null,
    })),
  };
}

const participantOf = async ({ store }: ExplainContext, { thread, sender }: TextToExplain) =>
  sender?.type === 'user' ? store.participants.find(thread.id, sender.id) : undefined;

const ignoredText = ({ settings }: ExplainContext, { thread, sender }: TextToExplain): IgnoreReason | null =>
  kindReason({ type: messageTypes.MESSAGE, owner: { type: sender?.type ?? 'user' } }, thread) ??
  threadReason(thread, settings().botsEnabled);

/** What decides about the actions of a thread now. */
interface Conditions {
  context: ExplainContext;
  body: string;
  isAdmin: boolean;
  live: ReadonlyMap<string, LiveAction>;
  cooldowns: ReadonlyMap<string, string>;
  budget: ComparisonBudget;
}

async function conditionsFor(
  context: ExplainContext,
  { body, isAdmin }: Pick<Conditions, 'body' | 'isAdmin'>,
  attached: readonly Attached[],
): Promise<Conditions> {
  const { store, catalogue } = context;
  const live = attached.flatMap(({ bot, action }) => liveAction(catalogue, bot, action) ?? []);
  return {
    context,
    body,
    isAdmin,
    live: new Map(live.map((each) => [each.action.id, each])),
    cooldowns: await findCooldowns(context, store, live),
    budget: newComparisonBudget(),
  };
}

function wouldDo(
  { bot, action }: Attached,
  { context, live, cooldowns, isAdmin, body, budget }: Conditions,
): Verdict {
  const found = live.get(action.id);
  if (found === undefined) return notLive(context, { bot, action });
  const { method, triggers } = found;
  const missed = nearMiss(found, body, budget);
  if (missed) return { ...noDetails, verdict: 'no_match', nearMiss: missed };
  const trigger = triggers.find((each) => matchMessage(method, each, body)) ?? null;
  const reason = skipReason(found, cooldowns, isAdmin);
  const cooldown = cooldownNow(context, found, reason, cooldowns);
  return { ...noDetails, verdict: reason ?? 'fired', trigger, cooldown };
}

function cooldownNow(
  { clock }: ExplainContext,
  { action, bot }: LiveAction,
  reason: SkipReason | null,
  cooldowns: ReadonlyMap<string, string>,
): VerdictCooldown | null {
  if (reason !== 'action_cooldown' && reason !== 'bot_cooldown') return null;
  const of = reason === 'action_cooldown' ? 'action' : 'bot';
  const until = cooldowns.get(of === 'action' ? action.id : bot.id) ?? null;
  return { of, until, left: until === null ? null : secondsBetween(timestamp(clock.milliseconds()), until) };
}
