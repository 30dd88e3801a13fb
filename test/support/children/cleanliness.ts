import http from 'node:http';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { activeHandler } from '../../../src/authoring/active-handler.ts';
import { Cleanliness } from '../../../src/sandbox/cleanliness.ts';
import { Printing } from '../../../src/sandbox/printing.ts';

/*
 * A worker, thread or process, that runs functions of files one after the other and says of each what it has left
 * or changed. Everything is taken for clean before each of them, so none pays for the one before.
 */
const handed = {
  Composer: class Composer {
    message() {}
  },
};
const cleanliness = new Cleanliness({ 'messenger-bots': handed });
// As a worker does. What a thread prints otherwise waits for its parent, which may be busy.
const printing = new Printing(() => {});
for (const stream of [process.stdout, process.stderr]) printing.capture(stream);
const kept: Array<{ kill?: (signal: string) => void }> = [];

const said: unknown[] = [];

const [port = '', ...files]: string[] = isMainThread ? process.argv.slice(2) : workerData;
Object.assign(globalThis, { handed, kept, http, port: Number(port) });
// Before any of them runs: what they change may be what Node imports with.
const loaded: Array<{ file: string; handle: () => Promise<void> }> = [];
for (const file of files) loaded.push({ file, handle: (await import(file)).handle });
for (const { file, handle } of loaded) {
  cleanliness.remember();
  cleanliness.beginRun();
  const active = {
    ended: false,
    late: () => {},
    wasReported: () => false,
    failLate: () => {},
    sentHttp: () => {},
  };
  try {
    await activeHandler.run(active, handle);
    await new Promise((resolve) => setImmediate(resolve));
    const found = await cleanliness.check();
    said.push({ phrase: found?.phrase ?? null, frames: framesIn(file, found?.site?.stack) });
  } catch (error) {
    said.push({ phrase: `threw ${String(error)}`, frames: '' });
  }
  active.ended = true;
  cleanliness.endRun();
}

function framesIn(file: string, stack = ''): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return /:(\d+):\d+/.exec(stack.split('\n').find((line) => line.includes(name)) ?? '')?.[1] ?? '';
}

if (parentPort) parentPort.postMessage(said);
else process.send?.(said);
for (const each of kept) each.kill?.('SIGKILL');
setImmediate(() => process.exit());
