/** A text as a frame of the WebSocket protocol. Frames of a server are not masked, so all sockets share it. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = 0x81;
  frame[1] = start === 2 ? length : start === 4 ? 126 : 127;
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, start);
  return frame;
}

/** Frames that are sent with one write. Sockets that are sent the same frames share a batch. */
export class Batch {
  /** The number of bytes. */
  readonly size: number;
  readonly #before: Batch | undefined;
  readonly #frame: Buffer;
  /** The batch that {@link and} returned last. */
  #next: Batch | undefined;
  #bytes: Buffer | undefined;

  /** A batch without frames, or with one more than another. */
  constructor(before?: Batch, frame: Buffer = Buffer.alloc(0)) {
    this.#before = before;
    this.#frame = frame;
    this.size = frame.length + (before?.size ?? 0);
  }

  /** This batch and one more frame. */
  and(frame: Buffer): Batch {
    const next = this.#next;
    if (next !== undefined && next.#frame === frame) return next;
    this.#next = new Batch(this, frame);
    return this.#next;
  }

  /** All frames, in order. */
  bytes(): Buffer {
    this.#bytes ??= this.#before?.size ? Buffer.concat(this.#frames()) : this.#frame;
    return this.#bytes;
  }

  #frames(): Buffer[] {
    const frames: Buffer[] = [];
    for (let batch: Batch | undefined = this; batch !== undefined; batch = batch.#before) {
      frames.push(batch.#frame);
    }
    return frames.reverse();
  }
}
