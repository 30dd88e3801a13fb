import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** How often is looked where links lead, in milliseconds. */
const lookEvery = 400;

/** Where a path leads in the end; undefined where that is nowhere. */
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
 * Looks whether links lead somewhere else than before. The system tells of what is saved in a folder, but not that a
 * link on the way to it was turned: `current → releases/2`, as deploys do it.
 *
 * @param paths asked at every look; those that are no links, and never were, cost next to nothing
 * @param onTurned told the links that lead elsewhere now
 */
export function watchLinks(
  paths: () => Iterable<string>,
  onTurned: (links: string[]) => void,
): { close(): void } {
  const known = new Map<string, string | undefined>();
  const look = () => {
    const turned: string[] = [];
    for (const file of paths()) {
      if (!known.has(file) && !isLink(file)) continue;
      const target = targetOf(file);
      if (known.has(file) && known.get(file) !== target) turned.push(file);
      known.set(file, target);
    }
    if (turned.length > 0) onTurned(turned);
  };
  look();
  const timer = setInterval(look, lookEvery);
  return { close: () => clearInterval(timer) };
}

/** The files below a path of those that a watcher knows by their folders. */
export const filesBelow = (watched: Readonly<Record<string, string[]>>, folder: string): string[] =>
  Object.entries(watched)
    .flatMap(([parent, names]) => names.map((name) => path.join(parent, name)))
    .filter((file) => file.startsWith(`${folder}${path.sep}`));
