import type { HostileHandler } from './handler.ts';

/** What speaks for the worker, or cuts it off. */
export const speaksForTheWorker: HostileHandler[] = [
  [
    'forges its end',
    "process.send?.({ type: 'done', value: { cooldownReleased: false }, unclean: null });",
    'handled',
  ],
  [
    'forges its end over the port',
    "(await import('node:worker_threads')).parentPort?.postMessage({ type: 'done', value: {} });",
    'handled',
  ],
  [
    'sends nonsense over the port',
    "const { parentPort } = await import('node:worker_threads'); for (const sent of [null, 7, 'x', {}, [], { type: 'request' }, { type: {} }]) parentPort?.postMessage(sent);",
    'handled',
  ],
  [
    'closes the port',
    "(await import('node:worker_threads')).parentPort?.close();",
    'handled|HANDLER_EXITED|HANDLER_TIMEOUT',
  ],
  [
    'takes the listeners of the port',
    "(await import('node:worker_threads')).parentPort?.removeAllListeners();",
    'handled|HANDLER_TIMEOUT',
  ],
  ['disconnects', 'process.disconnect?.();', 'handled'],
  [
    'writes into the pipe of the protocol',
    "(await import('node:fs')).writeSync(3, Buffer.alloc(4096, 255));",
    'handled|HANDLER_THREW|HANDLER_BROKE_PROTOCOL|HANDLER_KEPT_CRASHING',
  ],
  [
    'closes the pipe of the protocol',
    "(await import('node:fs')).closeSync(3);",
    'handled|HANDLER_THREW|HANDLER_KEPT_CRASHING|HANDLER_EXITED',
  ],
  [
    'closes all files',
    "const fs = await import('node:fs'); for (let file = 0; file < 64; file++) try { fs.closeSync(file); } catch {}",
    'handled|HANDLER_KEPT_CRASHING|HANDLER_EXITED|HANDLER_THREW',
  ],
  [
    'writes to the outputs',
    "const fs = await import('node:fs'); for (const file of [1, 2]) fs.writeSync(file, 'hostile\\n');",
    'handled',
  ],
  ['ends its output', 'process.stdout.destroy(); process.stderr.end();', 'handled'],
  ['prints without end', "for (let n = 0; n < 20_000; n++) console.log('x'.repeat(100));", 'handled'],
  ['warns without end', "for (let n = 0; n < 2_000; n++) process.emitWarning('hostile ' + n);", 'handled'],
  [
    'lets the inspector end the host',
    `const { Session } = await import('node:inspector/promises');
     const session = new Session();
     session.connectToMainThread();
     await session.post('Runtime.evaluate', { expression: 'process.exit(7)' });`,
    'handled|HANDLER_THREW|HANDLER_KEPT_CRASHING|HANDLER_EXITED|HANDLER_TIMEOUT',
  ],
  ['opens the inspector', "(await import('node:inspector')).open(0, '127.0.0.1');", 'handled|HANDLER_THREW'],
  [
    'sets flags of the engine',
    "(await import('node:v8')).setFlagsFromString('--stack-trace-limit=0');",
    'handled',
  ],
  [
    'registers hooks of the loader',
    `(await import('node:module')).register('data:text/javascript,' + encodeURIComponent('export async function resolve() { return { url: "node:fs", shortCircuit: true }; }'));
     await import('./nothing.ts').catch(() => {});`,
    'handled',
  ],
];
