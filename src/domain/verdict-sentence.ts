import { duration } from '../base/duration.ts';
import { shownTime } from '../base/shown-time.ts';
import { truncate } from '../base/terminal-text.ts';
import type { NearMiss, NearMissReason } from './near-miss.ts';
import { stopReasonTexts } from './run.ts';
import type { Verdict, VerdictCode, VerdictCooldown } from './verdict.ts';

const quoted = (text: string | null): string => `"${truncate(text ?? '', 40)}"`;

const took = ({ milliseconds }: Verdict): string => duration(milliseconds ?? 0);

/** `09:30:05 UTC` */
const time = (moment: string): string => `${shownTime(moment)} UTC`;

/** Only an action that has run has a duration. */
const fired = (verdict: Verdict): string => {
  if (verdict.milliseconds !== null) return `fired in ${took(verdict)}`;
  return verdict.trigger === null
    ? 'would fire: it answers every text'
    : `would fire: ${quoted(verdict.trigger)} matches`;
};

const left = (cooldown: VerdictCooldown | null): string =>
  cooldown === null || cooldown.until === null
    ? ''
    : `, ${duration((cooldown.left ?? 0) * 1_000)} left, until ${time(cooldown.until)}`;

/** An action that matched was switched off between the message and its turn. */
const inBetween = ({ stopped }: Verdict): string => (stopped === null ? '' : ' in between');

/** What is known only as it is now may have been different then. */
const since = ({ changedSince }: Verdict): string =>
  changedSince ? '; it was changed after the message' : '';

const sides = ({ before, after }: NearMiss): string => {
  const beside = [
    ...(before === null ? [] : [`${quoted(before)} before it`]),
    ...(after === null ? [] : [`${quoted(after)} after it`]),
  ];
  return beside.length === 2
    ? `neither ${beside.join(' nor ')} is a word boundary`
    : `${beside[0] ?? ''} is no word boundary`;
};

const nearMissTexts: Readonly<Record<NearMissReason, (miss: NearMiss) => string>> = {
  no_text: () => 'the message has no text',
  no_triggers: () => 'it has no triggers',
  case: ({ trigger, found }) =>
    `only case differs: the trigger is ${quoted(trigger)}, the message has ${quoted(found)}`,
  inside_word: (miss) => `${quoted(miss.trigger)} is there, but ${sides(miss)}`,
  not_at_start: ({ trigger }) => `${quoted(trigger)} is there, but not at the start`,
  not_whole: ({ trigger }) => `${quoted(trigger)} is there, but is not the whole message`,
  different: ({ trigger, position, expected, found }) =>
    found === null
      ? `nearest is ${quoted(trigger)}, but the message ends where ${quoted(expected)} is expected`
      : `nearest is ${quoted(trigger)}, but character ${position} is ${quoted(found)} instead of ${quoted(expected)}`,
  nothing_like_it: ({ trigger }) => `the message has nothing like ${quoted(trigger)}`,
};

/**
 * Why no trigger matched, in words.
 *
 * @example nearMissText(nearMiss({ method, triggers: ['hello'] }, 'hello!')) // '"hello" is there, but "!" after it …'
 */
export const nearMissText = (miss: NearMiss): string =>
  `${nearMissTexts[miss.reason](miss)}${miss.caseDiffers && miss.reason !== 'case' ? ', and case differs' : ''}`;

const sentences: Readonly<Record<VerdictCode, (verdict: Verdict) => string>> = {
  fired,
  failed: (verdict) => `failed after ${took(verdict)}`,
  timed_out: (verdict) => `ended at its deadline after ${took(verdict)}`,
  stopped: (verdict) =>
    `stopped after ${took(verdict)}: ${verdict.stopped === null ? 'the reason is unknown' : stopReasonTexts[verdict.stopped]}`,
  cancelled: (verdict) => `cancelled after ${took(verdict)}`,
  running: () => 'running',
  waiting_for_retry: ({ retryAt }) =>
    `failed, and is tried again${retryAt === null ? '' : ` at ${time(retryAt)}`}`,
  queued: () => 'not answered yet: the message is waiting for its turn',
  no_match: (verdict) =>
    `no match${verdict.nearMiss === null ? '' : `: ${nearMissText(verdict.nearMiss)}`}${since(verdict)}`,
  action_cooldown: ({ cooldown }) => `on cooldown${left(cooldown)}`,
  bot_cooldown: ({ cooldown }) => `its bot is on cooldown${left(cooldown)}`,
  admin_only: () => 'admin only: the sender is not an admin of the group',
  disabled: (verdict) => `disabled${inBetween(verdict)}${since(verdict)}`,
  bot_disabled: (verdict) => `its bot is disabled${since(verdict)}`,
  removed: (verdict) => `removed${inBetween(verdict)}`,
  handler_missing: ({ error, changedSince }) =>
    `handler not loaded: ${error === null ? 'no file of the workspace has its alias' : 'its file cannot be loaded'}${
      changedSince ? '; it may have been loaded when the message came' : ''
    }`,
  changed_later: () => 'did not fire, but would now: it or its handler has changed since',
  attached_later: () => 'attached later, after the message',
  not_group: () => 'bots answer only in groups',
  not_text: () => 'bots answer only to texts',
  from_bot: () => 'bots do not answer bots',
  message_removed: () => 'the message was removed before a bot saw it',
  thread_removed: () => 'the group was removed',
  thread_locked: () => 'the group is locked',
  messaging_off_in_thread: () => 'messages are switched off in this group',
  bots_off_in_thread: () => 'bots are off in this group: its settings say chat_bots no',
  bots_off_in_configuration: () =>
    'bots are off in the configuration: MESSENGER_BOTS_ENABLED, or bots.enabled in messenger.config.ts',
};

/**
 * A verdict in words, to be put after the name of its action. What was thrown is not repeated: it is in `error`.
 *
 * @example verdictSentence({ ...noDetails, verdict: 'fired', milliseconds: 3 }) // 'fired in 3 ms'
 */
export const verdictSentence = (verdict: Verdict): string => sentences[verdict.verdict](verdict);

const marks: Partial<Record<VerdictCode, string>> = {
  fired: '✓',
  failed: '✗',
  timed_out: '✗',
  stopped: '■',
  cancelled: '■',
  running: '…',
  waiting_for_retry: '…',
  queued: '…',
  action_cooldown: '–',
  bot_cooldown: '–',
  admin_only: '–',
};

/**
 * A mark for a list: ✓ fired, ✗ failed, ■ stopped, … has not ended, – matched but did not run, · none of these.
 *
 * @param matched whether a trigger matched, if the verdict does not say so
 */
export const verdictMark = (verdict: VerdictCode, matched: boolean): string =>
  marks[verdict] ?? (matched ? '–' : '·');
