import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { killMarked, killTree, markerVariable } from '../base/process-tree.ts';
import { FrameDecoder, FrameWriter, pipeDescriptor } from './frames.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { Death } from './transport.ts';

/** The memory that Node, our own code and the compiler need in a separate process, in megabytes. */
const baseMemory = 128;

/** When memory runs out, the kernel kills these processes before the daemon; the maximum is 1000. */
const oomScore = '500';

/** Milliseconds to wait for what a process wrote before it died. */
const outputGrace = 250;

interface PipedProcessOptions {
  /** The built file to run. */
  entry: string;
  /** The data passed at its start. */
  start: unknown;
  execArgv: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** The value that marks it, and whatever it starts, in the environment. */
  marker: string;
  /** The largest message from it in bytes. */
  messageLimit: number;
  /** Whether our process may end, and this one with it, although it was not killed. */
  isUnreferenced?: boolean | undefined;
  /** Megabytes it may use in addition to what Node and our own code need. */
  memory: () => number;
  onMessage(channel: number, payload: Buffer): void;
  onRawText(text: string): void;
  /** Called once, after it is gone and all its messages were delivered. */
  onDeath(death: Death): void;
}

/**
 * A process that runs authors' code, and the pipe to it. It leads a process group: Ctrl+C reaches only us,
 * and whatever it starts ends with it.
 */
export class PipedProcess {
  readonly ended: Promise<void>;
  readonly #options: PipedProcessOptions;
  readonly #child: ChildProcess | undefined;
  readonly #frames: FrameWriter | undefined;
  readonly #watch: MemoryWatch;
  /** Why we killed it, if that is more precise than its signal. */
  #cause: Death | undefined;

  constructor(options: PipedProcessOptions) {
    this.#options = options;
    const child = start(options);
    this.#child = child instanceof Error ? undefined : child;
    if (options.isUnreferenced) this.#unref();
    this.#frames = this.#pipe && new FrameWriter(this.#pipe);
    this.#watch = new MemoryWatch(
      this.#child?.pid,
      () => (options.memory() + baseMemory) * 1024,
      () => this.#kill({ usedMemory: true }),
    );
    const death = child instanceof Error ? resolveLater<Death>({ error: child }) : this.#watchChild(child);
    this.ended = death.then((cause) => {
      this.#watch.stop();
      options.onDeath(this.#cause ?? cause);
    });
  }

  /** Sends a message. Drops it if the process is dying, since its death is reported. */
  send(channel: number, payload: Uint8Array): void {
    if (this.#pipe?.writable) this.#frames?.send(channel, payload);
  }

  /** Sets whether the process is working. Its memory is watched only then. */
  setBusy(isBusy: boolean): void {
    if (isBusy) this.#watch.start();
    else this.#watch.stop();
  }

  /** Kills the process and everything it has started. */
  async kill(): Promise<void> {
    this.#kill();
    await this.ended;
  }

  #kill(cause?: Death): void {
    const child = this.#child;
    // Once it is gone, its pid may belong to another process.
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#cause ??= cause;
    endTree(child.pid);
  }

  #unref(): void {
    this.#child?.unref();
    for (const stream of this.#child?.stdio ?? []) if (stream instanceof Socket) stream.unref();
  }

  get #pipe(): Duplex | undefined {
    return this.#child?.stdio[pipeDescriptor] as Duplex | undefined;
  }

  #watchChild(child: ChildProcess): Promise<Death> {
    const { onMessage, onRawText, messageLimit, marker } = this.#options;
    let heapIsFull = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        heapIsFull ||= stream === child.stderr && text.includes('heap out of memory');
        onRawText(text);
      });
    }
    const decoder = new FrameDecoder(messageLimit, onMessage);
    const read = (piece: Buffer) => {
      try {
        decoder.push(piece);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.#pipe?.off('data', read);
        this.#kill({ protocol: true });
      }
    };
    this.#pipe?.on('data', read).on('error', () => {});
    return new Promise((resolve) => {
      child.once('error', (error) => child.pid === undefined && resolve({ error }));
      child.once('exit', (code, signal) => {
        endMarked(marker);
        const settle = () => resolve(causeOf(code, signal, heapIsFull));
        child.once('close', settle);
        // Its child processes may keep its output open.
        setTimeout(settle, outputGrace).unref();
      });
    });
  }
}

function start({ entry, start, execArgv, environment, marker }: PipedProcessOptions): ChildProcess | Error {
  try {
    const child = spawn(process.execPath, [...execArgv, packageFile(entry), JSON.stringify(start)], {
      env: { ...environment, [markerVariable]: marker },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    if (child.pid !== undefined) raiseOomScore(child.pid);
    return child;
  } catch (error) {
    // For example, Node throws at once when file descriptors run out.
    return asError(error);
  }
}

/** Makes the kernel kill this process before the daemon when memory runs out. Linux only. */
function raiseOomScore(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, oomScore);
  } catch {}
}

/** Resolves only after the caller has started to wait. */
const resolveLater = <Value>(value: Value): Promise<Value> =>
  new Promise((resolve) => setImmediate(resolve, value));

/** Node prints a message and aborts when its heap is full. `process.abort()` causes the same signal. */
function causeOf(code: number | null, signal: NodeJS.Signals | null, heapIsFull: boolean): Death {
  if (heapIsFull && (signal !== null || code !== 0)) return { usedMemory: true };
  return signal === null ? { exitCode: code ?? 0 } : { signal };
}

/** Batches all items of one turn into a single call, as when the daemon ends. */
function batched<Item>(end: (...items: Item[]) => void): (item: Item) => void {
  let items: Item[] = [];
  return (item) => {
    if (items.push(item) > 1) return;
    queueMicrotask(() => {
      const all = items;
      items = [];
      end(...all);
    });
  };
}

const endTree = batched<number>(killTree);
const endMarked = batched<string>(killMarked);
