import { type HostileHandler, notInThreads } from './handler.ts';

/** What is changed for whoever comes next. */
export const changesTheWorld: HostileHandler[] = [
  [
    'patches the composer',
    'Object.getPrototypeOf(this.composer()).message = function (text) { return this.emitTyping(); };',
    'handled',
  ],
  ['adds to Object.prototype', 'Object.prototype.hostile = 1;', 'handled'],
  [
    'sets a getter on Object.prototype.type',
    "Object.defineProperty(Object.prototype, 'type', { get: () => 'hostile', configurable: true });",
    'handled|HANDLER_THREW|HANDLER_TIMEOUT|HANDLER_KEPT_CRASHING|HANDLER_EXITED',
  ],
  ['adds to globalThis', 'globalThis.hostile = this;', 'handled'],
  ['removes from globalThis', 'delete globalThis.structuredClone;', 'handled'],
  ['replaces a timer', 'globalThis.setTimeout = () => 1;', 'handled'],
  ['sets a variable of the environment', "process.env.HOSTILE = '1';", 'handled'],
  ['removes one', 'delete process.env.PATH;', 'handled'],
  ['empties the environment', 'process.env = {};', 'handled'],
  ['changes the folder', "process.chdir('/');", notInThreads],
  ['changes the mask of files', 'process.umask(0o777);', notInThreads],
  ['changes the title', "process.title = 'hostile';", 'handled'],
  ['changes the arguments', "process.argv.push('hostile'); process.execArgv.push('--hostile');", 'handled'],
  ['patches fs', "(await import('node:fs')).default.readFileSync = () => 'hostile';", 'handled'],
  [
    'patches fs also for imports',
    `const fs = (await import('node:fs')).default;
     fs.existsSync = () => true;
     (await import('node:module')).syncBuiltinESMExports();`,
    'handled',
  ],
  [
    'patches fs/promises',
    "(await import('node:fs/promises')).default.readFile = async () => 'hostile';",
    'handled',
  ],
  [
    'patches http',
    "(await import('node:http')).default.request = () => { throw new Error('hostile'); };",
    'handled',
  ],
  [
    'patches the emitter',
    "(await import('node:events')).default.prototype.listenerCount = () => 7;",
    'handled',
  ],
  [
    'patches require',
    "(await import('node:module')).default.prototype.require = () => 'hostile';",
    'handled',
  ],
  ['patches the loader', "(await import('node:module')).default._load = () => 'hostile';", 'handled'],
  [
    'adds a loader of files',
    "(await import('node:module')).default._extensions['.ts'] = () => {};",
    'handled',
  ],
  [
    'patches then',
    'const { then } = Promise.prototype; Promise.prototype.then = function (a, b) { return then.call(this, a, b); };',
    'handled',
  ],
  ['patches JSON', 'JSON.stringify = () => \'"hostile"\';', 'handled|HANDLER_THREW'],
  ['patches arrays', 'Array.prototype.map = () => [];', 'handled|HANDLER_THREW'],
  ['patches texts', "String.prototype.split = () => ['hostile'];", 'handled|HANDLER_THREW'],
  ['patches maps', 'Map.prototype.get = () => undefined;', 'handled|HANDLER_THREW|HANDLER_TIMEOUT'],
  ['patches functions', "Function.prototype.toString = () => 'function () { [native code] }';", 'handled'],
  ['patches Reflect', 'Reflect.get = () => 7;', 'handled'],
  ['patches the clock', 'Date.now = () => 0; Math.random = () => 0;', 'handled'],
  ['patches errors', "Error.prepareStackTrace = () => 'hostile'; Error.stackTraceLimit = 0;", 'handled'],
  [
    'patches Buffer',
    "Buffer.from = () => Buffer.alloc(1); Buffer.prototype.toString = () => 'hostile';",
    'handled|HANDLER_THREW|HANDLER_KEPT_CRASHING|HANDLER_TIMEOUT',
  ],
  ['patches the console', 'console.log = () => { throw new Error(); };', 'handled'],
  [
    'freezes the world',
    'for (const name of [Object, Array, Map, Promise]) Object.freeze(name.prototype);',
    'handled',
  ],
  ['changes a prototype', 'Object.setPrototypeOf(Array.prototype, { hostile: 1 });', 'handled'],
  ['changes the servers of names', "(await import('node:dns')).setServers(['127.0.0.1']);", 'handled'],
  ['changes the agent', "(await import('node:http')).default.globalAgent.maxSockets = 0;", 'handled'],
  [
    'enables a hook of its own',
    "(await import('node:async_hooks')).createHook({ init() {} }).enable();",
    'handled',
  ],
  [
    'enters a storage',
    "new (await import('node:async_hooks')).AsyncLocalStorage().enterWith({});",
    'handled',
  ],
  [
    'runs code in the realm',
    "(await import('node:vm')).runInThisContext('Object.prototype.hostile = 1');",
    'handled',
  ],
  [
    'shares data with sub-workers',
    "(await import('node:worker_threads')).setEnvironmentData('hostile', 1);",
    'handled',
  ],
  [
    'swallows errors',
    "process.on('uncaughtException', () => {}); process.on('unhandledRejection', () => {});",
    'handled',
  ],
  ['removes the listeners of the process', 'process.removeAllListeners();', 'handled'],
];
