/*
 * Bodies of handlers, and what each leaves behind or changes in its worker.
 */
const url = JSON.stringify(`data:text/plain,${'x'.repeat(100)}`);

/** Ordinary work. */
export const clean: ReadonlyArray<[what: string, body: string]> = [
  ['nothing', ''],
  [
    'text and numbers',
    "JSON.parse(JSON.stringify({ a: [1, 'b'] })); 'abc'.matchAll(/b/g); Math.max(1, 2); 5n ** 2n;",
  ],
  [
    'a class of its own',
    'class Own { static #n = 0; static next() { return ++this.#n; } } Own.next(); Object.defineProperty(Own, "x", { value: 1 });',
  ],
  [
    'dates and Intl',
    "new Intl.DateTimeFormat('de').format(new Date()); new Intl.NumberFormat('en').format(1e6); (1e6).toLocaleString();",
  ],
  ['what it prints', "console.log('hello'); console.error('oh');"],
  ['a timer it waits for', 'await new Promise((go) => setTimeout(go, 5));'],
  [
    'a timer it clears',
    'clearTimeout(setTimeout(() => {}, 60_000)); clearInterval(setInterval(() => {}, 60_000));',
  ],
  ['an immediate it waits for', 'await new Promise((go) => setImmediate(go));'],
  ['timers/promises', "const { setTimeout: pause } = await import('node:timers/promises'); await pause(5);"],
  ['a deadline for something', 'const signal = AbortSignal.timeout(60_000); signal.throwIfAborted();'],
  [
    'a hash and random bytes',
    "const { createHash, randomBytes, randomUUID, scryptSync } = await import('node:crypto'); createHash('sha256').update('x').digest('hex'); randomBytes(8); randomUUID(); scryptSync('a', 'b', 8);",
  ],
  [
    'a password hash it waits for',
    "const { scrypt } = await import('node:crypto'); await new Promise((go) => scrypt('a', 'b', 8, go));",
  ],
  ['web crypto', "await crypto.subtle.digest('SHA-256', new Uint8Array(3));"],
  [
    'a file it reads',
    "const { readFile } = await import('node:fs/promises'); await readFile(new URL(import.meta.url));",
  ],
  [
    'a file it opens and closes',
    "const { open } = await import('node:fs/promises'); const file = await open(new URL(import.meta.url)); await file.read(); await file.close();",
  ],
  [
    'a file it reads as a stream',
    "const { createReadStream } = await import('node:fs'); for await (const part of createReadStream(new URL(import.meta.url))) part.length;",
  ],
  ['a folder it lists', "const { readdirSync } = await import('node:fs'); readdirSync('.');"],
  [
    'a module nobody has loaded',
    "await import('node:punycode').catch(() => {}); await import('node:http2');",
  ],
  ['a fetch of text', `await (await fetch(${url})).text();`],
  ['a fetch over the network', "await (await fetch('http://127.0.0.1:' + port)).text();"],
  [
    'a fetch with a deadline',
    "await (await fetch('http://127.0.0.1:' + port, { signal: AbortSignal.timeout(60_000) })).json().catch(() => {});",
  ],
  [
    'a request over the network',
    "await new Promise((go) => http.get({ port, host: '127.0.0.1' }, (answer) => answer.resume().on('end', go)));",
  ],
  ['a name it looks up', "const { lookup } = await import('node:dns/promises'); await lookup('127.0.0.1');"],
  [
    'a server it closes',
    "const server = http.createServer(); await new Promise((go) => server.listen(0, '127.0.0.1', go)); await new Promise((go) => server.close(go));",
  ],
  [
    'a program it waits for',
    "const { execFile } = await import('node:child_process'); await new Promise((go) => execFile(process.execPath, ['-e', '0'], go));",
  ],
  [
    'a program it waits for at once',
    "const { execFileSync } = await import('node:child_process'); execFileSync(process.execPath, ['-e', '0']);",
  ],
  [
    'a worker it waits for',
    "const { Worker } = await import('node:worker_threads'); await new Promise((go) => new Worker('0', { eval: true }).on('exit', go));",
  ],
  [
    'a channel it closes',
    'const { port1 } = new MessageChannel(); port1.close(); await new Promise((go) => port1.on("close", go));',
  ],
  ['a copy of something', 'structuredClone({ a: new Map([[1, 2]]) });'],
  [
    'events and streams',
    "const { EventEmitter, once } = await import('node:events'); const e = new EventEmitter(); setImmediate(() => e.emit('x')); await once(e, 'x'); const { Readable } = await import('node:stream'); for await (const x of Readable.from(['a'])) x;",
  ],
  [
    'what is compressed',
    "const { gzip } = await import('node:zlib'); await new Promise((go) => gzip('x', go));",
  ],
  [
    'globals that Node loads when they are read',
    'new Headers(); new FormData(); new Request("http://x"); new Response(""); new Blob([]); new TransformStream(); new TextDecoder(); performance.now(); globalThis.navigator; globalThis.WebSocket; globalThis.EventSource; globalThis.Storage; new File([], "x"); new BroadcastChannel("x").close(); globalThis.CompressionStream; globalThis.CryptoKey; globalThis.CustomEvent;',
  ],
  [
    'what is put back',
    "const { push } = Array.prototype; Array.prototype.push = function () {}; Array.prototype.push = push; const d = Object.getOwnPropertyDescriptor(Array.prototype, 'push'); Object.defineProperty(Array.prototype, 'push', { value: 1 }); Object.defineProperty(Array.prototype, 'push', d); process.env.MINE = '1'; delete process.env.MINE;",
  ],
  [
    'an error it throws and catches',
    'try { null.x; } catch (error) { error.stack; Error.captureStackTrace({}); }',
  ],
  ['a pattern it looks for', '/(a)/.exec("a"); RegExp.$1;'],
];

