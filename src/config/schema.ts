import { z } from 'zod';
import { didYouMean } from '../base/nearest.ts';
import type { Authenticate } from '../domain/authenticate.ts';
import { allEventNames, type EventListeners, isEventName } from '../domain/event.ts';
import { type FileKind, fileKinds } from '../domain/file-kind.ts';
import { defaultActionLimits } from '../domain/limits.ts';
import { maxMessageLength } from '../domain/message.ts';
import { isFileAddress } from './database-file.ts';
import { scheduleProblem } from './schedule.ts';
import { defaultUploadLimits } from './upload-limits.ts';

const keyName = /^[A-Za-z_]\w*$/;
const keyNames = z.string().regex(keyName, 'must be the name of an environment variable');

/** Removes keys that are empty or undefined. */
const withoutEmpty = (keys: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).flatMap(([name, key]) => (key ? [[name, key]] : [])));

/** The log levels, lowest first. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areListeners = (value: unknown): boolean =>
  isRecord(value) &&
  Object.entries(value).every(([name, listener]) => isEventName(name) && typeof listener === 'function');

/** Says which listener is invalid and why. */
function listenersProblem({ input }: { input?: unknown }): string {
  if (!isRecord(input)) return 'must be an object like { BotActionFailed: (event) => … }';
  const [wrong = ''] =
    Object.entries(input).find(([name, listener]) => !isEventName(name) || typeof listener !== 'function') ??
    [];
  if (isEventName(wrong)) return `"${wrong}" must be a function`;
  const near = didYouMean(wrong, allEventNames);
  return `there is no event "${wrong}"${near && `.${near}`}`;
}

/** The allowed extensions of a kind. Content that is of no supported kind is rejected regardless. */
const endings = (kind: FileKind) =>
  z
    .array(z.string().regex(/^[a-z0-9]+$/, 'must be an ending like "png"'))
    .min(1)
    .default([...fileKinds[kind].extensions]);

