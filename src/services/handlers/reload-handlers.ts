import type { Events } from '../../domain/event.ts';
import type { Context } from '../context.ts';
import { lostActions } from './lost-handlers.ts';

/**
 * Makes saved handlers live for the next message, and tells it to the listeners of `HandlersReloaded`.
 *
 * @param changed absolute paths of files that were saved, made or removed; any files
 */
export async function reloadHandlers(
  context: Context,
  changed: readonly string[],
): Promise<Events['HandlersReloaded']> {
  // A stopwatch, and no moment of the product's time.
  const began = performance.now();
  const { files, classes, removed, problems } = await context.catalogue.reload(changed);
  const milliseconds = Math.round(performance.now() - began);
  const aliases = removed.map(({ alias }) => alias);
  const lost = await lostActions(context, aliases);
  const event = { files, classes, milliseconds, problems, lost };
  if (files.length > 0) context.events.emit('HandlersReloaded', event);
  return event;
}
