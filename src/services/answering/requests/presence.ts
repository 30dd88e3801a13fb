import { asBotProvider } from '../../../domain/bot.ts';
import type { Events } from '../../../domain/event.ts';
import { botProfile } from '../../../domain/profile.ts';
import { type Answerer, actor, assertNotAborted, current, type OpenRun } from './active-run.ts';

/** Shows a temporary state of a provider: it is broadcast, not stored. */
async function show(
  active: OpenRun,
  { botId, silent }: { botId: string | null; silent: boolean },
  emit: (presence: Events['Typing']) => void,
): Promise<null> {
  const { store } = active.context;
  const bot = await actor(await current(active, store), botId, store);
  // Nothing may follow the end of the run, which shows that they stopped typing.
  assertNotAborted(active, 'typing');
  if (!silent) emit({ threadId: active.thread.id, from: asBotProvider(bot), profile: botProfile(bot) });
  return null;
}

export const typing: Answerer<'typing'> = (active, args) =>
  show(active, args, (presence) => {
    active.typing.set(presence.from.id, presence);
    active.context.events.emit('Typing', presence);
  });

export const stopTyping: Answerer<'stopTyping'> = (active, args) =>
  show(active, args, (presence) => {
    active.typing.delete(presence.from.id);
    active.context.events.emit('StoppedTyping', presence);
  });

export const read: Answerer<'read'> = (active, { messageId, ...args }) =>
  show(active, args, (presence) => active.context.events.emit('Read', { ...presence, messageId }));

export const sleep: Answerer<'sleep'> = async ({ context, signal }, { milliseconds }, _step, deadline) => {
  const { clock } = context;
  await (deadline ? deadline.sleep(clock, milliseconds, signal) : clock.sleep(milliseconds, signal));
  return null;
};
