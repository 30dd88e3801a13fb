import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/schema.ts';
import { EventBus } from '../domain/event.ts';
import { SqliteQueue } from '../queue/sqlite-queue.ts';
import { RunningRuns } from '../services/answering/running-runs.ts';
import { ThreadTriggers } from '../services/answering/thread-triggers.ts';
import type { Context } from '../services/context.ts';
import { OutsideByThread } from '../services/outside/outside.ts';
import { Online } from '../services/users/presence.ts';
import type { Store } from '../store/store.ts';

/** Called with errors that no caller awaits. */
export type OnError = (error: unknown, where: string) => void;

/** How a queue differs from what the configuration says. */
export interface QueueOptions {
  /** Overrides `bots.subscriber.channel`. */
  channel?: string;
  /** Overrides `bots.concurrency` for the jobs that run in parallel. */
  concurrency?: number;
  /** Milliseconds that running jobs may take at the end. Overrides `queue.grace`. */
  grace?: number;
  /** Whether the process may end although the queue is open. */
  isUnreferenced?: boolean;
  onError?: OnError;
}

/** Opens the queue of a database. */
export function openQueue(
  { store, clock }: { store: Store; clock: Clock },
  { bots, queue }: Config,
  { channel, concurrency, grace, isUnreferenced, onError = () => {} }: QueueOptions,
): SqliteQueue {
  return new SqliteQueue(store, clock, {
    name: channel ?? bots.subscriber.channel,
    concurrency: concurrency ?? bots.concurrency,
    grace: grace ?? queue.grace,
    isUnreferenced,
    onFailure: (error, job) => onError(error, job?.kind ?? 'queue'),
  });
}

/** What has to be opened and closed. Everything else follows from it. */
type Opened = Pick<Context, 'settings' | 'store' | 'files' | 'queue' | 'clock' | 'sandbox' | 'catalogue'>;

/** Combines what was opened to the context of the use cases. */
export function compose(opened: Opened, onError: OnError = () => {}): Context {
  return {
    ...opened,
    events: new EventBus((error, name) => onError(error, `listener of ${name}`)),
    triggers: new ThreadTriggers(opened.store, opened.catalogue),
    online: new Online(opened),
    outside: new OutsideByThread(),
    running: new RunningRuns(),
  };
}
