import { isRecord } from '../base/is-record.ts';
import { attachDefaults, type BotAction } from '../domain/bot-action.ts';
import { playgroundName, type Thread } from '../domain/thread.ts';
import { splitTriggers } from '../domain/triggers.ts';
import type { Context } from '../services/context.ts';
import { yamlKey, yamlText } from './yaml-text.ts';

/** The bot to which handlers are attached that name none. */
const usualBot = `${playgroundName}Bot`;

/** What is in a group when a recording begins: its admins, its bots, and the entries of `bots:` that make them again. */
export interface GroupSetup {
  admins: readonly string[];
  botNames: readonly string[];
  /** Each an entry of a YAML list, without its dash. */
  entries: readonly string[];
}

/** Describes a group so that a replay can begin with the same. Actions without a handler are left out. */
export async function describeSetup(
  { store, catalogue }: Pick<Context, 'store' | 'catalogue'>,
  { id }: Pick<Thread, 'id'>,
): Promise<GroupSetup> {
  const people = await store.participants.inThread(id);
  const bots = await store.bots.inThread(id);
  const entries = bots.flatMap(({ bot, actions }) => {
    const attached = actions.flatMap((action) => {
      const fixed = catalogue.find(action.handler);
      return fixed ? actionEntry(action, fixed) : [];
    });
    const { name, cooldown, enabled, hideActions } = bot;
    if (name === usualBot && cooldown === 0 && enabled && !hideActions && attached.length > 0)
      return attached;
    const settings = [
      ...(cooldown === 0 ? [] : [`cooldown: ${cooldown}`]),
      ...(enabled ? [] : ['enabled: false']),
      ...(hideActions ? ['hide_actions: true'] : []),
      ...(attached.length === 0 ? [] : [`actions:${attached.map((entry) => `\n      - ${entry}`).join('')}`]),
    ];
    return [[`bot: ${yamlText(name, 0)}`, ...settings].join('\n    ')];
  });
  return {
    admins: people.filter(({ participant }) => participant.admin).map(({ name }) => name),
    botNames: bots.map(({ bot }) => bot.name),
    entries,
  };
}

function actionEntry(
  { handler, match, triggers, payload, cooldown, adminOnly, enabled }: BotAction,
  fixed: { matchMethod: string | null; triggers: readonly string[] | null },
): string {
  const params = {
    ...(fixed.matchMethod === null && { match }),
    ...(fixed.triggers === null && triggers !== null && { triggers: splitTriggers(triggers) }),
    ...payload,
    ...(cooldown !== attachDefaults.cooldown && { cooldown }),
    ...(adminOnly !== attachDefaults.admin_only && { admin_only: adminOnly }),
    ...(enabled !== attachDefaults.enabled && { enabled }),
  };
  return Object.keys(params).length === 0 ? yamlText(handler, 0) : `${yamlKey(handler)}: ${flowYaml(params)}`;
}

/** A value as YAML on one line. */
function flowYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(', ')}]`;
  if (isRecord(value)) {
    const fields = Object.entries(value).map(([name, each]) => `${flowText(name)}: ${flowYaml(each)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return typeof value === 'string' ? flowText(value) : JSON.stringify(value);
}

/** Punctuation has a meaning between brackets. */
const flowText = (text: string): string =>
  /^[\p{L}!][\p{L}\p{N} _!-]*(?<! )$/u.test(text) ? yamlText(text, 0) : JSON.stringify(text);
