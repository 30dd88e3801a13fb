import { type App, type AppOptions, openApp } from '../app.ts';
import { findWorkspace } from '../config/workspace.ts';
import { findDaemon } from '../daemon/info.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import { ensurePlayground } from '../services/bots/playground.ts';
import { groupNamed, userNamed } from '../services/users/people.ts';
import { printOutput, printProblem, reportProblems } from './problems.ts';
import type { TargetOptions } from './target-options.ts';

/** What such a command works with. */
export interface Target {
  app: App;
  thread: Thread;
  user: User;
}

/** The workspace, by default that of the current folder, and how to open it. */
type TargetOpening = Pick<AppOptions, 'onlyWhatIsThere'> & Partial<Pick<AppOptions, 'workspace'>>;

/**
 * Opens the workspace, does the work in the chosen group, and closes the workspace. Events are forwarded to a
 * running daemon.
 *
 * @param opening `onlyWhatIsThere` for commands that make no sense in an empty workspace
 */
export function inTarget<Result>(
  options: TargetOptions,
  work: (target: Target) => Promise<Result>,
  opening: TargetOpening = {},
): Promise<Result> {
  return inApp(opening, async (app) => work({ app, ...(await findTarget(app, options)) }));
}

/** Opens the workspace, does the work, and closes it. Events are forwarded to a running daemon. */
async function inApp<Result>(
  { workspace = findWorkspace(process.cwd()), ...opening }: TargetOpening,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  const reports = { onOutput: printOutput, onError: printProblem };
  const app = await openApp({ workspace, botsEnabled: true, ...reports, ...opening });
  const daemon = findDaemon(workspace);
  const relay = daemon && (await import('../daemon/relay.ts')).relayEvents(app.events, daemon);
  try {
    reportProblems(app);
    return await work(app);
  } finally {
    await relay?.close();
    await app.close();
  }
}

/** Anybody may join the playground. In another group, the person must already be a participant. */
async function findTarget(app: App, options: TargetOptions): Promise<{ thread: Thread; user: User }> {
  if (options.thread === undefined) {
    const { thread, owner } = await ensurePlayground(app, options.as);
    return { thread, user: owner };
  }
  return { thread: await groupNamed(app, options.thread), user: await userNamed(app, options.as) };
}
