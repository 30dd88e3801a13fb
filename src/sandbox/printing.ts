import { StringDecoder } from 'node:string_decoder';
import { PrintedLines } from './printed-lines.ts';
import type { FromWorker } from './protocol.ts';

/** A message about output, before the token of its operation is added. */
export type PrintingMessage =
  | Omit<Extract<FromWorker, { type: 'output' }>, 'token'>
  | Omit<Extract<FromWorker, { type: 'dropped' }>, 'token'>;

/**
 * How many lines of an operation are sent at once, so that they are visible even if an endless loop follows.
 */
const atOnce = 100;

/**
 * Sends what the code of this worker prints to the daemon. It is sent as messages in order with the others,
 * so it arrives before the end of its operation. It is cut here, before it can fill memory.
 */
export class Printing {
  readonly #send: (message: PrintingMessage) => void;
  readonly #streams: PrintedLines[] = [];
  #batch: string[] = [];
  #sent = 0;
  #reportedDropped = 0;
  #flushing: NodeJS.Immediate | undefined;

  constructor(send: (message: PrintingMessage) => void) {
    this.#send = send;
  }

  /** Captures everything written to a stream. */
  capture(stream: Pick<NodeJS.WritableStream, 'write'>): void {
    const lines = new PrintedLines((line) => this.#print(line));
    const decoder = new StringDecoder('utf8');
    this.#streams.push(lines);
    const write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
      lines.add(typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)));
      this.#reportDropped();
      // Synchronous: console waits for each line, and a printing loop would otherwise pile them up.
      const written = more.at(-1);
      if (typeof written === 'function') written();
      return true;
    };
    Object.assign(stream, { write });
  }

  /** Ends an operation after sending everything it printed. */
  finish(): void {
    const dropped = this.#streams.reduce((sum, lines) => sum + lines.finish(), 0);
    this.#flush();
    if (dropped > this.#reportedDropped) this.#send({ type: 'dropped', bytes: dropped });
    this.#sent = 0;
    this.#reportedDropped = 0;
  }

  get #dropped(): number {
    return this.#streams.reduce((sum, lines) => sum + lines.dropped, 0);
  }

  #print(line: string): void {
    this.#batch.push(line);
    if (++this.#sent <= atOnce || this.#batch.length >= atOnce) this.#flush();
    else this.#flushing ??= setImmediate(() => this.#flush());
  }

  #flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    if (this.#batch.length > 0) this.#send({ type: 'output', lines: this.#batch });
    this.#batch = [];
  }

  /** Reported each time the amount doubles, because a killed operation cannot report its total. */
  #reportDropped(): void {
    const bytes = this.#dropped;
    if (bytes < this.#reportedDropped * 2 || bytes === this.#reportedDropped) return;
    this.#flush();
    this.#reportedDropped = bytes;
    this.#send({ type: 'dropped', bytes });
  }
}
