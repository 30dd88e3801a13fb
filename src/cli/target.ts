import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { type App, openApp } from '../app.ts';
import { findWorkspace } from '../config/workspace.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';

/** Options of every command that works in a group as somebody. */
export interface TargetOptions {
  thread?: string;
  as: string;
  json?: boolean;
}

/** What such a command works with. */
export interface Target {
  app: App;
  thread: Thread;
  user: User;
}

/** Adds `--thread`, `--as` and `--json` to a command. */
export const withTarget = (command: Command, printed: string): Command =>
  command
    .option('--thread <name>', 'name or id of the group; by default the playground')
    .option('--as <user>', 'who does it: somebody who may manage bots there', userInfo().username)
    .option('--json', `print ${printed} as JSON`);

/** Opens the workspace, does the work in the group that was named, and closes the workspace. */
export async function inTarget(
  options: TargetOptions,
  work: (target: Target) => Promise<void>,
): Promise<void> {
  const app = await openApp({ workspace: findWorkspace(process.cwd()), botsEnabled: true });
  try {
    const user = await app.ensureUser(options.as);
    const thread = options.thread
      ? await app.groupNamed(options.thread)
      : (await app.ensurePlayground(options.as)).thread;
    await work({ app, thread, user });
  } finally {
    await app.close();
  }
}
