import type { HostileHandler } from './handler.ts';

/** What ends its process, or its thread. */
export const endsItself: HostileHandler[] = [
  ['exits', 'process.exit(3);', 'HANDLER_EXITED'],
  ['exits with a success', 'process.exit(0);', 'HANDLER_EXITED'],
  ['exits behind Node', 'process.reallyExit(3);', 'HANDLER_EXITED'],
  ['sets how it exits', 'process.exitCode = 3;', 'handled'],
  ['says that it exits', "process.emit('exit', 3);", 'handled|HANDLER_EXITED'],
  ['aborts', 'process.abort();', { thread: 'HANDLER_THREW', process: 'HANDLER_KEPT_CRASHING|HANDLER_THREW' }],
  ['kills its process', "process.kill(process.pid, 'SIGKILL');", 'HANDLER_KEPT_CRASHING|HANDLER_THREW'],
  [
    'ends its process as by a fault',
    "process.kill(process.pid, 'SIGSEGV');",
    'HANDLER_KEPT_CRASHING|HANDLER_THREW',
  ],
  [
    'asks its process to end',
    "process.kill(process.pid, 'SIGTERM'); await new Promise(() => {});",
    'HANDLER_KEPT_CRASHING|HANDLER_TIMEOUT|HANDLER_THREW',
  ],
  [
    'ends its process as a closed terminal does',
    "process.kill(process.pid, 'SIGHUP'); await new Promise(() => {});",
    'HANDLER_KEPT_CRASHING|HANDLER_TIMEOUT|HANDLER_THREW',
  ],
  [
    'ends its process as by an alarm',
    "process.kill(process.pid, 'SIGALRM'); await new Promise(() => {});",
    'HANDLER_KEPT_CRASHING|HANDLER_TIMEOUT|HANDLER_THREW',
  ],
  [
    'calls itself on a stack that is too large',
    "(await import('node:v8')).setFlagsFromString('--stack-size=100000'); const again = () => again() + 1; await new Promise((done) => setTimeout(done, 1)); (0, eval)('(function again() { return again() + 1; })()');",
    'HANDLER_KEPT_CRASHING|HANDLER_THREW',
  ],
  [
    'throws in a hook',
    "(await import('node:async_hooks')).createHook({ init() { throw new Error('hook'); } }).enable(); setTimeout(() => {}, 1); await new Promise(() => {});",
    'HANDLER_EXITED|HANDLER_KEPT_CRASHING|HANDLER_THREW|HANDLER_TIMEOUT',
  ],
  [
    'throws where nobody listens',
    "setImmediate(() => { throw new Error('nobody'); }); await new Promise(() => {});",
    'HANDLER_THREW',
  ],
  [
    'rejects where nobody listens',
    "void Promise.reject(new Error('nobody')); await new Promise(() => {});",
    'HANDLER_THREW',
  ],
  [
    'emits an error where nobody listens',
    "new (await import('node:events')).EventEmitter().emit('error', new Error('nobody'));",
    'HANDLER_THREW',
  ],
  [
    'loads what is no module of machine code',
    "process.dlopen({ exports: {} }, '/dev/null');",
    'HANDLER_THREW',
  ],
  [
    'hides what it throws',
    "throw Object.defineProperty(new Error('no'), 'message', { get() { throw new Error('ha'); } });",
    'HANDLER_THREW',
  ],
  [
    'throws a message that is none',
    "throw Object.assign(new Error('no'), { message: { code: 7 } });",
    'HANDLER_THREW',
  ],
  [
    'throws a proxy',
    "throw new Proxy(new Error('no'), { get() { throw new Error('get'); } });",
    'HANDLER_THREW',
  ],
];
