import type { Timestamp } from '../base/clock.ts';
import type { Bot } from './bot.ts';
import type { BotAction } from './bot-action.ts';
import type { NearMiss } from './near-miss.ts';
import type { Run, RunError, StopReason, UntouchedReason } from './run.ts';
import type { RunTrace } from './run-trace.ts';

/**
 * What became of a message at one action, or what would become of a text that is not sent.
 *
 * The codes after `queued` say why the action did not run; those after `attached_later` hold for every action alike.
 */
export const verdictCodes = [
  'fired',
  'failed',
  'timed_out',
  'stopped',
  'cancelled',
  'running',
  'waiting_for_retry',
  'queued',

  'no_match',
  'action_cooldown',
  'bot_cooldown',
  'admin_only',
  'disabled',
  'bot_disabled',
  'removed',
  'handler_missing',
  'changed_later',
  'attached_later',

  'not_group',
  'not_text',
  'from_bot',
  'message_removed',
  'thread_removed',
  'thread_locked',
  'messaging_off_in_thread',
  'bots_off_in_thread',
  'bots_off_in_configuration',
] as const;
/** The code of a verdict. */
export type VerdictCode = (typeof verdictCodes)[number];

/** A cooldown that kept an action from running. */
export interface VerdictCooldown {
  of: 'action' | 'bot';
  /** Null if it is not known any more: it was ended, or another one has begun. */
  until: Timestamp | null;
  /** The seconds that were left when the message came; for a text, those that are left now. */
  left: number | null;
}

/** An error with the place in the author's file. */
export interface VerdictError extends RunError {
  /** `bots/HelloBot.ts:12`; null if the error points to no file of the workspace. */
  at: string | null;
}

/** What became of a message at one action, and why. */
export interface Verdict {
  verdict: VerdictCode;
  /** The trigger that matched; null with match `any` and without a match. */
  trigger: string | null;
  /** Why no trigger matched. */
  nearMiss: NearMiss | null;
  cooldown: VerdictCooldown | null;
  /** Why it failed, or why its handler is not loaded; the warning of an action that fired. */
  error: VerdictError | null;
  /** How long it ran; null if it did not run, or has not ended. */
  milliseconds: number | null;
  /** When it is tried again. */
  retryAt: Timestamp | null;
  /** Why it was stopped, or was switched off between the message and its turn. */
  stopped: StopReason | null;
  /**
   * Whether it may have been different when the message was answered: the action or its bot was changed since, or its
   * handler is not loaded now.
   */
  changedSince: boolean;
  /** What its run did; null if it did not run, has not ended, or ended long ago. */
  trace: RunTrace | null;
}

/** The verdict of one action of a thread. */
export interface ActionVerdict extends Verdict {
  bot: Bot;
  /** An action that was removed has nothing else left. */
  action: Pick<BotAction, 'id' | 'handler'>;
  /** The current payload of the action. */
  payload: Record<string, unknown> | null;
  /** The stored run; null if there is none. */
  run: Run | null;
  /** Why there is no run, by this action alone; null if there is one. */
  untouched: UntouchedReason | null;
}

/** A verdict without details, to be spread. */
export const noDetails: Omit<Verdict, 'verdict'> = {
  trigger: null,
  nearMiss: null,
  cooldown: null,
  error: null,
  milliseconds: null,
  retryAt: null,
  stopped: null,
  changedSince: false,
  trace: null,
};

/**
 * The place of the first frame of a stack, or at the start of an error about a file.
 *
 * @example placeOf('at HelloBot.handle (bots/HelloBot.ts:12:5)') // 'bots/HelloBot.ts:12'
 */
export function placeOf(text: string | null): string | null {
  const [first = ''] = (text ?? '').split('\n', 1);
  const [, frame] = /^at (?:async )?(.*)$/.exec(first) ?? [];
  const place = frame === undefined ? first : (/\(([^()]*)\)$/.exec(frame)?.[1] ?? frame);
  return /^(.+?:\d+)(?::\d+)?(?:: |$)/.exec(place)?.[1] ?? null;
}
