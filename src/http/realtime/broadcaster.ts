import type { Context } from '../../services/context.ts';
import { createJsonWriter } from '../escape.ts';
import { type Audience, type Broadcast, personChannel, threadChannel } from './audience.ts';
import { BroadcastPresenter } from './broadcast-presenter.ts';
import { broadcasts, type Emit } from './broadcasts.ts';
import type { EventLines } from './event-lines.ts';
import type { Hub } from './hub.ts';

type BroadcasterContext = Pick<Context, 'store' | 'settings' | 'events'>;

/** Where broadcasts are sent. */
export interface Outlets {
  hub: Hub;
  eventLines: EventLines;
}

/**
 * Broadcasts events to clients, in order within each thread. What an event lacks is read after it, once for
 * all clients, and the next event of the thread waits until then.
 */
export class Broadcaster {
  readonly #context: BroadcasterContext;
  readonly #outlets: Outlets;
  readonly #report: (error: unknown) => void;
  readonly #presenter: BroadcastPresenter;
  readonly #stops: Array<() => void>;
  /** The last pending broadcast of each thread that has one. */
  readonly #turns = new Map<string, Promise<void>>();
  /** Threads that were archived since the start. */
  readonly #archived = new Set<string>();

  /** @param report receives what could not be broadcast */
  constructor(context: BroadcasterContext, outlets: Outlets, report: (error: unknown) => void) {
    this.#context = context;
    this.#outlets = outlets;
    this.#report = report;
    this.#presenter = new BroadcastPresenter(context);
    this.#stops = [...broadcasts.map((listen) => listen(context.events, this.#emit)), ...this.#dropping()];
  }

  /** Stops listening. Resolves once pending broadcasts have been sent. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    await Promise.all(this.#turns.values());
  }

  readonly #emit: Emit = (threadId, make) => {
    const { hub, eventLines } = this.#outlets;
    // An event that another process stored just before the thread was archived may arrive just after.
    if (this.#archived.has(threadId) || (hub.size === 0 && !eventLines.hasReaders)) return;
    const turn = (this.#turns.get(threadId) ?? Promise.resolve())
      .then(async () => this.#send(threadId, await make(this.#presenter)))
      .catch(this.#report)
      .finally(() => {
        if (this.#turns.get(threadId) === turn) this.#turns.delete(threadId);
      });
    this.#turns.set(threadId, turn);
  };

  async #send(threadId: string, made: readonly Broadcast[]): Promise<void> {
    const { hub, eventLines } = this.#outlets;
    for (const { audience, event, data } of made) {
      const channels = await this.#channels(threadId, audience);
      if (!hub.hasListeners(channels) && !eventLines.hasReaders) continue;
      const json = createJsonWriter(this.#context.settings().http)(data);
      hub.publish(channels, event, json);
      eventLines.publish(threadId, { audience, event, json });
    }
  }

  async #channels(threadId: string, audience: Audience): Promise<string[]> {
    if (audience.to === 'presence') return [threadChannel(threadId)];
    if (audience.to === 'people') return audience.userIds.map(personChannel);
    const listeners = await this.#context.store.conversations.listeners(threadId);
    const isMeant = (userId: string) =>
      audience.to === 'all' ? userId !== audience.but : audience.userIds.includes(userId);
    return listeners.filter(isMeant).map(personChannel);
  }

  /** Disconnects people from a thread as soon as they are no longer in it. */
  #dropping(): Array<() => void> {
    const { events } = this.#context;
    const drop = ({ id }: { id: string }, userId?: string) => {
      this.#outlets.hub.expel(threadChannel(id), userId);
      this.#outlets.eventLines.end(id, userId);
    };
    return [
      events.on('ThreadLeft', ({ thread, participant }) => drop(thread, participant.userId)),
      events.on('RemovedFromThread', ({ thread, participant }) => drop(thread, participant.userId)),
      events.on('ThreadArchived', ({ thread }) => {
        this.#archived.add(thread.id);
        drop(thread);
      }),
    ];
  }
}
