import type { ReadingApp } from '../app/open-for-reading.ts';
import { whileHostStarts } from '../app/while-host-starts.ts';
import type { Workspace } from '../config/workspace.ts';
import { printOutput, reportProblems } from './problems.ts';

/**
 * Opens a workspace for work that only reads, prints the problems of its files, does the work, and closes the workspace.
 *
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, and what the work throws
 */
export async function whileReading<Result>(
  workspace: Workspace,
  work: (app: ReadingApp) => Promise<Result>,
): Promise<Result> {
  const app = await whileHostStarts(workspace, async (hosts) => {
    const { openForReading } = await import('../app/open-for-reading.ts');
    return openForReading({ workspace, hosts, onOutput: printOutput });
  });
  try {
    reportProblems(app);
    return await work(app);
  } finally {
    await app.close();
  }
}
