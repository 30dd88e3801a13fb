import type { Bot } from '../../domain/bot.ts';
import { kindReason, threadReason } from '../../domain/ignore-reason.ts';
import type { Message } from '../../domain/message.ts';
import { nearMiss } from '../../domain/near-miss.ts';
import { type ComparisonBudget, newComparisonBudget } from '../../domain/nearest-window.ts';
import { type IgnoreReason, type Run, type UntouchedReason, untouchedReasons } from '../../domain/run.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import { type ActionVerdict, noDetails, type Verdict, type VerdictCode } from '../../domain/verdict.ts';
import { liveAction } from '../answering/thread-triggers.ts';
import { answerJobOf } from '../messages/send-message.ts';
import {
  type Attached,
  attachedIn,
  type ExplainContext,
  type Explanation,
  notLive,
  sightOf,
} from './explanation.ts';
import { runVerdicts } from './run-verdicts.ts';

/** What became of a stored message. */
export interface MessageExplanation extends Explanation {
  /** The text that bots saw, which is not that of the message if it was edited later. */
  body: string;
}

/** A stored message and its runs. */
interface Answered {
  message: Message;
  /** The text that bots saw. */
  body: string;
  /** By action id. */
  runs: ReadonlyMap<string, Run>;
  /** Whether its answering has not ended. */
  isQueued: boolean;
  ignored: IgnoreReason | null;
  budget: ComparisonBudget;
}

/**
 * What each action of a thread did with a message, and why. What is not stored is derived from the actions as they are
 * now: whether one matched, for example. Actions and bots that were removed since are included if they ran.
 *
 * @param user sees only what they may see; without a person, everything is shown
 * @throws NOT_PERMITTED
 * @example const { actions } = await explainMessage(context, { thread, message })
 */
export async function explainMessage(
  context: ExplainContext,
  { thread, message, user }: { thread: Thread; message: Message; user?: User | undefined },
): Promise<MessageExplanation> {
  const isSeen = await sightOf(context, { thread, user, errorMessage: 'Not authorized to view message.' });
  const attached = await attachedIn(context, thread, isSeen);
  const answered = await load(context, thread, message);
  const rows = await ranRows(context, thread, { attached, answered, isSeen });
  const attachedIds = new Set(attached.map(({ action }) => action.id));
  const present = attached.map((each) => rows.get(each.action.id) ?? untouchedRow(context, each, answered));
  const gone = [...rows.values()].filter(({ action }) => !attachedIds.has(action.id));
  return { ignored: answered.ignored, actions: [...present, ...gone], body: answered.body };
}

async function load(context: ExplainContext, thread: Thread, message: Message): Promise<Answered> {
  const { store } = context;
  const runs = await store.runs.ofMessage(message.id);
  const isQueued = await store.jobs.isPayloadPending(answerJobOf(message));
  const [first] = message.edited && !isQueued ? await store.messages.edits(message.id) : [];
  const ignored = runs.size > 0 ? null : await whyIgnored(context, thread, { message, isQueued });
  return {
    message,
    body: first?.body ?? message.body,
    runs,
    isQueued,
    ignored,
    budget: newComparisonBudget(),
  };
}

/**
 * The reason that was stored when the message came, or when its turn came. A message that was answered without a run and
 * without a reason was not ignored, whatever was switched off since.
 */
async function whyIgnored(
  { store, settings }: ExplainContext,
  thread: Thread,
  { message, isQueued }: { message: Message; isQueued: boolean },
): Promise<IgnoreReason | null> {
  const stored = await store.messages.ignoreReason(message.id);
  return (
    stored ??
    kindReason(message, thread) ??
    (isQueued && message.archivedAt !== null ? 'message_removed' : null) ??
    (isQueued ? threadReason(thread, settings().botsEnabled) : null)
  );
}

/** The rows of the actions that ran or were skipped, by action id. */
async function ranRows(
  context: ExplainContext,
  thread: Thread,
  { attached, answered, isSeen }: { attached: Attached[]; answered: Answered; isSeen: (bot: Bot) => boolean },
): Promise<Map<string, ActionVerdict>> {
  const { store } = context;
  const bots = (await store.bots.inThread(thread.id)).map(({ bot }) => bot);
  const archived = await store.archivedBots.inThread(thread.id);
  const seen = new Map([...bots, ...archived].filter(isSeen).map((bot) => [bot.id, bot]));
  const payloads = new Map(attached.map(({ action }) => [action.id, action.payload]));
  const verdicts = await runVerdicts(context, [...answered.runs.values()]);
  return new Map(
    verdicts.flatMap(({ run, verdict }) => {
      const bot = seen.get(run.botId);
      if (bot === undefined) return [];
      const action = { id: run.actionId, handler: run.handler };
      const payload = payloads.get(run.actionId) ?? null;
      return [[run.actionId, { ...verdict, bot, action, payload, run, untouched: null }] as const];
    }),
  );
}

function untouchedRow(context: ExplainContext, attached: Attached, answered: Answered): ActionVerdict {
  const { bot, action } = attached;
  const verdict = untouchedVerdict(context, attached, answered);
  return {
    ...(answered.ignored ? { ...noDetails, verdict: answered.ignored } : verdict),
    bot,
    action: { id: action.id, handler: action.handler },
    payload: action.payload,
    run: null,
    untouched: untouchedReasonOf(verdict.verdict),
  };
}

/** An action that matches now has no reason of its own. */
const untouchedReasonOf = (verdict: VerdictCode): UntouchedReason =>
  untouchedReasons.find((reason) => reason === verdict) ?? 'no_match';

/** Only whether a handler is loaded now is known, so it may have been loaded when the message was answered. */
const notLiveThen = (verdict: Verdict, now: { isQueued: boolean; changedSince: boolean }): Verdict => ({
  ...verdict,
  changedSince: verdict.verdict === 'handler_missing' ? !now.isQueued : now.changedSince,
});

/** Why an action without a run did not run. */
function untouchedVerdict(context: ExplainContext, attached: Attached, answered: Answered): Verdict {
  const { bot, action } = attached;
  const { message, body, isQueued, budget } = answered;
  const changedSince = !isQueued && [bot, action].some(({ updatedAt }) => updatedAt > message.createdAt);
  const live = liveAction(context.catalogue, bot, action);
  if (live === undefined) return notLiveThen(notLive(context, attached), { isQueued, changedSince });
  if (!isQueued && action.createdAt > message.createdAt) return { ...noDetails, verdict: 'attached_later' };
  const missed = nearMiss(live, body, budget);
  if (missed) return { ...noDetails, verdict: 'no_match', nearMiss: missed, changedSince };
  return { ...noDetails, verdict: isQueued ? 'queued' : 'changed_later' };
}
