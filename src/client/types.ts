/** What the HTTP API answers, as far as a client looks at it. Times are UTC with six digits. */

/** A person or a bot, as owner or sender. */
interface ProviderJson {
  name: string;
  provider_id: string;
  /** `user`, `bot`, `ghost` … */
  provider_alias: string;
}

/** One page of a list. */
export interface Page<Item> {
  data: Item[];
  meta: { next_page_id: string | null; next_page_route: string | null; final_page: boolean; total: number };
}

/** What the caller may do in a thread. */
interface ThreadOptionsJson {
  admin: boolean;
  manage_bots: boolean;
  chat_bots: boolean;
  message: boolean;
  knock: boolean;
}

export interface ThreadJson {
  id: string;
  type: number;
  name: string;
  group: boolean;
  locked: boolean;
  unread: boolean;
  unread_count: number;
  created_at: string;
  updated_at: string;
  options: ThreadOptionsJson;
  resources?: { latest_message?: MessageJson | null };
}

/** What an admin of a group changes; all of it is sent at once. */
export interface ThreadSettingsJson {
  name: string;
  add_participants: boolean;
  chat_bots: boolean;
  invitations: boolean;
  calling: boolean;
  messaging: boolean;
  knocks: boolean;
}

export interface ParticipantJson {
  id: string;
  admin: boolean;
  manage_bots: boolean;
  owner_id: string;
  owner: ProviderJson;
}

export interface ReactionJson {
  id: string;
  reaction: string;
  message_id: string;
  owner_id: string;
  owner: ProviderJson;
}

export interface ReactionsJson {
  data: Record<string, ReactionJson[]>;
  meta: { total: number; total_unique: number };
}

export interface MessageJson {
  id: string;
  thread_id: string;
  owner_id: string;
  owner: ProviderJson;
  type: number;
  type_verbose: string;
  system_message: boolean;
  from_bot: boolean;
  body: string;
  edited: boolean;
  reacted: boolean;
  extra: unknown;
  created_at: string;
  updated_at: string;
  temporary_id?: string;
  reactions?: ReactionsJson;
  reply_to_id?: string | null;
  reply_to?: MessageJson | null;
  image?: { sm: string; md: string; lg: string };
  document?: string;
  audio?: string;
  video?: string;
}

export interface HandlerJson {
  alias: string;
  description: string;
  name: string;
  unique: boolean;
  authorize: boolean;
  triggers: string[] | null;
  match: string | null;
}

export interface ActionJson {
  id: string;
  bot_id: string;
  enabled: boolean;
  admin_only: boolean;
  cooldown: number;
  on_cooldown: boolean;
  match: string;
  triggers: string[];
  payload: Record<string, unknown> | null;
  handler: HandlerJson;
}

export interface BotJson {
  id: string;
  thread_id: string;
  name: string;
  enabled: boolean;
  hide_actions: boolean;
  cooldown: number;
  on_cooldown: boolean;
  actions_count?: number;
  actions?: ActionJson[];
}

export interface PackageJson {
  alias: string;
  name: string;
  description: string;
  installs: HandlerJson[];
  already_installed: HandlerJson[];
}

/** What an action made of a message; no match is no run. */
export interface RunJson {
  id: string;
  bot: { id: string; name: string };
  action_id: string;
  handler: string;
  trigger: string | null;
  status: 'running' | 'handled' | 'failed' | 'stopped' | 'skipped' | 'waiting';
  reason: string | null;
  error: { code: string; message: string; stack: string | null } | null;
  attempts: number;
  /** Seconds for which what held a skipped run back still rests. */
  rests_for: number;
  payload: Record<string, unknown> | null;
  started_at: string;
  finished_at: string | null;
}

/** An action of the thread that did not look at the message, and why. */
export interface UntouchedJson {
  bot: { id: string; name: string };
  action_id: string;
  handler: string;
  reason: 'no_match' | 'disabled' | 'bot_disabled' | 'handler_missing' | 'attached_later';
}

/** All that is known of how a message was answered. */
export interface VerdictsJson {
  message_id: string;
  /** Why no bot looked at it; null where they did. */
  ignored: string | null;
  runs: RunJson[];
  untouched: UntouchedJson[];
}

/** A run that failed. */
export interface FailedRunJson {
  id: string;
  bot: { id: string; name: string | null };
  handler: string;
  trigger: string | null;
  error: { code: string; message: string; stack: string | null };
  attempts: number;
  started_at: string;
  failed_at: string;
  message: { id: string; body: string } | null;
  payload: Record<string, unknown> | null;
}

/** One input of the form that attaches a handler. */
export interface FormFieldJson {
  name: string;
  type: 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'json';
  required: boolean;
  default: unknown;
  choices: string[] | null;
  description: string | null;
}

/** Who is asked for what when a handler is attached. */
export interface HandlerFormJson {
  handler: HandlerJson;
  fields: FormFieldJson[];
}
