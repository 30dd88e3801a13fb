import { z } from 'zod';
import { type EventListeners, isEventName } from '../domain/event.ts';
import { scheduleProblem } from './schedule.ts';

const keyNames = z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of an environment variable');

/** A key that is empty or undefined is one that is not there. */
const withoutEmpty = (keys: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).flatMap(([name, key]) => (key ? [[name, key]] : [])));

/** How important a line of the log is, the least important first. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areListeners = (value: unknown): boolean =>
  isRecord(value) &&
  Object.entries(value).every(([name, listener]) => isEventName(name) && typeof listener === 'function');

/** Which listener is wrong, and why. */
function listenersProblem({ input }: { input?: unknown }): string {
  if (!isRecord(input)) return 'must be an object like { BotActionFailed: (event) => … }';
  const [wrong = ''] =
    Object.entries(input).find(([name, listener]) => !isEventName(name) || typeof listener !== 'function') ??
    [];
  return isEventName(wrong) ? `"${wrong}" must be a function` : `there is no event "${wrong}"`;
}

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
      /** What lets bots answer messages, as in the original. */
      subscriber: z
        .strictObject({
          /** Whether messages are handed to bots at all. */
          enabled: z.boolean().default(true),
          /** Whether the sender goes on at once; if not, `send` returns when the bots have answered. */
          queued: z.boolean().default(true),
          /** The name of the queue. */
          channel: z.string().min(1).max(100).default('messenger-bots'),
        })
        .prefault({}),
    })
    .prefault({}),
  queue: z
    .strictObject({
      /** Whether the daemon answers messages itself; if not, `messenger queue:work` does beside it. */
      inline: z.boolean().default(true),
      /** How long running handlers may go on when the daemon ends, in milliseconds. */
      grace: z.int().min(0).max(3_600_000).default(5_000),
    })
    .prefault({}),
  /** What is called when something happened, by the name of the event. */
  listeners: z.custom<EventListeners>(areListeners, { error: listenersProblem }).prefault({}),
  /** Which commands the daemon does by itself, and when: `{ 'purge:bots': '0 6 * * *' }`. */
  schedule: z
    .record(z.string(), z.string())
    .superRefine((entries, context) => {
      for (const [command, pattern] of Object.entries(entries)) {
        const message = scheduleProblem(command, pattern);
        if (message) context.addIssue({ code: 'custom', path: [command], message });
      }
    })
    .prefault({}),
  logs: z
    .strictObject({
      /** The least important lines that are kept. */
      level: z.enum(logLevels).default('info'),
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
