/** A file that does harm while it is loaded, and what is said of it; null where it is loaded like any other. */
export type HostileFile = [name: string, text: string, problem: RegExp | null];

/** What files do while they are loaded. */
export const whileLoaded: HostileFile[] = [
  ['loops', 'for (;;);', /did not finish|end/],
  ['waits for ever', 'await new Promise(() => {});', /did not finish|end/],
  ['sleeps in a command', "(await import('node:child_process')).execSync('sleep 40');", /did not finish|end/],
  ['reads a pipe that nobody writes', "(await import('node:fs')).readFileSync(FIFO);", /did not finish|end/],
  ['throws', "throw new Error('It rains.');", /:\d+: It rains/],
  ['is no program', 'export class {', /:\d+: /],
  ['exits', 'process.exit(3);', /process\.exit\(3\)/],
  ['kills its process', "process.kill(process.pid, 'SIGKILL');", /SIGKILL|may not end the process/],
  [
    'ends its process as by a fault',
    "process.kill(process.pid, 'SIGSEGV');",
    /SIGSEGV|may not end the process/,
  ],
  ['aborts', 'process.abort();', /process\.abort|SIGABRT/],
  ['fills its memory', 'const all = []; for (;;) all.push(new Array(1e7).fill(1));', /memory/],
  ['fills buffers', 'const all = []; for (;;) all.push(Buffer.alloc(5e7, 1));', /memory/],
  [
    'patches then',
    'const { then } = Promise.prototype; Promise.prototype.then = function (a, b) { return then.call(this, a, b); };',
    null,
  ],
  // Its own description has that too.
  ['adds to Object.prototype', 'Object.prototype.hostile = 1;', /not plain data/],
  ['patches fs', "(await import('node:fs')).default.readFileSync = () => 'hostile';", null],
  ['sets a variable of the environment', "process.env.HOSTILE = '1';", null],
  ['removes the listeners of the process', 'process.removeAllListeners();', null],
  [
    'starts a program',
    "(await import('node:child_process')).spawn('sleep', ['600'], { env: { ...process.env, MARK } });",
    null,
  ],
  ['opens a server', "(await import('node:net')).createServer().listen(0, '127.0.0.1');", null],
  ['sets an interval', 'setInterval(() => {}, 1);', null],
];
