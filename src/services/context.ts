import type { UploadKind } from '../authoring/requests.ts';
import type { Clock } from '../base/clock.ts';
import type { EventBus } from '../domain/event.ts';
import type { Queue } from '../queue/queue.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { FileStorage } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import type { HandlerCatalogue } from './handler-catalogue.ts';
import type { ThreadTriggers } from './thread-triggers.ts';

/** The part of the configuration that use cases look at. */
interface Settings {
  /** Whether messages trigger bots at all. */
  botsEnabled: boolean;
  /** Whether messages are handed to bots at all. */
  subscriberEnabled: boolean;
  /** Whether whoever sends goes on at once; if not, sending waits for the bots. */
  queued: boolean;
  /** Minutes between two knocks at a thread; 0 for none. */
  knockTimeout: number;
  invitesEnabled: boolean;
  /** How many invites a thread may have at once; 0 for any number. */
  invitesMax: number;
  /** Kilobytes. */
  uploadLimits: Record<UploadKind, number>;
  /** Kilobytes. */
  avatarLimit: number;
}

/** What every use case works with. */
export interface Services {
  settings: Settings;
  store: Store;
  files: FileStorage;
  queue: Queue;
  events: EventBus;
  clock: Clock;
  sandbox: Sandbox;
  catalogue: HandlerCatalogue;
  triggers: ThreadTriggers;
}
