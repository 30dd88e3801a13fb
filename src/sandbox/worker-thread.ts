import { Worker } from 'node:worker_threads';
import { packageFile } from '../base/package-file.ts';
import type { Death, OpenEnclosure } from './enclosure.ts';
import type { FromThread, ThreadStart } from './protocol.ts';

/** Opens an enclosure that is a thread of this process: quick to start, and its Buffers are not counted as memory. */
export const openThread: OpenEnclosure = ({ workspace, memory, environment }, listener) => {
  const start: ThreadStart = { workspace };
  const worker = new Worker(packageFile('dist/sandbox/thread.js'), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    execArgv: [],
    env: environment,
    stdout: true,
    stderr: true,
  });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.on('message', (message: FromThread) => listener.onMessage(message));
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

const deathOf = (error: Error & { code?: string }): Death =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { usedMemory: true } : { error };
