import type { App } from '../../app.ts';
import type { Thread } from '../../domain/thread.ts';
import { actionsOf } from '../../services/bots/playground.ts';

/** One sentence for each handler without its keys, of the workspace or attached in a thread. */
export async function missingKeyNotices(app: App, thread: Thread): Promise<string[]> {
  const attached = (await actionsOf(app, thread)).map(({ action }) => action.handler);
  const own = app.catalogue.own().map(({ alias }) => alias);
  return app.catalogue.noticesOf([...attached, ...own]).map(({ message }) => message);
}
