import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Milliseconds between two checks. In that time a process allocates a few hundred megabytes at most. */
const interval = 50;

/**
 * Watches the total memory of a process, including Buffers, and calls back once when it exceeds the limit.
 */
export class MemoryWatch {
  readonly #check: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #isChecking = false;

  /**
   * @param pid the process; without one nothing is watched
   * @param limit returns the current limit in kilobytes
   */
  constructor(pid: number | undefined, limit: () => number, onExceeded: () => void) {
    this.#check = async () => {
      if (this.#isChecking || pid === undefined) return;
      this.#isChecking = true;
      const used = await residentMemory(pid);
      this.#isChecking = false;
      if (used <= limit() || this.#timer === undefined) return;
      this.stop();
      onExceeded();
    };
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#check(), interval);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** The resident memory of a process in kilobytes; 0 when it is gone. */
async function residentMemory(pid: number): Promise<number> {
  try {
    return await (process.platform === 'linux' ? fromKernel(pid) : fromProcessList(pid));
  } catch {
    return 0;
  }
}

/**
 * Not from `statm`, which counts in pages, and Node does not report the page size. Read synchronously: the kernel
 * answers at once, and four turns through the thread pool cost more.
 */
function fromKernel(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}

async function fromProcessList(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim());
}
