import { createError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Description } from '../../sandbox/protocol.ts';

/** Which ready-made classes are registered, and the file that says so. */
interface LibrarySettings {
  library: boolean | readonly string[];
  configFile: string;
}

/**
 * Checks the names of ready-made classes in the configuration.
 *
 * @throws CONFIG_INVALID when one does not exist
 */
export function assertKnownLibrary(
  { library: chosen, configFile }: LibrarySettings,
  { handlers, packages }: Description,
): void {
  const known = new Set([...handlers, ...packages].map((item) => item.class));
  const unknown = Array.isArray(chosen) ? chosen.filter((name) => !known.has(name)) : [];
  if (unknown.length === 0) return;
  const names = unknown
    .map((name) => `"${name}"${didYouMean(name, known).replace(/^ (.*)$/, ' ($1)')}`)
    .join(', ');
  const problem = `library has no ${names}; known are ${[...known].sort().join(', ')}`;
  throw createError('CONFIG_INVALID', configFile, problem);
}
