import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds in which killed processes end, together with those that they started. */
const patience = 10_000;

/** Removes a folder in which processes that are just ending may still write. */
export async function removeFolder(folder: string): Promise<void> {
  for (const begun = performance.now(); ; await pause(20)) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (performance.now() - begun > patience) throw error;
    }
  }
}
