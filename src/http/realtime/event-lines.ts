import { PassThrough, type Readable } from 'node:stream';
import { newId } from '../../base/ids.ts';
import { type Broadcast, isInAudience } from './audience.ts';

/** How many bytes may wait to be sent before a reader counts as too slow. */
const maxWaiting = 1_048_576;

/** How long a disconnected reader waits before it reconnects, in milliseconds. */
const retry = 3_000;

interface Reader {
  threadId: string;
  userId: string;
  /** The credential that allowed reading. The stream ends when it is revoked. */
  credential: string | undefined;
  stream: PassThrough;
  /** Bytes that the reader has not received yet, beyond those in the stream. */
  backlog: () => number;
  /** Whether something was waiting at the last beat. */
  isBehind: boolean;
}

/** A broadcast whose data is JSON. */
export interface WrittenBroadcast extends Omit<Broadcast, 'data'> {
  json: string;
}

/** The reader, and how much they have not received yet. */
export type NewReader = Pick<Reader, 'threadId' | 'userId' | 'credential' | 'backlog'>;

/** The broadcasts of threads, as streams of server-sent events. */
export class EventLines {
  readonly #readers = new Set<Reader>();

  get hasReaders(): boolean {
    return this.#readers.size > 0;
  }

  /** Opens a stream of what happens in a thread from now on, as this person may see it. */
  open(newReader: NewReader): Readable {
    const reader = { ...newReader, stream: new PassThrough(), isBehind: false };
    this.#readers.add(reader);
    reader.stream.on('close', () => this.#readers.delete(reader));
    reader.stream.write(`retry: ${retry}\n\n`);
    return reader.stream;
  }

  /** The number of open streams of a person. */
  countOf(userId: string): number {
    return [...this.#readers].filter((reader) => reader.userId === userId).length;
  }

  /** Sends an event of a thread. */
  publish(threadId: string, { audience, event, json }: WrittenBroadcast): void {
    const readers = [...this.#readers].filter(
      (reader) => reader.threadId === threadId && isInAudience(audience, reader.userId),
    );
    if (readers.length === 0) return;
    const text = `id: ${newId()}\nevent: ${event}\ndata: ${json}\n\n`;
    for (const reader of readers) write(reader, text);
  }

  /** Keeps silent connections open, and disconnects readers that took nothing since the last beat. */
  beat(): void {
    for (const reader of this.#readers) {
      const { stream, backlog } = reader;
      const isBehind = stream.readableLength + stream.writableLength + backlog() > 0;
      if (isBehind && reader.isBehind) stream.destroy();
      else write(reader, ': still here\n\n');
      reader.isBehind = isBehind;
    }
  }

  /** Ends the streams of a thread, for one person or for all. */
  end(threadId: string, userId?: string): void {
    for (const reader of this.#readers) {
      const isMeant = userId === undefined || reader.userId === userId;
      if (reader.threadId === threadId && isMeant) reader.stream.end();
    }
  }

  /** The credentials of all readers. */
  credentials(): Set<string> {
    return new Set([...this.#readers].flatMap(({ credential }) => credential ?? []));
  }

  /** Ends the streams of a credential. */
  disconnect(credential: string): void {
    for (const reader of this.#readers) if (reader.credential === credential) reader.stream.end();
  }

  /** Ends every stream. */
  close(): void {
    for (const { stream } of this.#readers) stream.end();
  }
}

/** Disconnects a reader that is too slow, since its backlog would grow without end. */
function write({ stream }: Reader, text: string): void {
  if (stream.writableEnded) return;
  if (stream.writableLength > maxWaiting) stream.destroy();
  else stream.write(text);
}
