import { PassThrough, type Readable } from 'node:stream';
import { newId } from '../../base/ids.ts';
import { type Broadcast, hears } from './audience.ts';

/** How much may wait to be sent to a reader before it counts as too slow, in bytes. */
const maxWaiting = 1_048_576;

/** Milliseconds after which a reader whose connection ended comes back. */
const retry = 3_000;

interface Reader {
  threadId: string;
  userId: string;
  /** By what it was allowed to read: it is cut when that is withdrawn. */
  credential: string | undefined;
  stream: PassThrough;
  /** Bytes that the reader has not taken yet, behind the stream. */
  backlog: () => number;
  /** Something was waiting at the last beat. */
  isBehind: boolean;
}

/** Who reads, and how much they have not taken yet. */
export type NewReader = Pick<Reader, 'threadId' | 'userId' | 'credential' | 'backlog'>;

/** The broadcasts of threads as streams of server-sent events. */
export class EventLines {
  readonly #readers = new Set<Reader>();

  get isHeard(): boolean {
    return this.#readers.size > 0;
  }

  /** What happens in a thread from now on, as somebody in it may see it. */
  open(newReader: NewReader): Readable {
    const reader = { ...newReader, stream: new PassThrough(), isBehind: false };
    this.#readers.add(reader);
    reader.stream.on('close', () => this.#readers.delete(reader));
    reader.stream.write(`retry: ${retry}\n\n`);
    return reader.stream;
  }

  /** How many streams a person reads. */
  countOf(userId: string): number {
    return [...this.#readers].filter((reader) => reader.userId === userId).length;
  }

  /** Tells of a broadcast of a thread. */
  publish(threadId: string, { audience, event, data }: Broadcast): void {
    const readers = [...this.#readers].filter(
      (reader) => reader.threadId === threadId && hears(audience, reader.userId),
    );
    if (readers.length === 0) return;
    const text = `id: ${newId()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const reader of readers) write(reader, text);
  }

  /** Keeps the connections of silent threads open, and cuts readers that have taken nothing since the last beat. */
  beat(): void {
    for (const reader of this.#readers) {
      const { stream, backlog } = reader;
      const isBehind = stream.readableLength + stream.writableLength + backlog() > 0;
      if (isBehind && reader.isBehind) stream.destroy();
      else write(reader, ': still here\n\n');
      reader.isBehind = isBehind;
    }
  }

  /** Ends the streams of a thread: those of one person, or all. */
  end(threadId: string, userId?: string): void {
    for (const reader of this.#readers) {
      const isMeant = userId === undefined || reader.userId === userId;
      if (reader.threadId === threadId && isMeant) reader.stream.end();
    }
  }

  /** By what readers were allowed to read. */
  credentials(): Set<string> {
    return new Set([...this.#readers].flatMap(({ credential }) => credential ?? []));
  }

  /** Ends the streams that were allowed by a credential. */
  disconnect(credential: string): void {
    for (const reader of this.#readers) if (reader.credential === credential) reader.stream.end();
  }

  /** Ends every stream. */
  close(): void {
    for (const { stream } of this.#readers) stream.end();
  }
}

/** A reader too slow to take it is cut: what waits for it would grow without end. */
function write({ stream }: Reader, text: string): void {
  if (stream.writableEnded) return;
  if (stream.writableLength > maxWaiting) stream.destroy();
  else stream.write(text);
}
