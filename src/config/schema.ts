import { z } from 'zod';

const keyNames = z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of an environment variable');

/** A key that is empty or undefined is one that is not there. */
const withoutEmpty = (keys: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).flatMap(([name, key]) => (key ? [[name, key]] : [])));

/** The configuration of a workspace, with the default of everything that is left out. */
export const configSchema = z.strictObject({
  bots: z
    .strictObject({
      /** Whether messages trigger bots. `simulate` switches it on for itself. */
      enabled: z.boolean().default(false),
      /** How long a handler may take, in milliseconds; a day at most. */
      timeout: z.int().min(1).max(86_400_000).default(30_000),
      /** How much memory a handler may use, in megabytes. */
      memory: z.int().min(16).default(256),
      /** How many messages are answered side by side, and so how many threads run handlers. */
      concurrency: z.int().min(1).max(64).default(8),
      /** Where handlers run: in threads, or in processes for handlers that are not trusted. */
      isolation: z.enum(['thread', 'process']).default('thread'),
      /** The environment variables that handlers see beside `keys` and those they declare themselves. */
      environment: z.array(keyNames).default([]),
    })
    .prefault({}),
  uploads: z
    .strictObject({
      /** How large files may be, in kilobytes. */
      limits: z
        .strictObject({
          image: z.int().min(1).default(5120),
          document: z.int().min(1).default(10240),
          audio: z.int().min(1).default(10240),
          video: z.int().min(1).default(15360),
        })
        .prefault({}),
    })
    .prefault({}),
  avatars: z
    .strictObject({
      /** How large pictures of bots and groups may be, in kilobytes. */
      limit: z.int().min(1).default(5120),
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
  /** Which ready-made handlers and packages are registered: all, or those whose classes are named. */
  library: z.union([z.boolean(), z.array(z.string())]).default(false),
  /** Keys of services, by the names of environment variables. The environment stands over them. */
  keys: z.record(keyNames, z.string().optional()).transform(withoutEmpty).prefault({}),
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
