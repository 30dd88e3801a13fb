import { Worker } from 'node:worker_threads';
import { packageFile } from '../base/package-file.ts';

/** Megabytes that the compiler may use. */
const memory = 256;

/** Milliseconds that compiling may take. Beyond that, the worker that loads a file compiles it itself. */
const compileTime = 2_000;

/** Milliseconds after which an unused compiler is ended, with the memory that it takes. */
const idleTime = 600_000;

const isTypeScript = (file: string): boolean => /\.[cm]?tsx?$/.test(file);

/**
 * Compiles saved files in a thread that has the compiler loaded, so that the new worker that loads them finds them
 * compiled and need not load it: that takes longer than all the rest of a reload.
 */
export class Compiler {
  readonly #workspace: string;
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @param workspace whose folder keeps what was compiled */
  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  /** Compiles the TypeScript among these files. Resolves also when that fails: they are compiled again, when loaded. */
  async compile(files: readonly string[]): Promise<void> {
    const written = files.filter(isTypeScript);
    if (written.length === 0) return;
    clearTimeout(this.#idle);
    const thread = this.#thread ?? this.#start();
    if (thread) await answerOf(thread, written);
    this.#idle = setTimeout(() => void this.close(), idleTime).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#thread?.terminate();
  }

  /** Returns nothing when the machine lacks what a thread needs. */
  #start(): Worker | undefined {
    try {
      const thread = new Worker(packageFile('dist/sandbox/compiler-main.js'), {
        workerData: { workspace: this.#workspace },
        resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 4 },
        env: {},
        execArgv: [],
      });
      const forget = () => {
        if (this.#thread === thread) this.#thread = undefined;
      };
      thread.on('error', forget).on('exit', forget).unref();
      this.#thread = thread;
      return thread;
    } catch {
      return undefined;
    }
  }
}

/** Resolves once the files are compiled, or the thread has ended. */
function answerOf(thread: Worker, files: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const isLate = setTimeout(() => void thread.terminate(), compileTime);
    const finish = () => {
      clearTimeout(isLate);
      thread.off('message', finish).off('exit', finish);
      resolve();
    };
    thread.on('message', finish).on('exit', finish);
    thread.postMessage(files);
  });
}
