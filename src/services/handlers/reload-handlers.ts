import type { Events } from '../../domain/event.ts';
import type { Services } from '../context.ts';
import { lostActions } from './lost-handlers.ts';

/**
 * Makes saved handlers live for the next message, and tells it to the listeners of `HandlersReloaded`.
 *
 * @param changed absolute paths of files that were saved, made or removed; any files
 */
export async function reloadHandlers(
  services: Services,
  changed: readonly string[],
): Promise<Events['HandlersReloaded']> {
  // A stopwatch, and no moment of the product's time.
  const began = performance.now();
  const { files, classes, removed, problems } = await services.catalogue.reload(changed);
  const milliseconds = Math.round(performance.now() - began);
  const aliases = removed.map(({ alias }) => alias);
  const lost = await lostActions(services, aliases);
  const event = { files, classes, milliseconds, problems, lost };
  if (files.length > 0) services.events.emit('HandlersReloaded', event);
  return event;
}
