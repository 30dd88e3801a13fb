import path from 'node:path';
import { createError } from '../base/errors.ts';
import { variableOf } from './environment.ts';
import type { Config } from './schema.ts';
import { configFile, type Workspace } from './workspace.ts';

/**
 * Checks that no handler would run inside a process that must not be stopped by it.
 *
 * @throws CONFIG_INVALID
 */
export function requireIsolation(workspace: Workspace, { bots }: Config): void {
  if (bots.isolation !== 'none') return;
  const variable = variableOf('bots.isolation', process.env);
  const file = variable ?? path.basename(configFile(workspace) ?? 'messenger.config.ts');
  throw createError(
    'CONFIG_INVALID',
    file,
    "bots.isolation is 'none', so one handler that loops or crashes would stop everything. That is for debugging with " +
      "messenger simulate; here it must be 'thread' or 'process'",
  );
}
