import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { asError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { killMarked, killTree, markerVariable } from '../base/process-tree.ts';
import { encodeFrame, FrameDecoder, pipeDescriptor } from './frames.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { Death } from './transport.ts';

/** What Node itself, our own code and the compiler need in a process of their own, in megabytes. */
const baseMemory = 128;

/** How much sooner than the daemon the kernel ends these processes when memory runs out; 1000 is the most. */
const oomScore = '500';

/** Milliseconds in which what it wrote before it died is heard. */
const lastWords = 250;

interface PipedProcessOptions {
  /** The built file that runs in it. */
  entry: string;
  /** What it is told when it starts: plain data. */
  start: unknown;
  execArgv: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Marks it, and whatever it starts, in the environment. */
  marker: string;
  /** The most bytes of one message from it. */
  messageLimit: number;
  /** Megabytes it may use beside what Node and our own code need. */
  memory: () => number;
  onMessage(channel: number, payload: Buffer): void;
  onRawText(text: string): void;
  /** Called once, when it is gone and everything it said was heard. */
  onDeath(death: Death): void;
}

/**
 * A process that runs authors' code, and the pipe to it. It has a group of its own: Ctrl+C is for us alone, and what it
 * starts ends with it.
 */
export class PipedProcess {
  readonly ended: Promise<void>;
  readonly #options: PipedProcessOptions;
  readonly #child: ChildProcess | undefined;
  readonly #watch: MemoryWatch;
  /** Why we have killed it, where that tells more than its signal. */
  #cause: Death | undefined;

  constructor(options: PipedProcessOptions) {
    this.#options = options;
    const child = start(options);
    this.#child = child instanceof Error ? undefined : child;
    this.#watch = new MemoryWatch(
      this.#child?.pid,
      () => (options.memory() + baseMemory) * 1024,
      () => this.#kill({ usedMemory: true }),
    );
    const death = child instanceof Error ? afterwards<Death>({ error: child }) : this.#follow(child);
    this.ended = death.then((cause) => {
      this.#watch.stop();
      options.onDeath(this.#cause ?? cause);
    });
  }

  /** What is sent while it dies is for nobody: its death is told. */
  send(channel: number, payload: Uint8Array): void {
    const pipe = this.#pipe;
    if (pipe?.writable) pipe.write(encodeFrame(channel, payload));
  }

  /** Says whether anything is under way in it: memory is watched only then. */
  setBusy(isBusy: boolean): void {
    if (isBusy) this.#watch.start();
    else this.#watch.stop();
  }

  /** Ends it and all that it has started, whatever it does. */
  async kill(): Promise<void> {
    this.#kill();
    await this.ended;
  }

  #kill(cause?: Death): void {
    const child = this.#child;
    // Once it is gone, its number may be somebody else's.
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#cause ??= cause;
    endTree(child.pid);
  }

  get #pipe(): Duplex | undefined {
    return this.#child?.stdio[pipeDescriptor] as Duplex | undefined;
  }

  #follow(child: ChildProcess): Promise<Death> {
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
        const tell = () => resolve(causeOf(code, signal, heapIsFull));
        child.once('close', tell);
        // What it has started may hold its output open.
        setTimeout(tell, lastWords).unref();
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
    if (child.pid !== undefined) preferToKill(child.pid);
    return child;
  } catch (error) {
    // As where file descriptors are short: Node tells of that at once.
    return asError(error);
  }
}

/** When the machine runs out of memory, this is to end before the daemon does. Only Linux knows of it. */
function preferToKill(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, oomScore);
  } catch {}
}

/** After whoever waits for it has begun to. */
const afterwards = <Value>(value: Value): Promise<Value> =>
  new Promise((resolve) => setImmediate(resolve, value));

/** Node says so and aborts when its heap is full; a handler that calls `process.abort()` is ended by the same signal. */
function causeOf(code: number | null, signal: NodeJS.Signals | null, heapIsFull: boolean): Death {
  if (heapIsFull && (signal !== null || code !== 0)) return { usedMemory: true };
  return signal === null ? { exitCode: code ?? 0 } : { signal };
}

/** Looks once for all that are to be ended in the same turn, as when the daemon ends. */
function together<Item>(end: (...items: Item[]) => void): (item: Item) => void {
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

const endTree = together<number>(killTree);
const endMarked = together<string>(killMarked);
