import { setFlagsFromString } from 'node:v8';

/**
 * Lets this process keep less memory, for one that waits most of the time. What is new is collected more often, which
 * a window does not notice, instead of in up to 48 MB; and the heap grows in smaller steps. Call it before the modules of
 * the window are loaded: memory that was taken is not given back.
 */
export function saveMemory(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--optimize-for-size');
}
