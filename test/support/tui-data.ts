import type {
  ActionJson,
  ActionVerdictJson,
  FailedRunJson,
  ParticipantJson,
  RunJson,
} from '../../src/client/index.ts';
import type { Entry } from '../../src/tui/state/conversation.ts';
import { type Line, lineText } from '../../src/tui/text/line.ts';
import { grace } from './tui.tsx';

/** The texts of lines, without their styles. */
export const textsOf = (lines: readonly Line[]): string[] => lines.map(lineText);

/** A handler as the API answers it. */
export const handlerJson = (alias: string, name = alias): ActionJson['handler'] => ({
  alias,
  description: '',
  name,
  unique: false,
  authorize: false,
  triggers: null,
  match: null,
});

/** An attached handler as the API answers it. */
export const action = (alias: string, fields: Partial<ActionJson> = {}): ActionJson => ({
  id: `action ${alias}`,
  bot_id: 'hello',
  owner_id: 'grace',
  owner_type: 'users',
  owner: grace,
  created_at: '2026-04-26T10:00:00.000000Z',
  updated_at: '2026-04-26T10:00:00.000000Z',
  enabled: true,
  admin_only: false,
  cooldown: 0,
  on_cooldown: false,
  match: 'exact',
  match_description: '',
  triggers: [],
  payload: null,
  handler: handlerJson(alias),
  ...fields,
});

/** A run of 42 ms as the API answers it. */
export const run = (fields: Partial<RunJson> = {}): RunJson => ({
  id: 'r1',
  bot: { id: 'hello', name: 'HelloBot' },
  action_id: 'a1',
  handler: 'hello',
  trigger: 'hi',
  status: 'handled',
  reason: null,
  error: null,
  attempts: 1,
  rests_for: 0,
  payload: null,
  started_at: '2026-04-26T10:05:00.000000Z',
  finished_at: '2026-04-26T10:05:00.042000Z',
  ...fields,
});

/** The verdict of an action that fired, as the API answers it. */
export const verdict = (fields: Partial<ActionVerdictJson> = {}): ActionVerdictJson => ({
  bot: { id: 'hello', name: 'HelloBot' },
  action_id: 'a1',
  handler: 'hello',
  verdict: 'fired',
  sentence: 'fired in 42 ms',
  trigger: 'hi',
  near_miss: null,
  cooldown: null,
  error: null,
  retry_at: null,
  changed_since: false,
  trace: null,
  ...fields,
});

/** A failed run as the API answers it. */
export const failedRun = (handler: string, message: string): FailedRunJson => ({
  id: `failed ${handler}`,
  bot: { id: 'hello', name: 'HelloBot' },
  handler,
  trigger: null,
  error: { code: 'HANDLER_THREW', message, stack: null },
  attempts: 1,
  started_at: '2026-04-26T10:05:00.000000Z',
  failed_at: '2026-04-26T10:05:00.042000Z',
  message: null,
  payload: null,
});

/** A note in a conversation. */
export const note = (text: string, at: string, tone: 'system' | 'bad' = 'system'): Entry => ({
  kind: 'note',
  id: `note ${text}`,
  at,
  text,
  tone,
});

/** A participant of #ops as the API answers it. The id sorts as the name does. */
export const participant = (name: string, fields: Partial<ParticipantJson> = {}): ParticipantJson => ({
  id: `p ${name}`,
  thread_id: 'ops',
  owner_id: name.toLowerCase(),
  owner_type: 'users',
  created_at: '2026-04-26T10:00:00.000000Z',
  updated_at: '2026-04-26T10:00:00.000000Z',
  admin: false,
  pending: false,
  send_knocks: false,
  send_messages: true,
  add_participants: false,
  manage_invites: false,
  manage_bots: false,
  start_calls: false,
  last_read: { time: null, message_id: null },
  ...fields,
  owner: {
    ...grace,
    name,
    provider_id: name.toLowerCase(),
    options: {
      can_message_first: true,
      friendable: false,
      can_friend: false,
      searchable: true,
      can_search: true,
      online_status: 0,
      online_status_verbose: 'OFFLINE',
      friend_status: 0,
      friend_status_verbose: 'NOT_FRIEND',
      last_active: null,
    },
    ...fields.owner,
  },
});
