import type { HandlersApp } from '../app/open-handlers.ts';
import { whileHostStarts } from '../app/while-host-starts.ts';
import type { Workspace } from '../config/workspace.ts';

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
