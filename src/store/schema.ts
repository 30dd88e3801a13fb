import type { Generated, Selectable } from 'kysely';
import type { MatchMethod } from '../domain/match.ts';
import type { ProviderType } from '../domain/provider.ts';
import type { IgnoreReason, RunStatus, SkipReason } from '../domain/run.ts';
import type { ThreadKind } from '../domain/thread.ts';

/**
 * The tables of the database, the same on every dialect: ids are UUID v7 as text. Times are text in UTC with
 * microseconds (so that they sort). Booleans are 0 or 1. `…_json` holds JSON text.
 */
export interface Database {
  users: UsersTable;
  tokens: TokensTable;
  app_keys: AppKeysTable;
  threads: ThreadsTable;
  participants: ParticipantsTable;
  messages: MessagesTable;
  message_counts: MessageCountsTable;
  message_edits: MessageEditsTable;
  reactions: ReactionsTable;
  bots: BotsTable;
  bot_actions: BotActionsTable;
  cooldowns: CooldownsTable;
  jobs: JobsTable;
  runs: RunsTable;
  effects: EffectsTable;
  run_traces: RunTracesTable;
  invites: InvitesTable;
  scheduled_commands: ScheduledCommandsTable;
  unclaimed_files: UnclaimedFilesTable;
  idempotency_keys: IdempotencyKeysTable;
}

/** 0 or 1. */
export type Flag = number;

interface UsersTable {
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
}

/** Login tokens. A token itself is never stored. */
interface TokensTable {
  id: string;
  user_id: string;
  /** SHA-256 of the token's secret, in hexadecimal. */
  hash: string;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}

interface ThreadsTable {
  id: string;
  kind: ThreadKind;
  subject: string | null;
  avatar: string | null;
  add_participants: Flag;
  chat_bots: Flag;
  invitations: Flag;
  calling: Flag;
  messaging: Flag;
  knocks: Flag;
  locked: Flag;
  bots_revision: number;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
}

interface ParticipantsTable {
  id: string;
  thread_id: string;
  user_id: string;
  admin: Flag;
  send_messages: Flag;
  send_knocks: Flag;
  add_participants: Flag;
  manage_invites: Flag;
  manage_bots: Flag;
  start_calls: Flag;
  muted: Flag;
  last_read_at: string | null;
  created_at: string;
  updated_at: string;
  removed_at: string | null;
}

interface MessagesTable {
  sequence: Generated<number>;
  id: string;
  thread_id: string;
  owner_type: ProviderType;
  owner_id: string;
  type: number;
  body: string;
  reply_to_id: string | null;
  extra_json: string | null;
  edited: Flag;
  sender_ip: string | null;
  ignore_reason: IgnoreReason | null;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
}

/** How many messages of a type a thread has that are not archived. Triggers of the database keep these numbers. */
interface MessageCountsTable {
  thread_id: string;
  type: number;
  count: number;
}

/** The text of a message before an edit. */
interface MessageEditsTable {
  id: string;
  message_id: string;
  body: string;
  edited_at: string;
}

interface ReactionsTable {
  id: string;
  message_id: string;
  owner_type: ProviderType;
  owner_id: string;
  reaction: string;
  created_at: string;
}

interface BotsTable {
  id: string;
  thread_id: string;
  owner_type: ProviderType;
  owner_id: string;
  name: string;
  avatar: string | null;
  enabled: Flag;
  hide_actions: Flag;
  cooldown: number;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
}

interface BotActionsTable {
  sequence: Generated<number>;
  id: string;
  bot_id: string;
  owner_type: ProviderType;
  owner_id: string;
  handler: string;
  match: MatchMethod;
  triggers: string | null;
  payload_json: string | null;
  enabled: Flag;
  admin_only: Flag;
  cooldown: number;
  created_at: string;
  updated_at: string;
}

/** The cooldown of a bot or an action. */
interface CooldownsTable {
  subject_id: string;
  since: string;
  until: string;
}

/**
 * Jobs to be done. At most one of the jobs with a key is `ready` or `running`, the oldest; the others are
 * `waiting` behind it. A partial unique index ensures this, so a key is never worked on twice at once.
 */
interface JobsTable {
  sequence: Generated<number>;
  queue: string;
  key: string;
  kind: string;
  payload_json: string;
  status: 'waiting' | 'ready' | 'running' | 'failed';
  attempts: number;
  /** When `run_at` was set. */
  since: string;
  run_at: string;
  lease_owner: string | null;
  lease_until: string | null;
  last_error: string | null;
  created_at: string;
}

interface RunsTable {
  id: string;
  message_id: string;
  /** The thread of the message. */
  thread_id: string;
  action_id: string;
  bot_id: string;
  handler: string;
  trigger: string | null;
  status: RunStatus;
  reason: SkipReason | null;
  error_json: string | null;
  attempts: number;
  starts: number;
  /** When `retry_at` was set. */
  retry_since: string | null;
  /** The time of the retry; null until the first one is scheduled. */
  retry_at: string | null;
  started_at: string;
  finished_at: string | null;
}

/** The effect of each step of a run. A run that starts again does not repeat stored steps. */
interface EffectsTable {
  run_id: string;
  step: number;
  kind: string;
  result_json: string;
  created_at: string;
}

/** What a run did, for people to read. Only the latest ones are kept. */
interface RunTracesTable {
  sequence: Generated<number>;
  run_id: string;
  trace_json: string;
}

interface UnclaimedFilesTable {
  path: string;
  owner: string | null;
  created_at: string;
}

interface InvitesTable {
  /** When the lifetime until `expires_at` began. */
  since: string;
  id: string;
  thread_id: string;
  owner_type: ProviderType;
  owner_id: string;
  code: string;
  max_use: number;
  uses: number;
  expires_at: string | null;
  created_at: string;
  archived_at: string | null;
}

interface ScheduledCommandsTable {
  command: string;
  started_at: string;
}

/** The key pair that identifies the realtime server and signs its subscriptions. */
interface AppKeysTable {
  name: string;
  key: string;
  secret: string;
}

/** A request that stored something, and its answer. */
interface IdempotencyKeysTable {
  user_id: string;
  /** Its method and path. */
  route: string;
  key: string;
  /** SHA-256 of its body, in hexadecimal. */
  fingerprint: string;
  /** The results of its transactions, until its answer is stored. */
  results_json: string;
  status: number | null;
  answer_json: string | null;
  created_at: string;
}

export type UserRow = Selectable<UsersTable>;
export type TokenRow = Selectable<TokensTable>;
export type ThreadRow = Selectable<ThreadsTable>;
export type ParticipantRow = Selectable<ParticipantsTable>;
export type MessageRow = Selectable<MessagesTable>;
export type ReactionRow = Selectable<ReactionsTable>;
export type BotRow = Selectable<BotsTable>;
export type BotActionRow = Selectable<BotActionsTable>;
export type JobRow = Selectable<JobsTable>;
export type RunRow = Selectable<RunsTable>;
export type EffectRow = Selectable<EffectsTable>;
export type IdempotencyKeyRow = Selectable<IdempotencyKeysTable>;
export type InviteRow = Selectable<InvitesTable>;
