import { randomUUID } from 'node:crypto';
import { serialize } from 'node:v8';
import { decodeMessage, ownChannel } from './frames.ts';
import { PipedProcess } from './piped-process.ts';
import type { SpawnWorker } from './transport.ts';

/**
 * Starts a worker in a process of its own. It shares no memory with others, all its memory is counted, and
 * the kernel can kill it.
 */
export const spawnProcess: SpawnWorker = (options, listener) => {
  const { workspace, memory, environment, messageLimit, isUnreferenced } = options;
  let isEnding = false;
  const worker = new PipedProcess({
    entry: 'dist/sandbox/worker-main.js',
    start: { workspace, parent: process.pid },
    execArgv: [`--max-old-space-size=${memory}`],
    environment,
    marker: randomUUID(),
    messageLimit,
    isUnreferenced,
    memory: () => memory,
    onMessage: (_, payload) => listener.onMessage(decodeMessage(payload)),
    onRawText: (text) => listener.onRawText(text),
    onDeath: (death) => !isEnding && listener.onDeath(death),
  });
  return {
    send: (message) => worker.send(ownChannel, serialize(message)),
    setBusy: (isBusy) => worker.setBusy(isBusy),
    isUsable: true,
    isHeldUp: false,
    isAlone: true,
    end: () => {
      isEnding = true;
      return worker.kill();
    },
  };
};
