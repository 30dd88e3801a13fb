import { attachDefaults, type BotAction } from '../../domain/bot-action.ts';
import { splitTriggers } from '../../domain/triggers.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import type { Context } from '../context.ts';

/**
 * The parameters of an action, as attaching takes them. What its handler fixes and what is a default is left out.
 *
 * @example parametersOf(action, reply) // { match: 'exact', triggers: ['help'], replies: ['Yes?'], cooldown: 30 }
 */
export function parametersOf(
  { match, triggers, payload, cooldown, adminOnly: admin_only }: BotAction,
  handler: HandlerDescription,
): Record<string, unknown> {
  const hasTriggers = handler.triggers === null && match !== 'any';
  return {
    ...(handler.matchMethod === null && { match }),
    ...(hasTriggers && { triggers: splitTriggers(triggers) }),
    ...payload,
    ...(cooldown !== attachDefaults.cooldown && { cooldown }),
    ...(admin_only !== attachDefaults.admin_only && { admin_only }),
  };
}

/** The parameters of each action of a handler, in all groups, oldest first. */
export async function attachedParameters(
  { store }: Pick<Context, 'store'>,
  handler: HandlerDescription,
): Promise<Array<Record<string, unknown>>> {
  const attached = await store.bots.actionsOfHandlers([handler.alias]);
  const actions = await Promise.all(attached.map(({ id }) => store.bots.findAction(id)));
  return actions.filter((action) => action !== undefined).map((action) => parametersOf(action, handler));
}
