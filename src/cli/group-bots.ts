import type { ReadingApp } from '../app/open-for-reading.ts';
import type { Workspace } from '../config/workspace.ts';
import { playgroundName } from '../domain/thread.ts';
import { type ListedBot, listBots, listPlaygroundBots } from '../services/bots/bot-lists.ts';
import { groupNamed, userNamed } from '../services/users/people.ts';
import { whileReading } from './reading.ts';
import type { TargetOptions } from './target-options.ts';

/** The bots of a group, as a person sees them. */
interface GroupBots {
  /** The name of the group. */
  group: string;
  bots: ListedBot[];
}

/**
 * Lists the bots of a group with their actions. Read-only: creates no database, no playground and no participant.
 *
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, NOT_FOUND, NOT_PERMITTED
 */
export const botsOfGroup = (workspace: Workspace, options: TargetOptions): Promise<GroupBots> =>
  whileReading(workspace, (app) => listOf(app, options));

async function listOf(app: ReadingApp, { thread, as }: TargetOptions): Promise<GroupBots> {
  if (thread === undefined) return { group: playgroundName, bots: await listPlaygroundBots(app, as) };
  const found = await groupNamed(app, thread);
  return { group: found.subject ?? '', bots: await listBots(app, found, await userNamed(app, as)) };
}
