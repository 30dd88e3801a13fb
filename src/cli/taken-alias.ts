import { createError } from '../base/errors.ts';
import { handlerFiles, type Workspace } from '../config/workspace.ts';
import { openHandlersOf } from './handlers.ts';

/**
 * Rejects a class whose alias the workspace already has, since the new one could not be registered.
 *
 * @throws WRONG_USE
 */
export async function assertAliasFree(
  workspace: Workspace,
  kind: 'handlers' | 'packages',
  { className, alias }: { className: string; alias: string },
): Promise<void> {
  if (handlerFiles(workspace).length === 0) return;
  const { catalogue, close } = await openHandlersOf(workspace);
  try {
    const present = kind === 'handlers' ? catalogue.own() : catalogue.registeredPackages();
    const taken = present.find((item) => item.alias === alias && item.class !== className);
    if (taken === undefined) return;
    const message = `The alias "${alias}" is taken by ${taken.class}, and an alias must be unique. Nothing was written; choose another class name.`;
    throw createError('WRONG_USE', message);
  } finally {
    await close();
  }
}
