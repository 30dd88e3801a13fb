import type { UploadKind } from '../authoring/request-arguments.ts';
import type { Clock } from '../base/clock.ts';
import type { Authenticate } from '../domain/authenticate.ts';
import type { EventBus } from '../domain/event.ts';
import type { Queue } from '../queue/queue.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { FileStorage } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import type { ThreadTriggers } from './answering/thread-triggers.ts';
import type { HandlerCatalogue } from './handlers/handler-catalogue.ts';
import type { Online } from './users/presence.ts';

/** How the HTTP API is reached. */
export interface HttpSettings {
  host: string;
  port: number;
  /** Whether names and texts are returned as escaped HTML. */
  escapeHtml: boolean;
  hosts: readonly string[];
  origins: readonly string[];
  auth?: Authenticate | undefined;
  /** Requests a minute; 0 means no limit. */
  rateLimits: { api: number; message: number; attachment: number; assets: number };
  limits: HttpLimits;
}

/** Limits on what is open or in progress at the same time. */
export interface HttpLimits {
  /** Kilobytes of a request body without its file. */
  body: number;
  /** Number of headers of a request. */
  headers: number;
  /** Open requests of one person; 0 means no limit. */
  requests: number;
  /** Open requests of one address without a login; 0 means no limit. */
  guestRequests: number;
  /** Uploads of one person that are read in parallel. */
  uploads: number;
  /** Idle connections of one address. */
  connections: number;
  /** Sockets of one person. Event streams are counted separately. */
  sockets: number;
  /** Client events of one person per second. */
  clientEvents: number;
  /** Seconds within which a body without a file must arrive. */
  receive: number;
  /** Seconds after which a connection is closed when its client stalls, whether sending or receiving. */
  idle: number;
}

/** The part of the configuration that use cases read. */
export interface Settings {
  /** Whether messages trigger bots. */
  botsEnabled: boolean;
  /** Whether messages are passed to bots. */
  subscriberEnabled: boolean;
  /** Whether sending returns at once. If not, it waits for the bots. */
  queued: boolean;
  knocksEnabled: boolean;
  /** Minutes between two knocks at a thread; 0 for no limit. */
  knockTimeout: number;
  invitesEnabled: boolean;
  /** How many invites a thread may have at the same time; 0 for no limit. */
  invitesMax: number;
  /** Characters of a text. */
  messageLimit: number;
  editsEnabled: boolean;
  editHistory: boolean;
  systemMessages: boolean;
  reactionsEnabled: boolean;
  /** How many different reactions a message may have. */
  reactionsMax: number;
  limits: {
    /** Bots in a group. */
    bots: number;
    /** Actions of a bot. */
    actions: number;
    /** Kilobytes of all triggers and payloads in a group. */
    actionsSize: number;
    /** Kilobytes of a message's extra data. */
    extra: number;
  };
  callingEnabled: boolean;
  onlineStatus: boolean;
  /** Minutes. */
  onlineLifetime: number;
  uploadsEnabled: Record<UploadKind, boolean>;
  /** Kilobytes. */
  uploadLimits: Record<UploadKind, number>;
  /** File extensions. */
  uploadTypes: Record<UploadKind, readonly string[]>;
  threadAvatars: boolean;
  botAvatars: boolean;
  /** Kilobytes. */
  avatarLimit: number;
  /** File extensions. */
  avatarTypes: readonly string[];
  http: HttpSettings;
}

/** What every use case needs. */
export interface Context {
  settings: Settings;
  store: Store;
  files: FileStorage;
  queue: Queue;
  events: EventBus;
  clock: Clock;
  sandbox: Sandbox;
  catalogue: HandlerCatalogue;
  triggers: ThreadTriggers;
  online: Online;
}
