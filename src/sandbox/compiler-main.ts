import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createJiti } from '../base/jiti.ts';

/* The main module of the thread that compiles saved files. It runs none of their code. */

const { workspace }: { workspace: string } = workerData;

/** Compiles a file into the cache unless it is there. What fails here is reported by the worker that loads the file. */
function compile(filename: string): void {
  try {
    const source = readFileSync(filename, 'utf8');
    // As the import of a worker compiles it, under the same name in the cache.
    createJiti(filename, { workspace }).transform({ filename, source, ts: true, async: true, jsx: false });
  } catch {}
}

parentPort?.on('message', (files: readonly string[]) => {
  for (const file of files) compile(file);
  parentPort?.postMessage(null);
});
