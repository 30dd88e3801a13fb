/**
 * Adds the matchers of the test kit to vitest, with their types.
 *
 * @example import 'messenger-bots/testing/vitest';
 */
import { expect } from 'vitest';
import { type ChatMatchers, matchers } from './matchers.ts';

declare module 'vitest' {
  // Merged with vitest's own, which has these parameters.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  interface Matchers<T = any> extends ChatMatchers {}
}

expect.extend(matchers);
