import { Host } from './host.ts';
import type { SpawnWorker, TransportListener, TransportOptions, WorkerTransport } from './transport.ts';

/** How many retired hosts may finish their work. Beyond that the oldest is killed. */
const maxBlocked = 4;

type HostOptions = Pick<TransportOptions, 'messageLimit' | 'environment' | 'isUnreferenced'>;

/** Keeps one host for new workers, and the retired ones until they have finished. */
export class Hosts {
  #current: Host | undefined;
  /** The options of the last worker, or of the host that was started before it. */
  #options: HostOptions | undefined;
  readonly #all = new Set<Host>();
  #isClosed = false;

  /** Starts the shared host before its first worker needs it. */
  prepare(options: HostOptions): void {
    this.#options = options;
    this.#current ??= this.#start(options);
  }

  /** Starts a worker in the shared host. */
  readonly spawn: SpawnWorker = (options, listener) => {
    const isOther = this.#options && this.#options.messageLimit !== options.messageLimit;
    this.#options = options;
    if (isOther) this.#current?.retire();
    this.#current ??= this.#start(options);
    return this.#current.spawn(options, listener);
  };

  /** Starts a worker in a host of its own, which ends with it. */
  readonly spawnAlone: SpawnWorker = (
    options: TransportOptions,
    listener: TransportListener,
  ): WorkerTransport => {
    const host = this.#start(options);
    const transport = host.spawn(options, listener);
    return { ...transport, isUsable: false, isHeldUp: false, isAlone: true, end: () => host.kill() };
  };

  /** Kills all hosts, whatever they are doing. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#all].map((host) => host.kill()));
  }

  #start({ messageLimit, environment, isUnreferenced }: HostOptions): Host {
    const host: Host = new Host({
      messageLimit,
      environment,
      isUnreferenced,
      onBlocked: () => this.#replace(host),
      onGone: () => {
        this.#all.delete(host);
        this.#replace(host);
      },
    });
    this.#all.add(host);
    return host;
  }

  /** Starts the next host before it is needed. */
  #replace(host: Host): void {
    if (host !== this.#current) return;
    const isWanted = !this.#isClosed && host.hasWorked;
    this.#current = isWanted && this.#options ? this.#start(this.#options) : undefined;
    const blocked = [...this.#all].filter((each) => !each.isUsable);
    if (blocked.length > maxBlocked) void blocked[0]?.kill();
  }
}
