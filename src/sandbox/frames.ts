import type { Writable } from 'node:stream';
import { deserialize } from 'node:v8';

/** The descriptor of the pipe to the daemon, in a process that runs authors' code. */
export const pipeDescriptor = 3;

/** The channel between the daemon and a host's main thread. The others belong to workers. */
export const controlChannel = 0;

/** The channel of a worker with a process of its own. */
export const ownChannel = 1;

/** Four bytes for the length of the payload and four for the channel. */
const headerSize = 8;

/** Encodes a frame for a pipe. */
export function encodeFrame(channel: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerSize + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  frame.writeUInt32LE(channel, 4);
  frame.set(payload, headerSize);
  return frame;
}

/** Writes frames to a pipe. Those of one turn of the event loop are written together: each write wakes the reader. */
export class FrameWriter {
  readonly #pipe: Writable;
  #timer: NodeJS.Immediate | undefined;

  constructor(pipe: Writable) {
    this.#pipe = pipe;
  }

  send(channel: number, payload: Uint8Array): void {
    if (this.#timer === undefined) {
      this.#pipe.cork();
      this.#timer = setImmediate(() => this.#flush());
    }
    this.#pipe.write(encodeFrame(channel, payload));
  }

  #flush(): void {
    this.#timer = undefined;
    this.#pipe.uncork();
  }
}

/** Reassembles frames from the chunks that a pipe delivers. */
export class FrameDecoder {
  readonly #limit: number;
  readonly #onFrame: (channel: number, payload: Buffer) => void;
  #pieces: Buffer[] = [];
  #size = 0;
  /** How many bytes are needed before the next step. */
  #needed = headerSize;

  /**
   * @param limit the largest payload in bytes
   * @param onFrame receives each payload, which shares its memory with the chunk it came in
   */
  constructor(limit: number, onFrame: (channel: number, payload: Buffer) => void) {
    this.#limit = limit;
    this.#onFrame = onFrame;
  }

  /**
   * Processes the next chunk.
   *
   * @throws RangeError for a frame over the limit; nothing that comes after it can be read
   */
  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#needed) return;
    let rest = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
    for (;;) {
      this.#needed = rest.length < headerSize ? headerSize : headerSize + this.#lengthOf(rest);
      if (rest.length < this.#needed) break;
      const frame = rest.subarray(0, this.#needed);
      rest = rest.subarray(this.#needed);
      this.#onFrame(frame.readUInt32LE(4), frame.subarray(headerSize));
    }
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
  }

  #lengthOf(frame: Buffer): number {
    const length = frame.readUInt32LE(0);
    if (length > this.#limit)
      throw new RangeError(`A frame of ${length} bytes exceeds the limit of ${this.#limit}.`);
    return length;
  }
}

/** Decodes the message in a payload; undefined if it is not readable. */
export function decodeMessage(payload: Uint8Array): unknown {
  try {
    return deserialize(payload);
  } catch {
    return undefined;
  }
}
