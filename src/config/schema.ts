import { z } from 'zod';

/** The configuration of a workspace, with the default of everything that is left out. */
export const configSchema = z.strictObject({
  bots: z
    .strictObject({
      /** Whether messages trigger bots. `simulate` switches it on for itself. */
      enabled: z.boolean().default(false),
      /** How long a handler may take, in milliseconds. */
      timeout: z.int().min(1).default(30_000),
      /** How much memory a handler may use, in megabytes. */
      memory: z.int().min(16).default(256),
      /** How many messages are answered side by side, and so how many threads run handlers. */
      concurrency: z.int().min(1).max(64).default(8),
    })
    .prefault({}),
  knocks: z
    .strictObject({
      /** Minutes before a thread can be knocked at again; 0 for none. */
      timeout: z.number().min(0).default(5),
    })
    .prefault({}),
  invites: z
    .strictObject({
      /** Whether invites to groups can be made at all. */
      enabled: z.boolean().default(true),
      /** How many invites a group may have at once; 0 for any number. */
      threadMax: z.int().min(0).default(3),
    })
    .prefault({}),
});

/** The configuration with everything filled in. */
export type Config = z.output<typeof configSchema>;

/** The configuration as it is written: everything may be left out. */
export type UserConfig = z.input<typeof configSchema>;

/**
 * Types a configuration; gives it back as it is.
 *
 * @example
 * // messenger.config.ts
 * export default defineConfig({ bots: { timeout: 10_000 } });
 */
export const defineConfig = (config: UserConfig): UserConfig => config;
