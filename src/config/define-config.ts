import type { UserConfig } from './schema.ts';

/**
 * Adds types to a configuration and returns it unchanged.
 *
 * @example
 * // messenger.config.ts
 * export default defineConfig({ bots: { timeout: 10_000 } });
 */
export const defineConfig = (config: UserConfig): UserConfig => config;
