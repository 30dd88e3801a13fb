import type { Migration, MigrationDialect } from './migration.ts';

/** Users, threads, messages, bots, and what answering needs: jobs, runs, effects, cooldowns. */
export const core: Migration = (dialect) => [
  ...people,
  ...messages(dialect),
  ...bots(dialect),
  ...answering(dialect),
];

const people = [
  `create table users (
    id text primary key,
    name text not null unique,
    created_at text not null,
    updated_at text not null
  )`,
  `create table threads (
    id text primary key,
    kind text not null,
    subject text,
    add_participants integer not null,
    chat_bots integer not null,
    invitations integer not null,
    calling integer not null,
    messaging integer not null,
    knocks integer not null,
    locked integer not null,
    bots_revision integer not null,
    created_at text not null,
    updated_at text not null,
    archived_at text
  )`,
  `create table participants (
    id text primary key,
    thread_id text not null references threads (id) on delete cascade,
    user_id text not null references users (id) on delete cascade,
    admin integer not null,
    send_messages integer not null,
    send_knocks integer not null,
    add_participants integer not null,
    manage_invites integer not null,
    manage_bots integer not null,
    start_calls integer not null,
    last_read_at text,
    created_at text not null,
    updated_at text not null,
    removed_at text,
    unique (thread_id, user_id)
  )`,
  'create index participants_user on participants (user_id)',
];

const messages = ({ sequence }: MigrationDialect): string[] => [
  `create table messages (
    sequence ${sequence},
    id text not null unique,
    thread_id text not null references threads (id) on delete cascade,
    owner_type text not null,
    owner_id text not null,
    type integer not null,
    body text not null,
    reply_to_id text,
    extra_json text,
    edited integer not null,
    sender_ip text,
    ignore_reason text,
    created_at text not null,
    updated_at text not null,
    archived_at text
  )`,
  'create index messages_thread on messages (thread_id, sequence)',
  `create table reactions (
    id text primary key,
    message_id text not null references messages (id) on delete cascade,
    owner_type text not null,
    owner_id text not null,
    reaction text not null,
    created_at text not null,
    unique (message_id, owner_type, owner_id, reaction)
  )`,
];

const bots = ({ sequence }: MigrationDialect): string[] => [
  `create table bots (
    id text primary key,
    thread_id text not null references threads (id) on delete cascade,
    owner_type text not null,
    owner_id text not null,
    name text not null,
    avatar text,
    enabled integer not null,
    hide_actions integer not null,
    cooldown integer not null,
    created_at text not null,
    updated_at text not null,
    archived_at text
  )`,
  'create index bots_thread on bots (thread_id, id)',
  'create index bots_archived on bots (archived_at)',
  `create table bot_actions (
    sequence ${sequence},
    id text not null unique,
    bot_id text not null references bots (id) on delete cascade,
    owner_type text not null,
    owner_id text not null,
    handler text not null,
    match text not null,
    triggers text,
    payload_json text,
    enabled integer not null,
    admin_only integer not null,
    cooldown integer not null,
    created_at text not null,
    updated_at text not null
  )`,
  'create index bot_actions_bot on bot_actions (bot_id, sequence)',
];

const answering = ({ sequence }: MigrationDialect): string[] => [
  `create table cooldowns (
    subject_id text primary key,
    until text not null
  )`,
  `create table jobs (
    sequence ${sequence},
    queue text not null,
    key text not null,
    kind text not null,
    payload_json text not null,
    status text not null,
    attempts integer not null,
    run_at text not null,
    lease_owner text,
    lease_until text,
    last_error text,
    created_at text not null
  )`,
  'create index jobs_next on jobs (queue, status, run_at)',
  'create index jobs_key on jobs (key, status, sequence)',
  `create unique index jobs_one_at_a_time on jobs (key) where status in ('ready', 'running')`,
  `create table runs (
    id text primary key,
    message_id text not null references messages (id) on delete cascade,
    action_id text not null,
    bot_id text not null,
    handler text not null,
    trigger text,
    status text not null,
    reason text,
    error_json text,
    attempts integer not null,
    started_at text not null,
    finished_at text,
    unique (message_id, action_id)
  )`,
  `create table effects (
    run_id text not null references runs (id) on delete cascade,
    step integer not null,
    kind text not null,
    result_json text not null,
    created_at text not null,
    primary key (run_id, step)
  )`,
];
