import type { HandlersApp } from '../app/open-handlers.ts';
import { whileHostStarts } from '../app/while-host-starts.ts';
import type { Workspace } from '../config/workspace.ts';
import { reportWarnings } from './problems.ts';

/**
 * Opens only the handlers of a workspace, to check them.
 *
 * @throws CONFIG_INVALID
 */
export const openHandlersOf = (workspace: Workspace): Promise<HandlersApp> =>
  whileHostStarts(workspace, async (hosts) => {
    const { openHandlers } = await import('../app/open-handlers.ts');
    return openHandlers({ workspace, hosts });
  });

/**
 * Opens only the handlers of a workspace, does the work, and closes them.
 *
 * @throws CONFIG_INVALID
 */
export async function inHandlers<Result>(
  workspace: Workspace,
  work: (handlers: HandlersApp) => Promise<Result>,
): Promise<Result> {
  const handlers = await openHandlersOf(workspace);
  try {
    reportWarnings(handlers);
    return await work(handlers);
  } finally {
    await handlers.close();
  }
}
