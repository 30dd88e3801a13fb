import { Worker } from 'node:worker_threads';
import { asError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import type { Death, Enclosure, EnclosureOptions, OpenEnclosure } from './enclosure.ts';
import type { WorkerStart } from './protocol.ts';

/** Opens an enclosure that is a thread of this process: quick to start, and its Buffers are not counted as memory. */
export const openThread: OpenEnclosure = (options, listener) => {
  const worker = start(options);
  if (worker instanceof Error) {
    setImmediate(() => listener.onDeath({ error: worker }));
    return dead;
  }
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.on('message', (message: unknown) => listener.onMessage(message));
  worker.on('error', (error) => listener.onDeath(deathOf(error)));
  worker.on('exit', (exitCode) => listener.onDeath({ exitCode }));
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => listener.onRawText(text));
  }
  return {
    send: (message) => worker.postMessage(message),
    setBusy: () => {},
    end: async () => {
      await worker.terminate();
      await ended;
    },
  };
};

/** A thread, or why there is none, as where file descriptors are short: Node tells of that at once. */
function start({ workspace, memory, environment }: EnclosureOptions): Worker | Error {
  const workerData: WorkerStart = { workspace };
  try {
    return new Worker(packageFile('dist/sandbox/thread.js'), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: memory },
      execArgv: [],
      env: environment,
      stdout: true,
      stderr: true,
    });
  } catch (error) {
    return asError(error);
  }
}

const dead: Enclosure = { send: () => {}, setBusy: () => {}, end: async () => {} };

const deathOf = (error: Error & { code?: string }): Death =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { usedMemory: true } : { error };
