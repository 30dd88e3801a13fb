import type { Thread } from '../../domain/thread.ts';
import type { BotWithActions } from '../../store/bots.ts';
import type { Store } from '../../store/store.ts';

/** The aliases of the handlers attached to some bots. */
export const handlersOf = (bots: readonly BotWithActions[]): string[] =>
  bots.flatMap(({ actions }) => actions.map(({ handler }) => handler));

/** The aliases of the handlers attached in a thread. */
export const attachedHandlers = async (
  { store }: { store: Pick<Store, 'bots'> },
  thread: Pick<Thread, 'id'>,
): Promise<Set<string>> => new Set(handlersOf(await store.bots.inThread(thread.id)));
