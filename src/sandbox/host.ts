import { randomUUID } from 'node:crypto';
import { serialize } from 'node:v8';
import { controlChannel, decodeMessage } from './frames.ts';
import type { FromHost, ToHost } from './host-protocol.ts';
import { PipedProcess } from './piped-process.ts';
import type { Death, TransportListener, TransportOptions, WorkerTransport } from './transport.ts';

/** Milliseconds that a worker has to end before its host is retired. */
const endTime = 1_000;

class Ending {
  resolve: () => void = () => {};
  readonly promise = new Promise<void>((resolve) => {
    this.resolve = resolve;
  });
}

/** A worker in a host. */
interface Tenant {
  listener: TransportListener;
  memory: number;
  isBusy: boolean;
  /** Whether it has sent a message, the first of which says that it is ready. */
  hasStarted: boolean;
  /** Set once the worker was asked to end. */
  ending?: Ending;
}

/** Megabytes of an idle worker: its code and the module state of its file. */
const idleMemory = 48;

interface HostOptions {
  /** Its environment variables, such as where Node looks for certificates. */
  environment: NodeJS.ProcessEnv;
  /** The largest message of a worker in bytes. */
  messageLimit: number;
  /** Whether our process may end, and this one with it, although it was not killed. */
  isUnreferenced?: boolean | undefined;
  /** Called when the host should get no new work: a worker cannot be ended, or calls block all others. */
  onBlocked: () => void;
  onGone: () => void;
}

/**
 * The daemon's handle of the process that contains the worker threads. Handlers share it with each other,
 * never with the daemon.
 */
export class Host {
  /** Whether new workers may be started in it. */
  isUsable = true;
  /** Whether it has sent a message. A host that dies before that cannot be started here. */
  hasWorked = false;
  readonly #process: PipedProcess;
  readonly #options: HostOptions;
  readonly #marker = randomUUID();
  readonly #tenants = new Map<number, Tenant>();
  #channels = controlChannel;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#process = new PipedProcess({
      entry: 'dist/sandbox/host-main.js',
      start: { parent: process.pid },
      execArgv: [],
      // Blocking calls of one handler must leave pool threads for the others.
      environment: { ...options.environment, UV_THREADPOOL_SIZE: '64' },
      marker: this.#marker,
      messageLimit: options.messageLimit,
      isUnreferenced: options.isUnreferenced,
      memory: () => this.#memory,
      onMessage: (channel, payload) => this.#onMessage(channel, payload),
      onRawText: (text) => this.#current?.listener.onRawText(text),
      onDeath: (death) => this.#onDeath(death),
    });
  }

  /** Starts a worker in this host. */
  spawn({ workspace, memory, environment }: TransportOptions, listener: TransportListener): WorkerTransport {
    const channel = ++this.#channels;
    const marker = `${this.#marker}.${channel}`;
    const tenant: Tenant = { listener, memory, isBusy: false, hasStarted: false };
    this.#tenants.set(channel, tenant);
    this.#control({ type: 'start', channel, workspace, memory, environment, marker });
    const host = this;
    return {
      send: (message) => this.#process.send(channel, serialize(message)),
      setBusy: (isBusy) => this.#setBusy(tenant, isBusy),
      get isUsable() {
        return host.isUsable;
      },
      get isHeldUp() {
        return !host.isUsable && host.#suspects > 1;
      },
      isAlone: false,
      end: (isClean) => this.#end(channel, tenant, isClean),
    };
  }

  /** Kills the host with everything in it. */
  kill(): Promise<void> {
    this.isUsable = false;
    return this.#process.kill();
  }

  /** Megabytes that all its workers may use together. */
  get #memory(): number {
    return [...this.#tenants.values()].reduce(
      (sum, { memory, isBusy }) => sum + (isBusy ? memory : idleMemory),
      0,
    );
  }

  /** How many workers may have ended or blocked the host, including one that was asked to end and did not. */
  get #suspects(): number {
    return [...this.#tenants.values()].filter(({ isBusy, ending }) => isBusy || ending).length;
  }

  /** The worker that most probably wrote the output. */
  get #current(): Tenant | undefined {
    const tenants = [...this.#tenants.values()];
    return tenants.find(({ isBusy }) => isBusy) ?? tenants.at(-1);
  }

  #setBusy(tenant: Tenant, isBusy: boolean): void {
    tenant.isBusy = isBusy;
    this.#process.setBusy([...this.#tenants.values()].some((each) => each.isBusy));
  }

  #control(message: ToHost): void {
    this.#process.send(controlChannel, serialize(message));
  }

  /** Ends a worker. If it does not end, as in a call that blocks forever, its host is retired. */
  async #end(channel: number, tenant: Tenant, isClean: boolean): Promise<void> {
    if (!this.#tenants.has(channel)) return;
    if (tenant.ending) return tenant.ending.promise;
    tenant.ending = new Ending();
    this.#control({ type: 'end', channel, isClean });
    const isStuck = setTimeout(() => this.retire(), endTime);
    await tenant.ending.promise;
    clearTimeout(isStuck);
  }

  /**
   * Accepts no new work. Running work is finished, idle workers end, and then the process does. Workers that
   * are still starting while others run end too: in a blocked process they may never start.
   */
  retire(): void {
    for (const { ending } of this.#tenants.values()) ending?.resolve();
    if (this.isUsable) {
      this.isUsable = false;
      this.#options.onBlocked();
    }
    for (const [channel, tenant] of this.#tenants) {
      const isRunning = tenant.isBusy && (tenant.hasStarted || this.#suspects === 1);
      if (isRunning || tenant.ending) continue;
      tenant.listener.onDeath({ exitCode: 0 });
      void this.#end(channel, tenant, true);
    }
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (!this.isUsable && [...this.#tenants.values()].every(({ ending }) => ending)) void this.kill();
  }

  #onMessage(channel: number, payload: Buffer): void {
    this.hasWorked = true;
    const message = decodeMessage(payload);
    const tenant = this.#tenants.get(channel);
    if (channel === controlChannel) this.#onControl(message as FromHost);
    if (tenant === undefined || tenant.ending) return;
    tenant.hasStarted = true;
    tenant.listener.onMessage(message);
  }

  #onControl(message: FromHost): void {
    if (message.type === 'blocked') this.retire();
    else if (message.type === 'text') this.#tenants.get(message.channel)?.listener.onRawText(message.text);
    else this.#onEnded(message.channel, message.death);
  }

  #onEnded(channel: number, death: Death): void {
    const tenant = this.#tenants.get(channel);
    if (tenant === undefined) return;
    this.#tenants.delete(channel);
    this.#reportDeath(tenant, death);
    this.#setBusy(tenant, false);
    this.#endWhenDone();
  }

  #onDeath(death: Death): void {
    this.isUsable = false;
    const tenants = [...this.#tenants.values()];
    // Workers cannot exit their process. If it has an exit code, it failed by itself.
    const isShared = this.#suspects > 1 || 'exitCode' in death;
    this.#tenants.clear();
    for (const tenant of tenants) this.#reportDeath(tenant, { ...death, isShared });
    this.#options.onGone();
  }

  #reportDeath(tenant: Tenant, death: Death): void {
    if (tenant.ending) tenant.ending.resolve();
    else tenant.listener.onDeath(death);
  }
}
