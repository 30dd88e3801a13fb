import type { Clock } from '../base/clock.ts';
import type { Settings } from '../config/settings.ts';
import type { EventBus } from '../domain/event.ts';
import type { Queue } from '../queue/queue.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { FileStorage } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import type { RunningRuns } from './answering/running-runs.ts';
import type { ThreadTriggers } from './answering/thread-triggers.ts';
import type { HandlerCatalogue } from './handlers/handler-catalogue.ts';
import type { OutsideByThread } from './outside/outside.ts';
import type { Online } from './users/presence.ts';

/** What every use case needs. */
export interface Context {
  /** The current settings, which a saved configuration replaces as a whole. Ask at the moment of use. */
  settings: () => Settings;
  store: Store;
  files: FileStorage;
  queue: Queue;
  events: EventBus;
  clock: Clock;
  sandbox: Sandbox;
  catalogue: HandlerCatalogue;
  triggers: ThreadTriggers;
  online: Online;
  outside: OutsideByThread;
  running: RunningRuns;
}
