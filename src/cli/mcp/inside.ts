import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { createError } from '../../base/errors.ts';
import type { Workspace } from '../../config/workspace.ts';

/**
 * The absolute path of a file of a workspace. Links are followed, because they may lead out of it. The file need not
 * exist.
 *
 * @param name path relative to the workspace
 * @throws OUTSIDE_WORKSPACE
 */
export function assertInside({ folder }: Pick<Workspace, 'folder'>, name: string): string {
  const root = realpathSync(folder);
  const file = path.resolve(root, name);
  if (name.includes('\0') || !isBelow(root, file) || !isBelow(root, realPath(file)))
    throw createError('OUTSIDE_WORKSPACE', name);
  return file;
}

const isBelow = (root: string, file: string): boolean =>
  `${file}${path.sep}`.startsWith(`${root}${path.sep}`);

/** The path with all links followed, also where its end does not exist yet. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // A file would be created where a broken link leads.
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return path.parse(file).root;
    return path.join(realPath(path.dirname(file)), path.basename(file));
  }
}
