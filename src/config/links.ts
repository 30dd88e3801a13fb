import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** How often links are checked, in milliseconds. */
const checkInterval = 1_000;

/** Resolves a path through all links; undefined if it does not exist. */
function targetOf(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

/**
 * Watches for links that change their target. The system reports changes inside a folder, but not that a link
 * on the path to it was changed, as deploys do with `current → releases/2`.
 *
 * @param paths called at every check; returns what may have become a link. Known links are checked in any case.
 * @param onRetarget receives the links whose target changed
 */
export function watchLinks(
  paths: () => Iterable<string>,
  onRetarget: (links: string[]) => void,
): { close(): void } {
  const known = new Map<string, string | undefined>();
  const check = () => {
    const retargeted = [...known].filter(([file, target]) => targetOf(file) !== target).map(([file]) => file);
    const found = [...paths()].filter((file) => !known.has(file) && isLink(file));
    for (const file of [...retargeted, ...found]) known.set(file, targetOf(file));
    if (retargeted.length > 0) onRetarget(retargeted);
  };
  check();
  const timer = setInterval(check, checkInterval);
  return { close: () => clearInterval(timer) };
}

/** The watched files below a folder, from a watcher's names by folder. */
export const filesBelow = (watched: Readonly<Record<string, string[]>>, folder: string): string[] =>
  Object.entries(watched)
    .flatMap(([parent, names]) => names.map((name) => path.join(parent, name)))
    .filter((file) => file.startsWith(`${folder}${path.sep}`));
