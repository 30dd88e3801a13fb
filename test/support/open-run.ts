import type { Message } from '../../src/domain/message.ts';
import type { OpenRun } from '../../src/services/answering/requests/active-run.ts';
import { liveAction } from '../../src/services/answering/thread-triggers.ts';
import { aRun } from './records.ts';
import type { TestGroup } from './test-group.ts';

/** A run of the group's first action that answers a message. Nothing of it is stored. */
export async function openRun({ app, thread }: TestGroup, message: Message): Promise<OpenRun> {
  const [first] = await app.store.bots.inThread(thread.id);
  const [action] = first?.actions ?? [];
  await app.catalogue.whenLoaded();
  const live = first && action && liveAction(app.catalogue, first.bot, action);
  if (live === undefined) throw new Error('The group has no action that could run.');
  const end = new AbortController();
  const run = aRun({ messageId: message.id, actionId: live.action.id, botId: live.bot.id });
  const { signal } = end;
  return {
    context: app,
    thread,
    live,
    message,
    run,
    signal,
    end,
    isAgain: false,
    begun: new Set(),
    storing: new Set(),
    typing: new Map(),
  };
}
