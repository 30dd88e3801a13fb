import { deserialize, serialize } from 'node:v8';
import { type MessagePort, Worker, workerData } from 'node:worker_threads';
import { packageFile } from '../base/package-file.ts';
import { markerVariable } from '../base/process-tree.ts';
import { openDaemonPipe } from './daemon-pipe.ts';
import { ownChannel } from './frames.ts';
import type { FromWorker, ToWorker, WorkerStart } from './protocol.ts';

/** The worker's connection to the daemon. */
export interface Parent {
  start: WorkerStart;
  /** @throws if the message contains anything but plain data */
  send(message: FromWorker): void;
  listen(onMessage: (message: ToWorker) => void): void;
}

/** Connects to the daemon, through a port or a pipe of this process. Authors' code cannot see either. */
export function findParent(): Parent {
  const start: WorkerStart | null = workerData;
  if (!start?.port) return throughPipe(JSON.parse(process.argv[2] ?? '{}'));
  const { port } = start;
  Reflect.deleteProperty(start, 'port');
  return throughPort(start, port);
}

function throughPort(start: WorkerStart, port: MessagePort): Parent {
  return {
    start,
    send: (message) => {
      const payload = serialize(message);
      // A payload in a slab shared with other messages is copied.
      const isWhole = payload.byteLength === payload.buffer.byteLength;
      port.postMessage(payload, isWhole ? [payload.buffer as ArrayBuffer] : []);
    },
    listen: (onMessage) => void port.on('message', (payload: Uint8Array) => onMessage(deserialize(payload))),
  };
}

function throughPipe(start: WorkerStart): Parent {
  endWithParent(start.parent);
  const pipe = openDaemonPipe();
  return {
    start,
    send: (message) => pipe.send(ownChannel, serialize(message)),
    listen: (onMessage) => pipe.listen((_, payload) => onMessage(deserialize(payload))),
  };
}

/**
 * Ends this process, and what it has started, when the daemon dies in any way. A handler in an endless loop
 * blocks all events, so a separate thread watches.
 */
function endWithParent(parent: number): void {
  const entry = packageFile('dist/sandbox/parent-watch.js');
  new Worker(entry, {
    workerData: { parent, marker: process.env[markerVariable] },
    env: {},
    execArgv: [],
  }).unref();
}
