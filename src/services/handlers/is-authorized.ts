import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { HandlerDescription, PackageDescription } from '../../sandbox/protocol.ts';
import type { Context } from '../context.ts';

/**
 * Calls a handler's or packaged bot's own `authorize()` to check whether a person may attach or install it.
 *
 * @param authorizing false when `MessengerBots.shouldAuthorize(false)` disabled this check for the request
 */
export async function isAuthorized(
  { store, sandbox }: Context,
  {
    described,
    thread,
    user,
    authorizing,
  }: { described: HandlerDescription | PackageDescription; thread: Thread; user: User; authorizing: boolean },
): Promise<boolean> {
  if (!authorizing || !described.shouldAuthorize) return true;
  const participant = await store.participants.find(thread.id, user.id);
  return sandbox.authorize(described, {
    user: { id: user.id, name: user.name, admin: participant?.admin ?? false },
    thread: { id: thread.id, name: thread.subject },
  });
}
