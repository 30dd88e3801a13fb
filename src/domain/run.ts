import type { Timestamp } from '../base/clock.ts';

/**
 * The states of a run, one action looking at one message that its triggers matched:
 * `running` → `handled` | `failed` | `stopped` with the reason; or `skipped` at once, with the reason. One that failed
 * and is to be tried again is `waiting` until it is `running` again.
 */
export type RunStatus = 'running' | 'handled' | 'failed' | 'stopped' | 'skipped' | 'waiting';

/** A run whose process died this often, with nothing else in it, is given up: the handler itself is what kills it. */
export const maxStarts = 3;

/** Why no bot may post in a thread. */
export type ThreadReason =
  | 'thread_removed'
  | 'thread_locked'
  | 'messaging_off_in_thread'
  | 'bots_off_in_thread'
  | 'bots_off_in_configuration';

/** Why an action may not answer any more, also when it has begun to: it, its bot or its thread has changed. */
export type StopReason = ThreadReason | 'disabled' | 'removed';

/** What the reasons are called in sentences. */
export const stopSentences: Readonly<Record<StopReason, string>> = {
  removed: 'its bot or its action was removed',
  disabled: 'its bot or its action is disabled',
  thread_removed: 'its group was removed',
  thread_locked: 'its group is locked',
  messaging_off_in_thread: 'messages are switched off in its group',
  bots_off_in_thread: 'bots are switched off in its group',
  bots_off_in_configuration: 'bots are switched off in the configuration',
};

/** Why a matched action did not run. */
export type SkipReason = StopReason | 'action_cooldown' | 'bot_cooldown' | 'admin_only';

/** Why no bot looked at a message at all. */
export type IgnoreReason = ThreadReason | 'not_group' | 'not_text' | 'from_bot' | 'message_removed';

/** What went wrong in a run, for the author of the handler. */
export interface RunError {
  code: string;
  message: string;
  /** The author's own frames, one a line; null where there are none. */
  stack: string | null;
}

/** One action looking at one message. */
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
  /** Why it was skipped or stopped. */
  reason: SkipReason | null;
  /** Why it failed the last time. */
  error: RunError | null;
  /** How often it was tried, the attempt that goes on included. A crash of the process does not end an attempt. */
  attempts: number;
  /**
   * How many starts of this attempt ended with the death of the process that the run was alone in, or with a shortage
   * that went with it. A crash of the daemon, or of a process with other runs in it, is nobody's fault and counts none.
   */
  starts: number;
  startedAt: Timestamp;
  finishedAt: Timestamp | null;
}
