import type { LostAction } from '../../domain/lost-action.ts';
import type { Context } from '../context.ts';

/**
 * The stored actions whose handler is gone: its file was removed, or its alias has changed. They are kept and
 * answer again as soon as a handler has that alias.
 *
 * @param aliases those that no longer exist
 */
export async function lostActions({ store }: Context, aliases: readonly string[]): Promise<LostAction[]> {
  return aliases.length === 0 ? [] : store.bots.actionsOfHandlers(aliases);
}
