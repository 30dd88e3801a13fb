import type { TestedInstalls } from '../authoring/packaged-bot.ts';
import type { DaemonStatus } from '../daemon/status.ts';
import type { Bot } from '../domain/bot.ts';
import type { BotAction } from '../domain/bot-action.ts';
import { splitTriggers } from '../domain/triggers.ts';
import type { BacktestReport, BacktestSample } from '../services/backtesting/backtest.ts';
import type { ListedBot } from '../services/bots/bot-lists.ts';
import type { FailedRunReport } from '../services/failed-runs/failed-runs.ts';
import type { LintReport } from '../services/linting/lint.ts';
import type { Installation } from '../services/packages/install-package.ts';

// The output of `--json`. Keys are in snake_case and mean the same as in the HTTP API. Triggers are a list.
// An error is `{ "error": { "code", "message", "errors"? } }`. Payloads are passed through unchanged.

type Resolved = TestedInstalls['resolved'][number];

/** Prints a value as indented JSON. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

const owner = ({ type, id }: Bot['owner']) => ({ owner_id: id, owner_type: `${type}s` });

/** A bot without its actions. */
export const botJson = (bot: Bot) => ({
  id: bot.id,
  thread_id: bot.threadId,
  ...owner(bot.owner),
  name: bot.name,
  enabled: bot.enabled,
  hide_actions: bot.hideActions,
  cooldown: bot.cooldown,
  avatar: bot.avatar,
  created_at: bot.createdAt,
  updated_at: bot.updatedAt,
  archived_at: bot.archivedAt,
});

/** An action. `handler` is the alias. */
export const actionJson = (action: Omit<BotAction, 'triggers'> & { triggers: string[] | string | null }) => ({
  id: action.id,
  bot_id: action.botId,
  ...owner(action.owner),
  handler: action.handler,
  match: action.match,
  triggers: Array.isArray(action.triggers) ? action.triggers : splitTriggers(action.triggers),
  enabled: action.enabled,
  admin_only: action.adminOnly,
  cooldown: action.cooldown,
  payload: action.payload,
  created_at: action.createdAt,
  updated_at: action.updatedAt,
});

const onCooldown = ({ cooldownUntil }: { cooldownUntil: string | null }) => ({
  on_cooldown: cooldownUntil !== null,
  cooldown_until: cooldownUntil,
});

/** A bot in a list, with its actions. */
export const listedBotJson = (bot: ListedBot) => ({
  ...botJson(bot),
  ...onCooldown(bot),
  actions: bot.actions.map((action) => ({
    ...actionJson(action),
    ...onCooldown(action),
    known: action.known,
  })),
});

/** The result of an installation. */
export const installationJson = ({ bot, actions, leftOut }: Installation) => ({
  bot: botJson(bot),
  actions: actions.map(actionJson),
  left_out: leftOut.map(({ handler, ...rest }) => ({ handler: handler.class, ...rest })),
});

/** Resolved parameters: an action before it is attached. */
export const resolvedJson = ({ handlerDTO: handler, ...resolved }: Resolved) => ({
  handler: handler.alias,
  match: resolved.matchMethod,
  triggers: splitTriggers(resolved.triggers),
  enabled: resolved.enabled,
  admin_only: resolved.adminOnly,
  cooldown: resolved.cooldown,
  payload: resolved.payload,
  handler_dto: {
    class: handler.class,
    alias: handler.alias,
    description: handler.description,
    name: handler.name,
    unique: handler.unique,
    should_authorize: handler.shouldAuthorize,
    triggers: handler.triggers,
    match: handler.matchMethod,
  },
});

/** What a packaged bot would install, and what it would leave out. */
export const testedInstallsJson = ({ resolved, failed }: TestedInstalls) => ({
  resolved: resolved.map(resolvedJson),
  failed,
});

/** A failed run. */
export const failedRunJson = ({ startedAt, failedAt, message, ...run }: FailedRunReport) => ({
  ...run,
  started_at: startedAt,
  failed_at: failedAt,
  message: message && {
    id: message.id,
    body: message.body,
    owner: message.owner,
    created_at: message.createdAt,
  },
});

/** The status of a daemon, without the address options, which only a restart needs. */
export const statusJson = ({ startedAt, runs, memory, asked: _, ...status }: DaemonStatus) => ({
  ...status,
  started_at: startedAt,
  runs: {
    handled: runs.handled,
    failed: runs.failed,
    last_minute: runs.lastMinute,
    reloads: runs.reloads,
    slowest: runs.slowest,
  },
  memory: { rss: memory.rss, heap_used: memory.heapUsed },
});

const sampleJson = ({ threadId, createdAt, ...sample }: BacktestSample) => ({
  ...sample,
  thread_id: threadId,
  created_at: createdAt,
});

/** What changed triggers would do. */
export const backtestJson = ({ target, note, since, actions, total }: BacktestReport) => ({
  handler: target.alias,
  note,
  since: since ?? null,
  ...total,
  actions: actions.map(({ attached, before, after, samples, ...tally }) => ({
    id: attached?.action.id ?? null,
    bot: attached ? { id: attached.bot.id, name: attached.bot.name } : null,
    thread: attached ? { id: attached.thread.id, name: attached.thread.subject } : null,
    baseline: typeof before === 'string' ? before : 'triggers',
    before: typeof before === 'string' ? null : before,
    after,
    ...tally,
    samples: { more: samples.more.map(sampleJson), stops: samples.stops.map(sampleJson) },
  })),
});

/** What a check has found. */
export const lintJson = ({ findings, errors, warnings }: LintReport) => ({
  findings: findings.map(({ line, ...finding }) => ({ ...finding, ...(line !== null && { line }) })),
  errors,
  warnings,
});
