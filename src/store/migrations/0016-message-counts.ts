import type { Migration } from './migration.ts';

/** How many messages of each type a thread has. Triggers keep the numbers, so that no page counts all messages. */
export const messageCounts: Migration = () => [
  `create table message_counts (
    thread_id text not null references threads (id) on delete cascade,
    type integer not null,
    count integer not null,
    primary key (thread_id, type)
  )`,
  `insert into message_counts
   select thread_id, type, count(*) from messages where archived_at is null group by thread_id, type`,
  trigger('inserted', 'after insert on messages when new.archived_at is null', countNew),
  trigger(
    'brought_back',
    'after update of archived_at on messages when old.archived_at is not null and new.archived_at is null',
    countNew,
  ),
  trigger(
    'archived',
    'after update of archived_at on messages when old.archived_at is null and new.archived_at is not null',
    discountOld,
  ),
  trigger('deleted', 'after delete on messages when old.archived_at is null', discountOld),
];

const countNew = `
  insert into message_counts values (new.thread_id, new.type, 1)
  on conflict (thread_id, type) do update set count = count + 1`;

const discountOld =
  'update message_counts set count = count - 1 where thread_id = old.thread_id and type = old.type';

const trigger = (name: string, when: string, work: string): string =>
  `create trigger messages_${name} ${when} begin ${work}; end`;
