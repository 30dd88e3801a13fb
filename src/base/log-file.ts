import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A log file of this size is rotated; the old one is kept as `NAME.1`. */
const maxBytes = 10 * 1024 * 1024;

/**
 * An append-only file of limited size: the current and the old file together hold at most twice `limit`.
 *
 * Lines are written synchronously, so that those before a crash are kept. Lines that cannot be written (a
 * full disk) are counted and reported as soon as there is room again. It never throws.
 */
export class LogFile {
  readonly #path: string;
  readonly #limit: number;
  #file: number | undefined;
  #size = 0;
  #lost = 0;

  /** @param limit bytes */
  constructor(file: string, limit = maxBytes) {
    this.#path = file;
    this.#limit = limit;
  }

  /** Appends a line, which must end with a line break. */
  write(line: string): void {
    try {
      if (this.#lost > 0) this.#append(`{"level":"warn","msg":"${this.#lost} lines of the log were lost"}\n`);
      this.#lost = 0;
      this.#append(line);
    } catch {
      this.#lost++;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #append(line: string): void {
    const bytes = Buffer.from(line);
    if (this.#size + bytes.length > this.#limit && this.#size > 0) this.#rotate();
    this.#file ??= this.#open();
    writeSync(this.#file, bytes);
    this.#size += bytes.length;
  }

  #rotate(): void {
    this.close();
    // If somebody has deleted the file, there is room already.
    if (existsSync(this.#path)) renameSync(this.#path, `${this.#path}.1`);
  }

  #open(): number {
    mkdirSync(path.dirname(this.#path), { recursive: true });
    const file = openSync(this.#path, 'a', 0o600);
    this.#size = fstatSync(file).size;
    return file;
  }
}
