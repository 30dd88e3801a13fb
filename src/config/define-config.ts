import type { UserConfig } from './schema.ts';

/**
 * Types a configuration; gives it back as it is.
 *
 * @example
 * // messenger.config.ts
 * export default defineConfig({ bots: { timeout: 10_000 } });
 */
export const defineConfig = (config: UserConfig): UserConfig => config;
