import { type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Bot } from '../domain/bot.ts';
import type { BotAction } from '../domain/bot-action.ts';
import type { LostAction } from '../domain/lost-action.ts';
import { flag, fromJson, isSet, toJson } from './columns.ts';
import type { BotActionRow, BotRow, Database } from './schema.ts';

/** A bot with its actions in the order of attaching. */
export interface BotWithActions {
  bot: Bot;
  actions: BotAction[];
}

/** A new action without its position in the order, which the store assigns. */
export type NewBotAction = Omit<BotAction, 'sequence'>;

/** The number and size of a bot's actions. */
export interface ActionWeight {
  botId: string;
  actions: number;
  bytes: number;
}

/** Bots and the actions attached to them. */
export class BotStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(bot: Bot): Promise<void> {
    await this.#db
      .insertInto('bots')
      .values({
        id: bot.id,
        thread_id: bot.threadId,
        owner_type: bot.owner.type,
        owner_id: bot.owner.id,
        name: bot.name,
        avatar: bot.avatar,
        enabled: flag(bot.enabled),
        hide_actions: flag(bot.hideActions),
        cooldown: bot.cooldown,
        created_at: bot.createdAt,
        updated_at: bot.updatedAt,
        archived_at: bot.archivedAt,
      })
      .execute();
  }

  /** The bot with this id, unless it is archived. */
  async find(id: string): Promise<Bot | undefined> {
    const row = await this.#db
      .selectFrom('bots')
      .selectAll()
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    return row && toBot(row);
  }

  /** The bots with these ids that are not archived. */
  async findAll(ids: readonly string[]): Promise<Bot[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('bots')
      .selectAll()
      .where('id', 'in', ids)
      .where('archived_at', 'is', null)
      .execute();
    return rows.map(toBot);
  }

  /** Stores the changeable properties of a bot. */
  async update(bot: Bot): Promise<void> {
    await this.#db
      .updateTable('bots')
      .set({
        name: bot.name,
        avatar: bot.avatar,
        enabled: flag(bot.enabled),
        hide_actions: flag(bot.hideActions),
        cooldown: bot.cooldown,
        updated_at: bot.updatedAt,
      })
      .where('id', '=', bot.id)
      .execute();
  }

  /** The thread's bots that are not archived, oldest first, each with its actions. */
  async inThread(threadId: string): Promise<BotWithActions[]> {
    const bots = await this.#db
      .selectFrom('bots')
      .selectAll()
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .orderBy('id')
      .execute();
    const actions = await this.#actionsOf(bots.map((bot) => bot.id));
    return bots.map((bot) => ({ bot: toBot(bot), actions: actions.get(bot.id) ?? [] }));
  }

  /** Stores an action and assigns its position in the order. */
  async insertAction(action: NewBotAction): Promise<BotAction> {
    const { sequence } = await this.#db
      .insertInto('bot_actions')
      .values({
        id: action.id,
        bot_id: action.botId,
        owner_type: action.owner.type,
        owner_id: action.owner.id,
        handler: action.handler,
        match: action.match,
        triggers: action.triggers,
        payload_json: toJson(action.payload),
        enabled: flag(action.enabled),
        admin_only: flag(action.adminOnly),
        cooldown: action.cooldown,
        created_at: action.createdAt,
        updated_at: action.updatedAt,
      })
      .returning('sequence')
      .executeTakeFirstOrThrow();
    return { ...action, sequence };
  }

  /** The action count of each unarchived bot of a thread, and the bytes of their triggers and payloads. */
  async actionWeights(threadId: string): Promise<ActionWeight[]> {
    const bytes = sql<number>`coalesce(sum(
      octet_length(coalesce(bot_actions.triggers, '')) + octet_length(coalesce(bot_actions.payload_json, ''))
    ), 0)`;
    return this.#db
      .selectFrom('bots')
      .leftJoin('bot_actions', 'bot_actions.bot_id', 'bots.id')
      .select((eb) => [
        'bots.id as botId',
        eb.fn.count<number>('bot_actions.id').as('actions'),
        bytes.as('bytes'),
      ])
      .where('bots.thread_id', '=', threadId)
      .where('bots.archived_at', 'is', null)
      .groupBy('bots.id')
      .execute();
  }

  async findAction(id: string): Promise<BotAction | undefined> {
    const row = await this.#db.selectFrom('bot_actions').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toBotAction(row);
  }

  /** Stores the changeable properties of an action. */
  async updateAction(action: BotAction): Promise<void> {
    await this.#db
      .updateTable('bot_actions')
      .set({
        match: action.match,
        triggers: action.triggers,
        payload_json: toJson(action.payload),
        enabled: flag(action.enabled),
        admin_only: flag(action.adminOnly),
        cooldown: action.cooldown,
        updated_at: action.updatedAt,
      })
      .where('id', '=', action.id)
      .execute();
  }

  /** Deletes an action; returns whether it existed. */
  async removeAction(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('bot_actions')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  /** The actions of a bot, even an archived one, in the order of attaching. */
  async actionsOf(botId: string): Promise<BotAction[]> {
    return (await this.#actionsOf([botId])).get(botId) ?? [];
  }

  /** The actions with one of these handler aliases, of all bots that are not archived. */
  async actionsOfHandlers(aliases: readonly string[]): Promise<LostAction[]> {
    const rows = await this.#db
      .selectFrom('bot_actions')
      .innerJoin('bots', 'bots.id', 'bot_actions.bot_id')
      .select(['bot_actions.id', 'bot_actions.handler', 'bots.id as bot_id', 'bots.name', 'bots.thread_id'])
      .where('bot_actions.handler', 'in', aliases)
      .where('bots.archived_at', 'is', null)
      .orderBy('bot_actions.sequence')
      .execute();
    return rows.map(({ id, handler, bot_id, name, thread_id }) => ({
      id,
      handler,
      bot: { id: bot_id, name },
      threadId: thread_id,
    }));
  }

  /** Those of some aliases that a bot has. */
  async attachedAmong(aliases: readonly string[]): Promise<string[]> {
    if (aliases.length === 0) return [];
    const rows = await this.#db
      .selectFrom('bot_actions')
      .innerJoin('bots', 'bots.id', 'bot_actions.bot_id')
      .select('bot_actions.handler')
      .distinct()
      .where('bot_actions.handler', 'in', aliases)
      .where('bots.archived_at', 'is', null)
      .execute();
    return rows.map(({ handler }) => handler);
  }

  /** Archives a bot; returns whether it existed and was not archived. */
  async archive(id: string, at: Timestamp): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('bots')
      .set({ archived_at: at })
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Restores a bot; returns whether it was archived. */
  async restore(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('bots')
      .set({ archived_at: null })
      .where('id', '=', id)
      .where('archived_at', 'is not', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async #actionsOf(botIds: string[]): Promise<Map<string, BotAction[]>> {
    if (botIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('bot_actions')
      .selectAll()
      .where('bot_id', 'in', botIds)
      .orderBy('bot_id')
      .orderBy('sequence')
      .execute();
    const byBot = new Map<string, BotAction[]>(botIds.map((id) => [id, []]));
    for (const row of rows) byBot.get(row.bot_id)?.push(toBotAction(row));
    return byBot;
  }
}

/** Converts a row to a bot. */
export const toBot = (row: BotRow): Bot => ({
  id: row.id,
  threadId: row.thread_id,
  owner: { type: row.owner_type, id: row.owner_id },
  name: row.name,
  avatar: row.avatar,
  enabled: isSet(row.enabled),
  hideActions: isSet(row.hide_actions),
  cooldown: row.cooldown,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  archivedAt: row.archived_at,
});

/** Converts a row to an action. */
export const toBotAction = (row: BotActionRow): BotAction => ({
  sequence: row.sequence,
  id: row.id,
  botId: row.bot_id,
  owner: { type: row.owner_type, id: row.owner_id },
  handler: row.handler,
  match: row.match,
  triggers: row.triggers,
  payload: fromJson<Record<string, unknown>>(row.payload_json),
  enabled: isSet(row.enabled),
  adminOnly: isSet(row.admin_only),
  cooldown: row.cooldown,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
