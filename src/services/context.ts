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
  /** Names and texts are answered as HTML. */
  escapeHtml: boolean;
  hosts: readonly string[];
  origins: readonly string[];
  auth?: Authenticate | undefined;
  /** Requests a minute; 0 for any number. */
  rateLimits: { api: number; message: number; attachment: number; assets: number };
  limits: HttpLimits;
}

/** How much may be under way at once. */
export interface HttpLimits {
  /** Kilobytes of a body without its file. */
  body: number;
  /** Headers of a request. */
  headers: number;
  /** Requests that one person has open; 0 for any number. */
  requests: number;
  /** Requests without a login that one address has open; 0 for any number. */
  guestRequests: number;
  /** Uploads of one person that are read side by side. */
  uploads: number;
  /** Connections of one address on which nothing is asked. */
  connections: number;
  /** Sockets of one person, and event streams besides. */
  sockets: number;
  /** Client events of one person in a second. */
  clientEvents: number;
  /** Seconds in which a body without a file must have come. */
  receive: number;
  /** Seconds after which a connection is closed whose client neither sends nor takes what it should. */
  idle: number;
}

/** The part of the configuration that use cases look at. */
export interface Settings {
  /** Whether messages trigger bots at all. */
  botsEnabled: boolean;
  /** Whether messages are handed to bots at all. */
  subscriberEnabled: boolean;
  /** Whether whoever sends goes on at once; if not, sending waits for the bots. */
  queued: boolean;
  knocksEnabled: boolean;
  /** Minutes between two knocks at a thread; 0 for none. */
  knockTimeout: number;
  invitesEnabled: boolean;
  /** How many invites a thread may have at once; 0 for any number. */
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
    /** Bots of a group. */
    bots: number;
    /** Actions of a bot. */
    actions: number;
    /** Kilobytes of the triggers and payloads of a group. */
    actionsSize: number;
    /** Kilobytes of the free data of a message. */
    extra: number;
  };
  callingEnabled: boolean;
  onlineStatus: boolean;
  /** Minutes. */
  onlineLifetime: number;
  uploadsEnabled: Record<UploadKind, boolean>;
  /** Kilobytes. */
  uploadLimits: Record<UploadKind, number>;
  /** Endings. */
  uploadTypes: Record<UploadKind, readonly string[]>;
  threadAvatars: boolean;
  botAvatars: boolean;
  /** Kilobytes. */
  avatarLimit: number;
  /** Endings. */
  avatarTypes: readonly string[];
  http: HttpSettings;
}

/** What every use case works with. */
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