/** The schema of a configuration, with all defaults. */
export const configSchema = z.strictObject({
  bots: z
    .strictObject({
      /** Whether messages trigger bots. `simulate` switches it on for itself. */
      enabled: z.boolean().default(false),
      /** How long a handler may run, in milliseconds; at most a day. */
      timeout: z.int().min(1).max(86_400_000).default(30_000),
      /** How much memory a handler may use, in megabytes. */
      memory: z.int().min(16).default(256),
      /** How many messages are answered in parallel, and so how many workers run handlers. */
      concurrency: z.int().min(1).max(64).default(8),
      /** Where handlers run: in threads, in processes if they are not trusted, or without isolation for a debugger. */
      isolation: z.enum(['thread', 'process', 'none']).default('thread'),
      /** The environment variables that handlers see besides `keys` and those they declare themselves. */
      environment: z.array(keyNames).default([]),
      /** Controls whether bots answer messages, as in the original. */
      subscriber: z
        .strictObject({
          /** Whether messages are passed to bots at all. */
          enabled: z.boolean().default(true),
          /** Whether the sender continues at once. If not, `send` returns after the bots have answered. */
          queued: z.boolean().default(true),
          /** The name of the queue. */
          channel: z.string().min(1).max(100).default('messenger-bots'),
        })
        .prefault({}),
    })
    .prefault({}),
  queue: z
    .strictObject({
      /** Whether the daemon answers messages itself. If not, run `messenger queue:work` next to it. */
      inline: z.boolean().default(true),
      /** How long running handlers may continue when the daemon stops, in milliseconds. */
      grace: z.int().min(0).max(3_600_000).default(5_000),
    })
    .prefault({}),
  /** Functions called on events, by event name. */
  listeners: z.custom<EventListeners>(areListeners, { error: listenersProblem }).prefault({}),
  /** The commands that the daemon runs by itself, and when: `{ 'purge:bots': '0 6 * * *' }`. */
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
      /** The lowest level that is logged. */
      level: z.enum(logLevels).default('info'),
    })
    .prefault({}),
  uploads: z
    .strictObject({
      /** The largest size of a file, in kilobytes. */
      limits: z
        .strictObject({
          image: z.int().min(1).default(defaultUploadLimits.image),
          document: z.int().min(1).default(defaultUploadLimits.document),
          audio: z.int().min(1).default(defaultUploadLimits.audio),
          video: z.int().min(1).default(defaultUploadLimits.video),
        })
        .prefault({}),
      /** Which kinds of files may be sent. */
      enabled: z
        .strictObject({
          image: z.boolean().default(true),
          document: z.boolean().default(true),
          audio: z.boolean().default(true),
          video: z.boolean().default(true),
        })
        .prefault({}),
      /** Which extensions each kind may have. */
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
      /** The largest size of an avatar of a bot or group, in kilobytes. */
      limit: z.int().min(1).default(5120),
      types: endings('image'),
      /** Whether groups may have avatars. */
      threads: z.boolean().default(true),
      /** Whether bots may have avatars. */
      bots: z.boolean().default(true),
    })
    .prefault({}),
  messages: z
    .strictObject({
      /** The longest text in characters; an emoji of one code point counts as one. */
      sizeLimit: z.int().min(1).default(maxMessageLength),
      /** Whether texts may be edited, and whether everyone may see the earlier versions. */
      edits: z.boolean().default(true),
      editHistory: z.boolean().default(true),
      /** Whether the system posts messages about what happens in a thread. */
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
      /** Calls are not supported; clients of the original use this to show or hide their buttons. */
      enabled: z.boolean().default(false),
    })
    .prefault({}),
  /** Limits on what people and authors may store. */
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
      /** Minutes of inactivity after which a person is offline. */
      lifetime: z.number().positive().default(4),
    })
    .prefault({}),
  knocks: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Minutes before the same thread can be knocked at again; 0 for no limit. */
      timeout: z.number().min(0).default(5),
    })
    .prefault({}),
  invites: z
    .strictObject({
      /** Whether invites to groups can be created. */
      enabled: z.boolean().default(true),
      /** How many invites a group may have at once; 0 for no limit. */
      threadMax: z.int().min(0).default(3),
    })
    .prefault({}),
  database: z
    .strictObject({
      /** The file, if not in .messenger: a path relative to the workspace, also with `file:` or `sqlite:`. */
      url: z
        .string()
        .min(1)
        .refine(isFileAddress, 'must be the path of a SQLite file; this release knows no other database')
        .optional(),
      /** How many milliseconds a write waits while another process has the database locked. */
      busyTimeout: z.int().min(0).max(600_000).default(10_000),
    })
    .prefault({}),
  http: z
    .strictObject({
      /** The address to listen on. By default only this machine can reach the server. */
      host: z.string().min(1).default('127.0.0.1'),
      /** The port to listen on. By default 4711 if it is free, otherwise any free port. */
      port: z.int().min(0).max(65_535).optional(),
      /** Returns names and texts as HTML, as the web UI of the original expects. */
      escapeHtml: z.boolean().default(false),
      /** Other host names by which the server is reached: `chat.example.com`. */
      hosts: z.array(z.string()).default([]),
      /** Other origins whose pages may use the API: `https://chat.example.com`. */
      origins: z.array(z.url()).default([]),
      /** Authenticates requests through another application. Tokens remain valid. */
      auth: z.custom<Authenticate>((value) => typeof value === 'function', 'must be a function').optional(),
      /** Requests per minute; 0 for no limit. */
      rateLimits: z
        .strictObject({
          /** All requests of a person. */
          api: z.int().min(0).default(1000),
          /** Messages of a person in a thread. */
          message: z.int().min(0).default(60),
          /** Files of a person in a thread. */
          attachment: z.int().min(0).default(15),
          /** Avatars, files and documentation, which need no login, per address. */
          assets: z.int().min(0).default(3000),
        })
        .prefault({}),
      /** Limits on concurrent work, so that no client can block the server for others. */
      limits: z
        .strictObject({
          /** Kilobytes of a body without its file, in any format. */
          body: z.int().min(1).default(1024),
          /** Headers of a request. */
          headers: z.int().min(10).max(1000).default(100),
          /** Open requests per person; 0 for no limit. */
          requests: z.int().min(0).default(100),
          /** Open requests without a login per address; 0 for no limit. */
          guestRequests: z.int().min(0).default(200),
          /** Uploads of one person that are read in parallel; the others wait. */
          uploads: z.int().min(1).default(4),
          /** Idle connections per address. Beyond this number the oldest is closed. */
          connections: z.int().min(1).default(500),
          /** Sockets per person. The same limit applies to event streams. */
          sockets: z.int().min(1).default(50),
          /** Client events per person and second, over all sockets. */
          clientEvents: z.int().min(1).default(10),
          /** Seconds in which a body without a file must arrive. */
          receive: z.int().min(1).max(3600).default(60),
          /**
           * Seconds after which a connection is closed if its client neither sends nor receives as it should.
           */
          idle: z.int().min(1).max(3600).default(30),
        })
        .prefault({}),
    })
    .prefault({}),
  /** The ready-made handlers and packages to register: all, or those whose classes are listed. */
  library: z
    .union(
      [z.boolean(), z.array(z.string())],
      'must be true, false, or a list of class names like ["RollBot"]',
    )
    .default(false),
  /** Keys of services, named like environment variables. The environment overrides them. */
  keys: z
    .record(z.string(), z.string().optional())
    .refine(
      (keys) => Object.keys(keys).every((name) => keyName.test(name)),
      'every name must be one of an environment variable',
    )
    .transform(withoutEmpty)
    .prefault({}),
});

/** The configuration with all defaults filled in. */
export type Config = z.output<typeof configSchema>;

/** The configuration as written: everything is optional. */
export interface UserConfig extends z.input<typeof configSchema> {}
