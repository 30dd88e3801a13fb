import type { BotAction } from '../../domain/bot-action.ts';
import type { Context } from '../context.ts';
import { parametersOf } from './attached-parameters.ts';
import { type ActionChange, updateAction } from './update-action.ts';

/** Some parameters of an action, as a person wrote them: JSON values, and texts whose type depends on the handler. */
export interface ParametersChange extends Omit<ActionChange, 'params' | 'texts'> {
  values: Record<string, unknown>;
  texts: Record<string, string>;
}

/**
 * Changes the given parameters of an action and keeps the others. The match `any` has no triggers, so it takes them
 * away.
 *
 * @throws what {@link updateAction} throws
 * @example changeParameters(app, { thread, bot, action, user, values: {}, texts: { cooldown: '30' } })
 */
export async function changeParameters(
  context: Context,
  { values, texts, ...change }: ParametersChange,
): Promise<BotAction> {
  const { action } = change;
  await context.catalogue.whenKnown([action.handler]);
  const { triggers, ...others } = parametersOf(action, context.catalogue.get(action.handler));
  const isAny = (texts.match ?? values.match) === 'any';
  const kept = { ...others, ...(triggers !== undefined && !isAny && { triggers }) };
  const { cooldown, adminOnly: admin_only, enabled } = action;
  return updateAction(context, {
    ...change,
    params: { cooldown, admin_only, enabled, ...kept, ...values },
    texts,
  });
}
