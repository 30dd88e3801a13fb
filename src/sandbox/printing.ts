import { StringDecoder } from 'node:string_decoder';
import { PrintedLines } from './printed-lines.ts';
import type { FromWorker } from './protocol.ts';

/** A message about what was printed, before whoever sends it adds the token of its operation. */
export type PrintingMessage =
  | Omit<Extract<FromWorker, { type: 'output' }>, 'token'>
  | Omit<Extract<FromWorker, { type: 'dropped' }>, 'token'>;

/** So many lines of an operation are sent at once: they are seen also when an endless loop follows. */
const atOnce = 100;

/**
 * What the code of this worker prints, on its way to the daemon: as messages between the others, so that it
 * comes before the end of its operation, and cut here, before it fills any memory.
 */
export class Printing {
  readonly #send: (message: PrintingMessage) => void;
  readonly #streams: PrintedLines[] = [];
  #batch: string[] = [];
  #sent = 0;
  #toldDropped = 0;
  #flushing: NodeJS.Immediate | undefined;

  constructor(send: (message: PrintingMessage) => void) {
    this.#send = send;
  }

  /** Takes over what is written to a stream. */
  capture(stream: NodeJS.WriteStream): void {
    const lines = new PrintedLines((line) => this.#print(line));
    const decoder = new StringDecoder('utf8');
    this.#streams.push(lines);
    const write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
      lines.add(typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)));
      this.#tellDropped();
      // At once: console waits for each line, and a loop that prints would collect them.
      const written = more.at(-1);
      if (typeof written === 'function') written();
      return true;
    };
    Object.assign(stream, { write });
  }

  /** Ends an operation: everything it printed is sent. */
  finish(): void {
    const dropped = this.#streams.reduce((sum, lines) => sum + lines.finish(), 0);
    this.#flush();
    if (dropped > this.#toldDropped) this.#send({ type: 'dropped', bytes: dropped });
    this.#sent = 0;
    this.#toldDropped = 0;
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

  /** Each time it is twice as much: an operation that is stopped cannot tell the end of it. */
  #tellDropped(): void {
    const bytes = this.#dropped;
    if (bytes < this.#toldDropped * 2 || bytes === this.#toldDropped) return;
    this.#flush();
    this.#toldDropped = bytes;
    this.#send({ type: 'dropped', bytes });
  }
}
