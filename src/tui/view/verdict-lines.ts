import type { MessageJson, RunJson, UntouchedJson, VerdictsJson } from '../../client/index.ts';
import { type Line, line, lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import type { Style } from '../theme.ts';
import { duration } from './duration.ts';
import { clock } from './message-lines.ts';

/** Why bots ignored a message, for people. */
const ignored: Record<string, string> = {
  not_group: 'Bots answer only in groups.',
  not_text: 'Bots answer only to texts.',
  from_bot: 'Bots do not answer bots.',
  system: 'Bots do not answer the system.',
  bots_off_in_thread: 'Bots are off in this group: its settings say chat_bots no.',
  bots_off_in_configuration: 'Bots are off: MESSENGER_BOTS_ENABLED, or bots.enabled in messenger.config.ts.',
  message_removed: 'The message was removed before a bot saw it.',
  messaging_off_in_thread: 'Messages were switched off in the group before a bot saw this one.',
  thread_removed: 'The group was removed before a bot saw the message.',
  thread_locked: 'The group is locked.',
};

/** Why a matched action did not run, or was stopped. */
const reasons: Record<string, string> = {
  action_cooldown: 'cooldown',
  bot_cooldown: 'cooldown of its bot',
  admin_only: 'admin only',
  disabled: 'disabled in between',
  removed: 'removed in between',
  bots_off_in_thread: 'bots were switched off in the group',
  bots_off_in_configuration: 'bots were switched off in the configuration',
  messaging_off_in_thread: 'messages were switched off in the group',
  thread_removed: 'the group was removed',
  thread_locked: 'the group was locked',
};

/** Why an action was not started at all. */
const untouched: Record<UntouchedJson['reason'], string> = {
  no_match: 'no match',
  disabled: 'disabled',
  bot_disabled: 'its bot is disabled',
  handler_missing: 'its handler is missing',
  attached_later: 'attached later',
};

/** Everything known about a message: its sender, and how each action handled it. */
export function verdictLines(message: MessageJson, verdicts: VerdictsJson | null, width: number): Line[] {
  const head = [
    ...lines(`${safeLine(message.owner.name)}, ${clock(message.created_at)}`, width, 'strong'),
    ...lines(safe(message.body), width, 'quote').slice(0, 3),
    line(''),
  ];
  if (verdicts === null || verdicts.message_id !== message.id) return [...head, line('…', 'faint')];
  if (verdicts.ignored !== null) {
    return [...head, ...lines(ignored[verdicts.ignored] ?? verdicts.ignored, width, 'warning')];
  }
  const runs = verdicts.runs.flatMap((run) => [...runLines(run, width), line('')]);
  const rest = verdicts.untouched.flatMap((item) => untouchedLines(item, width));
  const none = runs.length + rest.length === 0 ? lines('No action is attached here.', width, 'faint') : [];
  return [...head, ...runs, ...rest, ...none];
}

function runLines(run: RunJson, width: number): Line[] {
  const { mark, style, text } = verdictOf(run);
  const trigger = run.trigger === null ? 'any message' : `"${safeLine(run.trigger)}"`;
  return [
    ...lines(`${mark} ${safeLine(run.handler)}: ${text}`, width, style),
    ...lines(`${safeLine(run.bot.name)}, by ${trigger}`, width, 'faint', '  '),
    ...errorLines(run, width),
    ...payloadLines(run, width),
  ];
}

/** How a run ended, in one word, and its duration. */
function verdictOf(run: RunJson): { mark: string; style: Style; text: string } {
  const took = run.finished_at ? Date.parse(run.finished_at) - Date.parse(run.started_at) : 0;
  switch (run.status) {
    case 'handled':
      return { mark: '✓', style: 'good', text: `fired in ${duration(took)}` };
    case 'failed':
      return { mark: '✗', style: 'bad', text: `failed after ${duration(took)}` };
    case 'skipped':
      return { mark: '–', style: 'warning', text: reasonText(run) };
    case 'stopped': {
      const text = `stopped after ${duration(took)}: ${reasonText(run)}`;
      return { mark: '■', style: 'warning', text };
    }
    default:
      return { mark: '…', style: 'plain', text: 'running' };
  }
}

function reasonText({ reason, rests_for, status }: RunJson): string {
  const text = reasons[reason ?? ''] ?? reason ?? status;
  return rests_for > 0 ? `${text}, ${duration(rests_for * 1_000)} left` : text;
}

function errorLines({ error }: RunJson, width: number): Line[] {
  if (error === null) return [];
  const stack = error.stack === null ? [] : lines(safe(error.stack), width, 'faint', '    ');
  return [...lines(safe(error.message), width, 'bad', '  '), ...stack.slice(0, 6)];
}

function payloadLines({ payload }: RunJson, width: number): Line[] {
  if (payload === null) return [];
  return lines(safe(JSON.stringify(payload)), width, 'faint', '  ').slice(0, 6);
}

const untouchedLines = ({ handler, reason }: UntouchedJson, width: number): Line[] =>
  lines(`· ${safeLine(handler)}: ${untouched[reason]}`, width, 'faint');
