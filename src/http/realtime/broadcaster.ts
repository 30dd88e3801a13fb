import type { Context } from '../../services/context.ts';
import { createJsonWriter } from '../escape.ts';
import { type Audience, type Broadcast, personChannel, threadChannel } from './audience.ts';
import { BroadcastPresenter } from './broadcast-presenter.ts';
import { broadcasts, type Emit } from './broadcasts.ts';
import type { EventLines } from './event-lines.ts';
import type { Hub } from './hub.ts';

type BroadcasterContext = Pick<Context, 'store' | 'settings' | 'events'>;

/** Where broadcasts go to. */
export interface Outlets {
  hub: Hub;
  feed: EventLines;
}

/**
 * Tells clients what happens, thread by thread in the order in which it happened: what an event carries is looked
 * up after it, and the next one of the thread waits for that.
 */
export class Broadcaster {
  readonly #context: BroadcasterContext;
  readonly #outlets: Outlets;
  readonly #report: (error: unknown) => void;
  readonly #presenter: BroadcastPresenter;
  readonly #stops: Array<() => void>;
  /** The last broadcast of each thread that has one under way. */
  readonly #turns = new Map<string, Promise<void>>();
  /** Threads that were archived since the start. */
  readonly #archived = new Set<string>();

  /** @param report is told of what could not be broadcast */
  constructor(context: BroadcasterContext, outlets: Outlets, report: (error: unknown) => void) {
    this.#context = context;
    this.#outlets = outlets;
    this.#report = report;
    this.#presenter = new BroadcastPresenter(context);
    this.#stops = [...broadcasts.map((listen) => listen(context.events, this.#tell)), ...this.#dropping()];
  }

  /** Listens no more; resolves once what is under way was told. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    await Promise.all(this.#turns.values());
  }

  readonly #tell: Emit = (threadId, make) => {
    const { hub, feed } = this.#outlets;
    // What another process stored just before it was archived may be told here just after.
    if (this.#archived.has(threadId) || (hub.size === 0 && !feed.isHeard)) return;
    const turn = (this.#turns.get(threadId) ?? Promise.resolve())
      .then(async () => this.#send(threadId, await make(this.#presenter)))
      .catch(this.#report)
      .finally(() => {
        if (this.#turns.get(threadId) === turn) this.#turns.delete(threadId);
      });
    this.#turns.set(threadId, turn);
  };

  async #send(threadId: string, made: readonly Broadcast[]): Promise<void> {
    for (const one of made) {
      const broadcast = { ...one, data: this.#written(one.data) };
      const channels = await this.#channels(threadId, broadcast.audience);
      this.#outlets.hub.publish(channels, broadcast.event, broadcast.data);
      this.#outlets.feed.publish(threadId, broadcast);
    }
  }

  /** Data as it is answered too; it is encoded later, for each way of telling it. */
  #written(data: unknown): unknown {
    const { http } = this.#context.settings;
    return http.escapeHtml ? JSON.parse(createJsonWriter(http)(data)) : data;
  }

  async #channels(threadId: string, audience: Audience): Promise<string[]> {
    if (audience.to === 'presence') return [threadChannel(threadId)];
    if (audience.to === 'people') return audience.userIds.map(personChannel);
    const listeners = await this.#context.store.conversations.listeners(threadId);
    const isMeant = (userId: string) =>
      audience.to === 'all' ? userId !== audience.but : audience.userIds.includes(userId);
    return listeners.filter(isMeant).map(personChannel);
  }

  /** Whoever is no longer in a thread sees nothing of it from that moment on. */
  #dropping(): Array<() => void> {
    const { events } = this.#context;
    const drop = ({ id }: { id: string }, userId?: string) => {
      this.#outlets.hub.expel(threadChannel(id), userId);
      this.#outlets.feed.end(id, userId);
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
