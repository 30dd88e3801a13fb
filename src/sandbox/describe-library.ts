import { setActionLimits } from '../authoring/action-limits.ts';
import type { ActionLimits } from '../domain/limits.ts';
import { describeModule, exportsOf } from './exported-classes.ts';
import { libraryName } from './library-name.ts';
import type { Description } from './protocol.ts';

/**
 * Describes the ready-made handlers and packages. They are our own code, so no worker is needed. It is built
 * as an entry of its own, because it must share the classes that the built library extends.
 *
 * @param folder the workspace's folder
 */
export async function describeLibrary(limits: ActionLimits, folder: string): Promise<Description> {
  setActionLimits(limits);
  const module = exportsOf(await import(libraryName));
  return describeModule(module, { file: libraryName, where: libraryName, folder });
}
