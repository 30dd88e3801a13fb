import type { Context } from '../context.ts';
import { addParticipants } from '../participants/add-participants.ts';
import { archiveThread } from '../threads/archive-thread.ts';
import { ensurePlayground, openPlayground, type Playground } from './playground.ts';

/**
 * Replaces the playground with a new one: no messages, and the handlers of the workspace attached as at the first
 * opening. The same people are in it, and those who were admins still are. The old group is archived with everything
 * in it; its bots answer nothing more. Other groups are not touched.
 *
 * @param ownerName who asks for it, an admin of the new playground
 * @example const { thread } = await resetPlayground(app, 'alice');
 */
export async function resetPlayground(context: Context, ownerName: string): Promise<Playground> {
  const { store } = context;
  const { thread, owner, participant } = await ensurePlayground(context, ownerName);
  if (!participant.admin) await store.participants.setAdmin(participant.id, true);
  const people = await store.participants.inThread(thread.id);
  await archiveThread(context, thread, owner);
  const playground = await openPlayground(context, ownerName);
  const others = people.filter(({ participant: { userId } }) => userId !== owner.id);
  const added = await addParticipants(context, {
    thread: playground.thread,
    user: owner,
    providers: others.map(({ participant: { userId: id } }) => ({ alias: 'user', id })),
  });
  const admins = new Set(
    others.filter((each) => each.participant.admin).map((each) => each.participant.userId),
  );
  for (const { id, userId } of added) if (admins.has(userId)) await store.participants.setAdmin(id, true);
  return playground;
}
