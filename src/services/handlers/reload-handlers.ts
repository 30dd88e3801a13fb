import type { Events } from '../../domain/event.ts';
import type { Context } from '../context.ts';
import { lostActions } from './lost-handlers.ts';

/**
 * Loads saved handlers, which apply from the next message, and emits `HandlersReloaded`.
 *
 * @param changed absolute paths of files that were saved, created or removed, of any kind
 */
export async function reloadHandlers(
  context: Context,
  changed: readonly string[],
): Promise<Events['HandlersReloaded']> {
  // Measures real time, not the product's clock.
  const began = performance.now();
  const { files, classes, removed, problems } = await context.catalogue.reload(changed);
  const milliseconds = Math.round(performance.now() - began);
  const aliases = removed.map(({ alias }) => alias);
  const lost = await lostActions(context, aliases);
  const event = { files, classes, milliseconds, problems, lost };
  if (files.length > 0) context.events.emit('HandlersReloaded', event);
  return event;
}
