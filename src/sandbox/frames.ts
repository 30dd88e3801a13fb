import { deserialize } from 'node:v8';

/** The descriptor of the pipe to the daemon, in a process that runs authors' code. */
export const pipeDescriptor = 3;

/** The channel on which the daemon and a host's main thread talk; the others are the workers'. */
export const controlChannel = 0;

/** The channel of a worker that is alone in its process. */
export const ownChannel = 1;

/** Four bytes for the length of the payload, four for the channel. */
const headerSize = 8;

/** A frame as it goes over a pipe. */
export function encodeFrame(channel: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerSize + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  frame.writeUInt32LE(channel, 4);
  frame.set(payload, headerSize);
  return frame;
}

/** Puts frames together again from the pieces in which a pipe delivers them. */
export class FrameDecoder {
  readonly #limit: number;
  readonly #onFrame: (channel: number, payload: Buffer) => void;
  #pieces: Buffer[] = [];
  #size = 0;
  /** So many bytes are needed before anything can be done with the pieces. */
  #needed = headerSize;

  /**
   * @param limit the most bytes of a payload
   * @param onFrame is given each payload; it shares its memory with the piece it came in
   */
  constructor(limit: number, onFrame: (channel: number, payload: Buffer) => void) {
    this.#limit = limit;
    this.#onFrame = onFrame;
  }

  /**
   * Takes the next piece.
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
      throw new RangeError(`A frame of ${length} bytes is over the ${this.#limit} that are read.`);
    return length;
  }
}

/** The message in a payload; undefined where there is none that can be read. */
export function decodeMessage(payload: Uint8Array): unknown {
  try {
    return deserialize(payload);
  } catch {
    return undefined;
  }
}
