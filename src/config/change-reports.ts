import { statSync } from 'node:fs';

/** Changes are reported after this many quiet milliseconds, since editors save in bursts. */
const debounceTime = 15;

/**
 * Milliseconds after a report when its files are compared with what they were then. For 50 milliseconds after a
 * change of a file, and 100 after its removal, chokidar drops what happens to it.
 */
const rechecks = [60, 110];

/** Collects changes of files and reports those that come together at once. */
export class ChangeReports {
  readonly #onChange: (changed: string[]) => void;
  readonly #changed = new Set<string>();
  /** What the files were when they were last reported. */
  readonly #reported = new Map<string, string>();
  readonly #rechecks = new Set<NodeJS.Timeout>();
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange receives the absolute paths noted since the last call */
  constructor(onChange: (changed: string[]) => void) {
    this.#onChange = onChange;
  }

  /** Notes changed files, which are reported soon. */
  note(files: readonly string[]): void {
    for (const file of files) this.#changed.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#report(), debounceTime);
  }

  /** Reports nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
    for (const recheck of this.#rechecks) clearTimeout(recheck);
  }

  #report(): void {
    const files = [...this.#changed];
    this.#changed.clear();
    for (const file of files) this.#reported.set(file, stampOf(file));
    for (const delay of rechecks) this.#recheckIn(delay);
    this.#onChange(files);
  }

  #recheckIn(delay: number): void {
    const recheck = setTimeout(() => {
      this.#rechecks.delete(recheck);
      const others = [...this.#reported].filter(
        ([file, stamp]) => stampOf(file) !== stamp && !this.#changed.has(file),
      );
      if (others.length > 0) this.note(others.map(([file]) => file));
      else if (this.#rechecks.size === 0 && this.#changed.size === 0) this.#reported.clear();
    }, delay);
    this.#rechecks.add(recheck);
  }
}

/** Changes whenever a file does. A folder has the same as nothing: what is in it is reported by itself. */
function stampOf(file: string): string {
  try {
    const stats = statSync(file, { bigint: true });
    return stats.isFile() ? [stats.mtimeNs, stats.ctimeNs, stats.size, stats.ino].join() : '';
  } catch {
    return '';
  }
}