/** What must not be there for the next run, and whether the line that did it is known. */
export const unclean: ReadonlyArray<[phrase: string, body: string, isLineKnown?: 'line']> = [
  ['changed globalThis.mine', 'globalThis.mine = 1;'],
  ['changed globalThis[Symbol(mine)]', "globalThis[Symbol('mine')] = 1;"],
  [
    'changed globalThis.hiddenOfMine',
    "Object.defineProperty(globalThis, 'hiddenOfMine', { value: 1 });",
    'line',
  ],
  ['changed globalThis.fetch', 'globalThis.fetch = () => {};'],
  ['changed globalThis.setTimeout', 'const old = setTimeout; globalThis.setTimeout = (...a) => old(...a);'],
  ['changed globalThis.Headers', 'globalThis.Headers = class {};'],
  ['changed globalThis.TextDecoder', 'delete globalThis.TextDecoder;'],
  ['changed Object.prototype.extra', 'Object.prototype.extra = 1; '],
  [
    'changed Object.prototype.extraType',
    "Object.defineProperty(Object.prototype, 'extraType', { get: () => 1, configurable: true });",
    'line',
  ],
  ['changed WeakRef.prototype.extraGot', "WeakRef.prototype.__defineGetter__('extraGot', () => 1);", 'line'],
  [
    'changed Array.prototype.last',
    "Reflect.defineProperty(Array.prototype, 'last', { value: 1, configurable: true });",
    'line',
  ],
  [
    'changed Array.prototype.first',
    'Object.defineProperties(Array.prototype, { first: { value: 1 } });',
    'line',
  ],
  [
    'changed Array.prototype.map',
    'const { map } = Array.prototype; Array.prototype.map = function (...a) { return map.apply(this, a); };',
  ],
  ['changed Array.prototype[Symbol(mine)]', "Array.prototype[Symbol('mine')] = 1;"],
  ['changed String.prototype[Symbol(mine)]', "String.prototype[Symbol('mine')] = 1;"],
  ['changed String.prototype.shout', 'String.prototype.shout = function () {};'],
  [
    'changed Promise.prototype.then',
    'const { then } = Promise.prototype; Promise.prototype.then = function (...a) { return then.apply(this, a); };',
  ],
  ['changed Promise.try', 'Promise.try = function () {};'],
  [
    'changed Function.prototype.call',
    'const { call } = Function.prototype; Function.prototype.call = function (...a) { return Reflect.apply(call, this, a); };',
  ],
  ['changed RegExp.prototype.flags', 'delete RegExp.prototype.flags;'],
  [
    'changed Map.prototype.get',
    'const { get } = Map.prototype; Map.prototype.get = function (...a) { return get.apply(this, a); };',
  ],
  ['changed Date.now', 'const { now } = Date; Date.now = () => now() + 1;'],
  ['changed JSON.parse', 'const { parse } = JSON; JSON.parse = (text) => parse(text);'],
  ['changed Math.random', 'Math.random = () => 4;'],
  ['changed Reflect.get', 'const { get } = Reflect; Reflect.get = (...a) => get(...a);'],
  ['changed Error.stackTraceLimit', 'Error.stackTraceLimit = 1;'],
  ['changed Error.prepareStackTrace', 'Error.prepareStackTrace = undefined;'],
  [
    'changed Intl.NumberFormat.prototype.format',
    "Object.defineProperty(Intl.NumberFormat.prototype, 'format', { value: 1 });",
    'line',
  ],
  ['changed console.log', 'console.log = () => {};'],
  [
    'changed the prototype of Array.prototype',
    'Object.setPrototypeOf(Array.prototype, Object.create(Object.prototype));',
  ],
  ['changed whether Set.prototype can be extended', 'Object.freeze(Set.prototype);'],
  [
    'changed the prototype of Uint8Array.prototype.fill',
    'Object.getPrototypeOf(Int8Array.prototype).fill = () => {};',
  ],
  [
    'changed %MapIterator%.next',
    'const proto = Object.getPrototypeOf(new Map().keys()); const { next } = proto; proto.next = function () { return next.call(this); };',
  ],
  ['changed %AsyncFunction%.mine', 'Object.getPrototypeOf(async () => {}).mine = 1;'],
  [
    'changed fs.readFileSync',
    "const { default: fs } = await import('node:fs'); const { readFileSync } = fs; fs.readFileSync = (...a) => readFileSync(...a);",
  ],
  [
    'changed fs/promises.readFile',
    "const { default: fs } = await import('node:fs/promises'); fs.readFile = () => {};",
  ],
  ['changed fs.mine', "const { default: fs } = await import('node:fs'); fs.mine = 1;"],
  [
    'changed child_process.exec',
    "const { default: c } = await import('node:child_process'); c.exec = () => {};",
  ],
  ['changed http.get', "const { default: http } = await import('node:http'); http.get = () => {};"],
  [
    'changed http.globalAgent',
    "const { default: http } = await import('node:http'); http.globalAgent = new http.Agent();",
  ],
  [
    'changed https.request',
    "const { default: https } = await import('node:https'); https.request = () => {};",
  ],
  [
    'changed net.Socket.prototype.write',
    "const { default: net } = await import('node:net'); net.Socket.prototype.write = () => {};",
  ],
  [
    'changed timers.setTimeout',
    "const { default: timers } = await import('node:timers'); timers.setTimeout = () => {};",
  ],
  [
    'changed events.defaultMaxListeners',
    "const { default: events } = await import('node:events'); events.defaultMaxListeners = 1;",
  ],
  [
    'changed events.EventEmitter.prototype.emit',
    "const { default: events } = await import('node:events'); const { emit } = events.prototype; events.prototype.emit = function (...a) { return emit.apply(this, a); };",
  ],
  [
    'changed path.join',
    "const { default: path } = await import('node:path'); const { join } = path; path.join = (...a) => join(...a);",
  ],
  [
    'changed crypto.randomUUID',
    "const { default: crypto } = await import('node:crypto'); crypto.randomUUID = () => '4';",
  ],
  [
    'changed module._load',
    "const { default: module } = await import('node:module'); const { _load } = module; module._load = function (...a) { return _load.apply(this, a); };",
  ],
  ['changed process.hrtime', 'process.hrtime = () => 0;'],
  ['changed process.exitCode', 'process.exitCode = 0;'],
  ['changed process.env.MINE', "process.env.MINE = '1';"],
  ['changed process.env.PATH', "process.env.PATH += ':/mine';"],
  ['changed process.env.HOME', 'delete process.env.HOME;'],
  ['changed the listeners of process for exit', "process.on('exit', () => {});"],
  ['changed the listeners of process for SIGUSR2', "process.on('SIGUSR2', () => {});"],
  ['changed the listeners of process for uncaughtException', "process.on('uncaughtException', () => {});"],
  ['changed messenger-bots.Composer.prototype.message', 'handed.Composer.prototype.message = () => {};'],
  ['changed messenger-bots.Composer.prototype.more', 'handed.Composer.prototype.more = () => {};'],
  ['changed messenger-bots.Composer', 'handed.Composer = class {};'],
  ['left a timer', 'setTimeout(() => {}, 60_000);', 'line'],
  ['left a timer', 'setInterval(() => {}, 60_000).unref();', 'line'],
  ['left a timer', 'const again = () => setImmediate(again); again();', 'line'],
  ['left a timer', 'const again = () => setImmediate(again).unref(); again();', 'line'],
  [
    'left a timer',
    "const { setTimeout: pause } = await import('node:timers/promises'); void pause(60_000, 0, { ref: false });",
    'line',
  ],
  ['left a server', 'http.createServer().listen(0);', 'line'],
  ['left a server', "http.createServer().listen(0, '127.0.0.1');"],
  [
    'left a server',
    "const s = http.createServer(); await new Promise((go) => s.listen(0, '127.0.0.1', go)); s.unref();",
  ],
  [
    'left a UDP socket',
    "const { createSocket } = await import('node:dgram'); createSocket('udp4').bind(0, '127.0.0.1').unref();",
    'line',
  ],
  [
    'left a connection',
    "const { connect } = await import('node:net'); const s = connect(port, '127.0.0.1'); await new Promise((go) => s.on('connect', go));",
    'line',
  ],
  [
    'left a connection',
    "const { connect } = await import('node:net'); const s = connect(port, '127.0.0.1'); await new Promise((go) => s.on('connect', go)); s.unref();",
    'line',
  ],
  [
    'left a child process',
    "const { spawn } = await import('node:child_process'); kept.push(spawn('sleep', ['1000'], { stdio: 'ignore' }));",
    'line',
  ],
  [
    'left a child process',
    "const { spawn } = await import('node:child_process'); const c = spawn('sleep', ['1000'], { stdio: 'ignore', detached: true }); c.unref(); kept.push(c);",
    'line',
  ],
  [
    'left a worker',
    "const { Worker } = await import('node:worker_threads'); new Worker('setInterval(() => {}, 1000)', { eval: true });",
    'line',
  ],
  [
    'left a worker',
    "const { Worker } = await import('node:worker_threads'); new Worker('setInterval(() => {}, 1000)', { eval: true }).unref();",
    'line',
  ],
  [
    'left a message port',
    'const { port1 } = new MessageChannel(); port1.on("message", () => {}); kept.push(port1);',
    'line',
  ],
  ['left a message port', 'kept.push(new BroadcastChannel("mine"));', 'line'],
  [
    'left a file watcher',
    "const { watch } = await import('node:fs'); watch('.', { persistent: false });",
    'line',
  ],
  [
    'left a file watcher',
    "const { watchFile } = await import('node:fs'); watchFile('package.json', { persistent: false }, () => {});",
    'line',
  ],
  [
    'left an open file',
    "const { open } = await import('node:fs/promises'); kept.push(await open('package.json'));",
  ],
  [
    'left an unfinished file operation',
    "const { readFile, closeSync, openSync } = await import('node:fs'); const { pathname } = new URL('fifo', import.meta.url); readFile(pathname, () => {}); kept.push({ kill: () => closeSync(openSync(pathname, 'w')) });",
  ],
  [
    'left an unfinished call',
    "const { scrypt } = await import('node:crypto'); scrypt('a', 'b', 64, { N: 2 ** 17, maxmem: 2 ** 28 }, () => {});",
    'line',
  ],
  ['changed globalThis.process', 'globalThis.process = Object.create(process);'],
];

/** What only a process can change. */
export const uncleanProcess: typeof unclean = [
  ['changed the working directory (process.chdir)', "process.chdir('/');"],
  ['changed process.umask', 'process.umask(0o077);'],
  ['changed process.title', "process.title = 'mine';"],
];
