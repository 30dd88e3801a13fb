import { type Kysely, sql } from 'kysely';
import type { Bot } from '../domain/bot.ts';
import type { BotAction } from '../domain/bot-action.ts';
import { toBotAction } from './bots.ts';
import { isSet } from './columns.ts';
import type { Database } from './schema.ts';

/** An action with the bot and the group it is attached in. */
export interface AttachedAction {
  action: BotAction;
  bot: Pick<Bot, 'id' | 'name' | 'enabled'>;
  /** `subject` is the name of the group. */
  thread: { id: string; subject: string | null };
}

/**
 * The actions of all groups, by group, and in each in the order in which they are tried. Actions of removed bots and
 * of removed groups are left out.
 */
export class AttachedActionStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async all(): Promise<AttachedAction[]> {
    return (await attachedActions(this.#db).execute()).map(toAttachedAction);
  }

  /** The actions of the handler with this alias. */
  async ofHandler(alias: string): Promise<AttachedAction[]> {
    const rows = await attachedActions(this.#db).where('bot_actions.handler', '=', alias).execute();
    return rows.map(toAttachedAction);
  }

  /** The actions whose id begins with a prefix. */
  async startingWith(prefix: string, limit: number): Promise<AttachedAction[]> {
    const first = sql`substr(bot_actions.id, 1, ${prefix.length})`;
    const rows = await attachedActions(this.#db).where(first, '=', prefix).limit(limit).execute();
    return rows.map(toAttachedAction);
  }
}

const attachedActions = (db: Kysely<Database>) =>
  db
    .selectFrom('bot_actions')
    .innerJoin('bots', 'bots.id', 'bot_actions.bot_id')
    .innerJoin('threads', 'threads.id', 'bots.thread_id')
    .selectAll('bot_actions')
    .select(['bots.name', 'bots.enabled as bot_enabled', 'threads.id as thread_id', 'threads.subject'])
    .where('bots.archived_at', 'is', null)
    .where('threads.archived_at', 'is', null)
    .orderBy('threads.id')
    .orderBy('bots.id')
    .orderBy('bot_actions.sequence');

type AttachedRow = Awaited<ReturnType<ReturnType<typeof attachedActions>['execute']>>[number];

const toAttachedAction = ({
  name,
  bot_enabled,
  thread_id,
  subject,
  ...row
}: AttachedRow): AttachedAction => ({
  action: toBotAction(row),
  bot: { id: row.bot_id, name, enabled: isSet(bot_enabled) },
  thread: { id: thread_id, subject },
});
