import { z } from 'zod';
import { didYouMean } from '../base/nearest.ts';
import type { Authenticate } from '../domain/authenticate.ts';
import { allEventNames, type EventListeners, isEventName } from '../domain/event.ts';
import { type FileKind, fileKinds } from '../domain/file-kind.ts';
import { defaultActionLimits } from '../domain/limits.ts';
import { maxMessageLength } from '../domain/message.ts';
import { isFileAddress } from './database-file.ts';
import { scheduleProblem } from './schedule.ts';

const keyName = /^[A-Za-z_]\w*$/;
const keyNames = z.string().regex(keyName, 'must be the name of an environment variable');

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
  if (isEventName(wrong)) return `"${wrong}" must be a function`;
  const near = didYouMean(wrong, allEventNames);
  return `there is no event "${wrong}"${near && `.${near}`}`;
}

/** The endings that files of a kind may have. What content shows itself to be none of the product's kinds is refused. */
const endings = (kind: FileKind) =>
  z
    .array(z.string().regex(/^[a-z0-9]+$/, 'must be an ending like "png"'))
    .min(1)
    .default([...fileKinds[kind].extensions]);

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
      /** Which kinds of files may be sent at all. */
      enabled: z
        .strictObject({
          image: z.boolean().default(true),
          document: z.boolean().default(true),
          audio: z.boolean().default(true),
          video: z.boolean().default(true),
        })
        .prefault({}),
      /** Which endings each kind may have. */
      types: z
        .strictObject({
          image: endings('image'),
          document: endings('document'),
          audio: endings('audio'),
          video: endings('video'),
        })
        .prefault({}),
    })
    .prefault({}),
  avatars: z
    .strictObject({
      /** How large pictures of bots and groups may be, in kilobytes. */
      limit: z.int().min(1).default(5120),
      types: endings('image'),
      /** Whether groups may have pictures. */
      threads: z.boolean().default(true),
      /** Whether bots may be given pictures. */
      bots: z.boolean().default(true),
    })
    .prefault({}),
  messages: z
    .strictObject({
      /** How many characters a text may have; an emoji of one code point is one. */
      sizeLimit: z.int().min(1).default(maxMessageLength),
      /** Whether texts may be edited, and whether everybody may see what they were. */
      edits: z.boolean().default(true),
      editHistory: z.boolean().default(true),
      /** Whether the system writes into threads what happens in them. */
      system: z.boolean().default(true),
    })
    .prefault({}),
  reactions: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** How many different reactions a message may have. */
      maxUnique: z.int().min(1).default(10),
    })
    .prefault({}),
  calling: z
    .strictObject({
      /** There are no calls here; clients of the original only learn whether to show their buttons. */
      enabled: z.boolean().default(false),
    })
    .prefault({}),
  /** The most that is stored of what people and authors give. */
  limits: z
    .strictObject({
      /** Bots of a group. */
      bots: z.int().min(1).default(500),
      /** Actions of a bot. */
      actions: z.int().min(1).default(200),
      /** Triggers and payloads of all actions of a group together, in kilobytes. */
      actionsSize: z.int().min(1).default(512),
      /** Triggers of an action. */
      triggers: z.int().min(1).default(defaultActionLimits.triggers),
      /** Characters of a trigger. */
      triggerLength: z.int().min(1).default(defaultActionLimits.triggerLength),
      /** The payload of an action as JSON, in kilobytes. */
      payload: z.int().min(1).default(defaultActionLimits.payload),
      /** Characters of a text in a payload. */
      payloadText: z.int().min(1).default(defaultActionLimits.payloadText),
      /** The `extra` of a message as JSON, in kilobytes. */
      extra: z.int().min(1).default(64),
    })
    .prefault({}),
  onlineStatus: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Minutes after which somebody who has not been heard of is offline. */
      lifetime: z.number().positive().default(4),
    })
    .prefault({}),
  knocks: z
    .strictObject({
      enabled: z.boolean().default(true),
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
  database: z
    .strictObject({
      /** Where it is, when not in .messenger: a path from the workspace, also behind `file:` or `sqlite:`. */
      url: z
        .string()
        .min(1)
        .refine(isFileAddress, 'must be the path of a SQLite file; this release knows no other database')
        .optional(),
      /** Milliseconds that a write waits while another process keeps the database locked. */
      busyTimeout: z.int().min(0).max(600_000).default(10_000),
    })
    .prefault({}),
  http: z
    .strictObject({
      /** Who can reach the server: by default only this machine. */
      host: z.string().min(1).default('127.0.0.1'),
      /** Where it listens; left out: 4711 if that is free, else any other. */
      port: z.int().min(0).max(65_535).optional(),
      /** Answers names and texts as HTML, as the web UI of the original expects them. */
      escapeHtml: z.boolean().default(false),
      /** The names, besides its own, under which the server is reached: `chat.example.com`. */
      hosts: z.array(z.string()).default([]),
      /** The other sites whose pages may use the API: `https://chat.example.com`. */
      origins: z.array(z.url()).default([]),
      /** Asks another application who sends a request; tokens are good besides. */
      auth: z.custom<Authenticate>((value) => typeof value === 'function', 'must be a function').optional(),
      /** How many requests a minute; 0 for any number. */
      rateLimits: z
        .strictObject({
          /** Of everything together, for each person. */
          api: z.int().min(0).default(1000),
          /** Of messages, for each person in each thread. */
          message: z.int().min(0).default(60),
          /** Of files, for each person in each thread. */
          attachment: z.int().min(0).default(15),
          /** Of pictures, files and the documentation, which need no login, for each address. */
          assets: z.int().min(0).default(3000),
        })
        .prefault({}),
      /** How much may be under way at once, so that nobody keeps the server from others. */
      limits: z
        .strictObject({
          /** Kilobytes of a body without its file, whatever its form. */
          body: z.int().min(1).default(1024),
          /** Headers of a request. */
          headers: z.int().min(10).max(1000).default(100),
          /** Requests that one person has open; 0 for any number. */
          requests: z.int().min(0).default(100),
          /** Requests without a login that one address has open; 0 for any number. */
          guestRequests: z.int().min(0).default(200),
          /** Uploads of one person that are read side by side; the others wait. */
          uploads: z.int().min(1).default(4),
          /** Connections of one address on which nothing is asked. Beyond them the oldest is closed. */
          connections: z.int().min(1).default(500),
          /** Sockets of one person, and event streams besides. */
          sockets: z.int().min(1).default(50),
          /** Client events of one person in a second, over all sockets. */
          clientEvents: z.int().min(1).default(10),
          /** Seconds in which a body without a file must have come. */
          receive: z.int().min(1).max(3600).default(60),
          /** Seconds after which a connection is closed whose client neither sends nor takes what it should. */
          idle: z.int().min(1).max(3600).default(30),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Which ready-made handlers and packages are registered: all, or those whose classes are named. */
  library: z
    .union(
      [z.boolean(), z.array(z.string())],
      'must be true, false, or a list of class names like ["RollBot"]',
    )
    .default(false),
  /** Keys of services, by the names of environment variables. The environment stands over them. */
  keys: z
    .record(z.string(), z.string().optional())
    .refine(
      (keys) => Object.keys(keys).every((name) => keyName.test(name)),
      'every name must be one of an environment variable',
    )
    .transform(withoutEmpty)
    .prefault({}),
});

/** The configuration with everything filled in. */
export type Config = z.output<typeof configSchema>;

/** The configuration as it is written: everything may be left out. */
export interface UserConfig extends z.input<typeof configSchema> {}
