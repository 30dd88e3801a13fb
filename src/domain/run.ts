import type { Timestamp } from '../base/clock.ts';

/**
 * The states of a run, which is one action handling one message that its triggers matched: `running` →
 * `handled` | `failed` | `stopped` with the reason, or `skipped` at once, with the reason. A failed run that
 * will be retried is `waiting` until it is `running` again.
 */
export type RunStatus = 'running' | 'handled' | 'failed' | 'stopped' | 'skipped' | 'waiting';

/** A run is given up after its process died this often with no other run in it: its handler is the cause. */
export const maxStarts = 3;

/** Why bots may not post in a thread. */
export type ThreadReason =
  | 'thread_removed'
  | 'thread_locked'
  | 'messaging_off_in_thread'
  | 'bots_off_in_thread'
  | 'bots_off_in_configuration';

/**
 * Why an action may no longer answer, even after it began: the action, its bot or its thread changed, or somebody ended
 * the run.
 */
export type StopReason = ThreadReason | 'disabled' | 'removed' | 'cancelled';

/** The reasons in words. */
export const stopReasonTexts: Readonly<Record<StopReason, string>> = {
  removed: 'its bot or its action was removed',
  disabled: 'its bot or its action is disabled',
  cancelled: 'it was cancelled',
  thread_removed: 'its group was removed',
  thread_locked: 'its group is locked',
  messaging_off_in_thread: 'messages are switched off in its group',
  bots_off_in_thread: 'bots are switched off in its group',
  bots_off_in_configuration: 'bots are switched off in the configuration',
};

/** Why a matched action did not run. */
export type SkipReason = StopReason | 'action_cooldown' | 'bot_cooldown' | 'admin_only';

/** Why bots ignored a message. */
export type IgnoreReason = ThreadReason | 'not_group' | 'not_text' | 'from_bot' | 'message_removed';

/** Why an action was not checked against a message at all. */
export const untouchedReasons = [
  'no_match',
  'disabled',
  'bot_disabled',
  'handler_missing',
  'attached_later',
] as const;
export type UntouchedReason = (typeof untouchedReasons)[number];

/** What went wrong in a run, for the handler's author. */
export interface RunError {
  code: string;
  message: string;
  /** The author's own stack frames, one per line; null when there are none. */
  stack: string | null;
}

/** One action handling one message. */
export interface Run {
  id: string;
  messageId: string;
  actionId: string;
  botId: string;
  /** The alias of the handler. */
  handler: string;
  /** The trigger that matched; null with match `any`. */
  trigger: string | null;
  status: RunStatus;
  /** Why it was skipped or stopped; `cancelled` also for one that still runs and is being ended. */
  reason: SkipReason | null;
  /** Why it failed the last time. */
  error: RunError | null;
  /** The number of attempts, including the current one. A crash of the process does not end an attempt. */
  attempts: number;
  /**
   * How many starts of this attempt ended because its process, with no other run in it, died or met a
   * shortage. A crash of the daemon, or of a process with other runs in it, is not counted.
   */
  starts: number;
  startedAt: Timestamp;
  finishedAt: Timestamp | null;
}
