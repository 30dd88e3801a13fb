import type { HostileHandler } from './handler.ts';

/** What is left behind. */
export const leavesBehind: HostileHandler[] = [
  ['an immediate that comes again', 'const again = () => { setImmediate(again); }; again();', 'handled'],
  [
    'an interval without a reference',
    'setInterval(() => { for (let n = 0; n < 1e7; n++); }, 1).unref();',
    'handled',
  ],
  ['a timer that exits', 'setTimeout(() => process.exit(1), 50);', 'handled'],
  ['a timer that throws', "setTimeout(() => { throw new Error('late'); }, 50);", 'handled'],
  ['a rejection that nobody hears', "void Promise.reject(new Error('unheard'));", 'HANDLER_THREW|handled'],
  [
    'a program',
    "(await import('node:child_process')).spawn('sleep', ['600'], { env: { ...process.env, MARK } });",
    'handled',
  ],
  [
    'a program of its own group',
    "(await import('node:child_process')).spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: { ...process.env, MARK } }).unref();",
    'handled',
  ],
  [
    'a program without an environment',
    "(await import('node:child_process')).spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: { MARK } }).unref();",
    'handled',
  ],
  [
    'a command',
    "(await import('node:child_process')).exec('sleep 600; sleep 600', { env: { ...process.env, MARK } });",
    'handled',
  ],
  [
    'a program that ignores signals',
    "(await import('node:child_process')).spawn('sh', ['-c', \"trap '' TERM INT HUP; while :; do sleep 1; done\"], { env: { ...process.env, MARK } });",
    'handled',
  ],
  [
    'a child of a program',
    "(await import('node:child_process')).spawn('sh', ['-c', 'sleep 600 & sleep 600 & wait'], { env: { ...process.env, MARK } });",
    'handled',
  ],
  [
    'a program of Node',
    "(await import('node:child_process')).spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env: { ...process.env, MARK } });",
    'handled',
  ],
  [
    'a sub-worker that loops',
    "const { Worker } = await import('node:worker_threads'); new Worker('for (;;);', { eval: true });",
    'handled',
  ],
  [
    'a sub-worker that waits',
    "const { Worker } = await import('node:worker_threads'); await new Promise((done) => new Worker('setInterval(() => {}, 1000)', { eval: true }).once('online', done));",
    'handled',
  ],
  [
    'a sub-worker without a reference',
    "const { Worker } = await import('node:worker_threads'); new Worker('setInterval(() => {}, 1000)', { eval: true }).unref();",
    'handled',
  ],
  [
    'a channel',
    "const { MessageChannel, BroadcastChannel } = await import('node:worker_threads'); globalThis[Symbol()] = [new MessageChannel().port1.on('message', () => {}), new BroadcastChannel('hostile')];",
    'handled',
  ],
  [
    'a server',
    "await new Promise(async (done) => (await import('node:net')).createServer().listen(0, '127.0.0.1', done));",
    'handled',
  ],
  [
    'a server of HTTP without a reference',
    "await new Promise(async (done) => (await import('node:http')).createServer().listen(0, '127.0.0.1', done).unref());",
    'handled',
  ],
  [
    'a socket of datagrams',
    "(await import('node:dgram')).createSocket('udp4').bind(0, '127.0.0.1');",
    'handled',
  ],
  ['a watcher of files', "(await import('node:fs')).watch('/tmp');", 'handled'],
  ['an open file', "(await import('node:fs')).openSync('/dev/null', 'r');", 'handled'],
  ['a stream', "(await import('node:fs')).createReadStream(FIFO);", 'handled'],
  ['a listener of signals', "process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});", 'handled'],
  [
    'a session of the inspector',
    "const { Session } = await import('node:inspector'); const session = new Session(); session.connect(); session.post('Profiler.enable');",
    'handled',
  ],
];
