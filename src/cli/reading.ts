import type { ReadingApp } from '../app/open-for-reading.ts';
import { whileHostStarts } from '../app/while-host-starts.ts';
import type { Workspace } from '../config/workspace.ts';
import { printOutput, reportProblems } from './problems.ts';

/**
 * Opens a workspace for work that only reads, prints the problems of its files, does the work, and closes the workspace.
 *
 * @param report prints the problems; by default those of all files
 * @throws CONFIG_INVALID, DATABASE_UNUSABLE, and what the work throws
 */
export async function whileReading<Result>(
  workspace: Workspace,
  work: (app: ReadingApp) => Promise<Result>,
  report: (app: ReadingApp) => void = reportProblems,
): Promise<Result> {
  const app = await whileHostStarts(workspace, async (hosts) => {
    const { openForReading } = await import('../app/open-for-reading.ts');
    return openForReading({ workspace, hosts, onOutput: printOutput });
  });
  try {
    report(app);
    return await work(app);
  } finally {
    await app.close();
  }
}
