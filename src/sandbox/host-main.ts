import fs from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { asError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { endAll, killMarked, markerVariable } from '../base/process-tree.ts';
import { openDaemonPipe } from './daemon-pipe.ts';
import { controlChannel } from './frames.ts';
import type { FromHost, ToHost } from './host-protocol.ts';
import type { WorkerStart } from './protocol.ts';
import type { Death } from './transport.ts';

/*
 * The main thread of a host. It starts and ends workers and forwards their messages without reading them.
 * Authors' code runs only in the workers. Nothing here may use the process's thread pool, which authors' code
 * can block.
 */

/** The most characters of output outside the protocol that are forwarded between two messages to a worker. */
const maxText = 262_144;

/** Megabytes for new objects. V8 would use several times as many, in each worker, before it collects any. */
const youngMemory = 4;

/** Milliseconds between two checks of the thread pool, after which it counts as blocked. */
const probeInterval = 500;

/** Milliseconds for which the pool is checked after the last message. A run may block it that long. */
const probePeriod = 60_000;

interface Tenant {
  worker: Worker;
  port: MessagePort;
  marker: string;
  text: number;
}

/** The daemon's pid. */
const { parent }: { parent: number } = JSON.parse(process.argv[2] ?? '{}');
const tenants = new Map<number, Tenant>();
const pipe = openDaemonPipe();

const send = (message: FromHost): void => pipe.sendSoon(controlChannel, serialize(message));

function start({
  channel,
  workspace,
  memory,
  environment,
  marker,
}: Extract<ToHost, { type: 'start' }>): void {
  const { port1: port, port2 } = new MessageChannel();
  const workerData: WorkerStart = { workspace, parent, port: port2 };
  try {
    const worker = new Worker(packageFile('dist/sandbox/worker-main.js'), {
      workerData,
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: youngMemory },
      execArgv: [],
      env: { ...environment, [markerVariable]: marker },
      stdout: true,
      stderr: true,
    });
    addWorker(channel, { worker, port, marker, text: 0 });
  } catch (error) {
    // For example, Node throws at once when file descriptors run out.
    send({ type: 'ended', channel, death: { error: asError(error) } });
  }
}

function addWorker(channel: number, tenant: Tenant): void {
  const { worker, port, marker } = tenant;
  let death: Death | undefined;
  tenants.set(channel, tenant);
  port.on('message', (payload: Uint8Array) => pipe.sendSoon(channel, payload));
  worker.on('error', (error) => {
    death ??= deathOf(error);
  });
  worker.on('exit', (exitCode) => {
    tenants.delete(channel);
    killMarked(marker);
    port.close();
    // After the messages that it sent before.
    setImmediate(() => send({ type: 'ended', channel, death: death ?? { exitCode } }));
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => forwardText(channel, tenant, text));
  }
}

const deathOf = (error: Error & { code?: string }): Death =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { usedMemory: true } : { error };

function forwardText(channel: number, tenant: Tenant, text: string): void {
  const kept = text.slice(0, Math.max(0, maxText - tenant.text));
  tenant.text += text.length;
  if (kept !== '') send({ type: 'text', channel, text: kept });
}

/** Kills its child processes first: a call that waits for one keeps the worker from ending. */
function endWorker(channel: number, isClean: boolean): void {
  const tenant = tenants.get(channel);
  if (tenant === undefined) return;
  void tenant.worker.terminate();
  if (!isClean) killMarked(tenant.marker);
}

function onControl(message: ToHost): void {
  if (message.type === 'start') start(message);
  else endWorker(message.channel, message.isClean);
}

let isProbing = false;
let lastWork = 0;

/** Checks, during work and for a while after, whether the thread pool still responds. */
function probe(): void {
  if (isProbing || performance.now() - lastWork > probePeriod) return;
  isProbing = true;
  setTimeout(() => {
    const isBlocked = setTimeout(() => {
      // If this thread itself was late, the answer may have arrived already. It is read before the immediate.
      blocked = setImmediate(() => send({ type: 'blocked' }));
    }, probeInterval);
    let blocked: NodeJS.Immediate | undefined;
    fs.stat('/', () => {
      clearTimeout(isBlocked);
      clearImmediate(blocked);
      isProbing = false;
      probe();
    });
  }, probeInterval);
}

pipe.listen((channel, payload) => {
  if (channel === controlChannel) return onControl(deserialize(payload));
  const tenant = tenants.get(channel);
  if (tenant === undefined) return;
  tenant.text = 0;
  lastWork = performance.now();
  probe();
  const copy = new Uint8Array(payload);
  tenant.port.postMessage(copy, [copy.buffer]);
});
// A plain exit would wait for workers, some of which may never end.
process.on('exit', () => endAll(String(process.env[markerVariable])));
