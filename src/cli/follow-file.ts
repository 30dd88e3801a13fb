import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { fileIdentity } from '../base/file-identity.ts';
import { FolderChanges } from '../base/folder-changes.ts';

/** Number of bytes read at once. */
const chunkSize = 1024 * 1024;

/**
 * Shows what is appended to a file until the signal aborts. When another file takes its place, as in a rotation, it
 * shows the rest of the old one and then the new one from its beginning. The file need not exist yet.
 *
 * @param onPolling called with the reason if the system reports no changes, so that the file is looked at once a second
 */
export async function followFile(
  file: string,
  show: (line: string) => void,
  signal: AbortSignal,
  onPolling?: (reason: string) => void,
): Promise<void> {
  const reader = new AppendedLines(file, show);
  const changes = new FolderChanges(path.dirname(file), onPolling);
  while (!signal.aborted) {
    const changed = changes.next(signal);
    if (!reader.read()) await changed;
  }
  changes.close();
  reader.close();
}

/** Reads what was appended to a file since the last time. */
class AppendedLines {
  readonly #file: string;
  readonly #show: (line: string) => void;
  #decoder = new StringDecoder('utf8');
  #rest = '';
  /** The open file, of which nobody else can take the identity. */
  #opened: number | undefined;
  #identity = '';
  #position = 0;

  /** What the file has now is not shown. */
  constructor(file: string, show: (line: string) => void) {
    this.#file = file;
    this.#show = show;
    this.#open();
    this.#position = this.#size();
  }

  /** Shows the lines that are new, up to a limit. Returns whether there may be more. */
  read(): boolean {
    const size = this.#size();
    // Somebody has emptied it.
    if (size < this.#position) this.#restart();
    else if (size > this.#position) this.#push(Math.min(chunkSize, size - this.#position));
    else return this.#isReplaced() && this.#open();
    return true;
  }

  close(): void {
    if (this.#opened !== undefined) closeSync(this.#opened);
    this.#opened = undefined;
  }

  #size(): number {
    return this.#opened === undefined ? 0 : fstatSync(this.#opened).size;
  }

  #isReplaced(): boolean {
    const present = fileIdentity(this.#file);
    return present !== '' && present !== this.#identity;
  }

  /** Opens the file that is there now, if there is one. */
  #open(): boolean {
    this.close();
    this.#restart();
    try {
      this.#opened = openSync(this.#file, 'r');
    } catch {
      return false;
    }
    const { dev, ino } = fstatSync(this.#opened, { bigint: true });
    this.#identity = `${dev}:${ino}`;
    return true;
  }

  #restart(): void {
    this.#position = 0;
    this.#decoder = new StringDecoder('utf8');
    this.#rest = '';
  }

  /** Pieces may end anywhere. */
  #push(length: number): void {
    if (this.#opened === undefined) return;
    const buffer = Buffer.alloc(length);
    const piece = buffer.subarray(0, readSync(this.#opened, buffer, 0, length, this.#position));
    this.#position += piece.length;
    const lines = (this.#rest + this.#decoder.write(piece)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#show(line);
  }
}
