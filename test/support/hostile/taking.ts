import type { HostileHandler } from './handler.ts';

/** What takes all there is. */
export const takesAll: HostileHandler[] = [
  [
    'fills a map',
    'const map = new Map(); for (let n = 0; ; n++) map.set(n, { n });',
    'HANDLER_OUT_OF_MEMORY',
  ],
  [
    'fills an array at once',
    'const all = []; for (;;) all.push(new Array(5e7).fill(1));',
    'HANDLER_OUT_OF_MEMORY',
  ],
  [
    'spreads a long text',
    "const all = [...'x'.repeat(2e8)]; await this.composer().message(String(all.length));",
    'HANDLER_OUT_OF_MEMORY',
  ],
  [
    'copies a long text',
    "const all = []; for (;;) all.push(Buffer.from('x'.repeat(3e8)));",
    'HANDLER_OUT_OF_MEMORY',
  ],
  ['fills buffers', 'const all = []; for (;;) all.push(Buffer.alloc(5e7, 1));', 'HANDLER_OUT_OF_MEMORY'],
  [
    'fills shared memory',
    'const all = []; for (;;) all.push(new Uint8Array(new SharedArrayBuffer(5e7)).fill(1));',
    'HANDLER_OUT_OF_MEMORY',
  ],
  [
    'fills memory of WebAssembly',
    'const all = []; for (;;) { const memory = new WebAssembly.Memory({ initial: 800 }); new Uint8Array(memory.buffer).fill(1); all.push(memory); }',
    'HANDLER_OUT_OF_MEMORY',
  ],
  [
    'reads without end',
    "(await import('node:fs')).readFileSync('/dev/zero');",
    'HANDLER_OUT_OF_MEMORY|HANDLER_THREW',
  ],
  [
    'unpacks a bomb',
    "const zlib = await import('node:zlib'); const all = []; const bomb = zlib.gzipSync(Buffer.alloc(1e8)); for (;;) all.push(zlib.gunzipSync(bomb));",
    'HANDLER_OUT_OF_MEMORY',
  ],
  ['calls itself', 'const again = () => again() + 1; again();', 'HANDLER_THREW'],
  [
    'opens files without end',
    "const fs = await import('node:fs'); const all = []; try { for (;;) all.push(fs.openSync('/dev/null', 'r')); } catch {}",
    'handled',
  ],
  ['throws a long message', "throw new Error('x'.repeat(5e7));", 'HANDLER_THREW|HANDLER_OUT_OF_MEMORY'],
  [
    'posts a long extra',
    "await this.composer().message('x', null, { long: 'x'.repeat(5e7) });",
    'EFFECT_REFUSED|HANDLER_OUT_OF_MEMORY',
  ],
  [
    'posts a long text',
    "await this.composer().message('x'.repeat(5e7));",
    'EFFECT_REFUSED|HANDLER_OUT_OF_MEMORY',
  ],
];

/** What never ends, or keeps others waiting. */
export const neverEnds: HostileHandler[] = [
  ['loops', 'for (;;);', 'HANDLER_TIMEOUT'],
  ['waits for ever', 'await { then() {} };', 'HANDLER_TIMEOUT'],
  [
    'loops in microtasks',
    'const again = () => { queueMicrotask(again); }; again(); await new Promise(() => {});',
    'HANDLER_TIMEOUT|HANDLER_OUT_OF_MEMORY',
  ],
  [
    'loops in ticks',
    'const again = () => { process.nextTick(again); }; again(); await new Promise(() => {});',
    'HANDLER_TIMEOUT|HANDLER_OUT_OF_MEMORY',
  ],
  ['loops in another realm', "(await import('node:vm')).runInNewContext('for (;;);');", 'HANDLER_TIMEOUT'],
  ['matches a hard pattern', "/^(a+)+$/.test('a'.repeat(40) + '!');", 'HANDLER_TIMEOUT'],
  [
    'waits for shared memory',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
    'HANDLER_TIMEOUT',
  ],
  [
    'sleeps in a command',
    "(await import('node:child_process')).execSync('sleep 40', { env: { ...process.env, MARK } });",
    'HANDLER_TIMEOUT',
  ],
  [
    'sleeps in a program',
    "(await import('node:child_process')).spawnSync('sleep', ['40'], { env: { ...process.env, MARK } });",
    'HANDLER_TIMEOUT',
  ],
  ['reads a pipe that nobody writes', "(await import('node:fs')).readFileSync(FIFO);", 'HANDLER_TIMEOUT'],
  [
    'reads four of them',
    "const { readFile } = await import('node:fs/promises'); await Promise.all([1, 2, 3, 4, 5].map(() => readFile(FIFO)));",
    'HANDLER_TIMEOUT',
  ],
  ['sends one', 'await this.composer().document(FIFO);', 'FILE_UNREADABLE'],
  [
    'hashes for long',
    "const { pbkdf2 } = await import('node:crypto'); await Promise.all([1, 2, 3, 4, 5, 6].map(() => new Promise((done) => pbkdf2('a', 'b', 5e7, 64, 'sha512', done))));",
    'HANDLER_TIMEOUT',
  ],
  [
    'hashes for long at once',
    "(await import('node:crypto')).pbkdf2Sync('a', 'b', 5e7, 64, 'sha512');",
    'HANDLER_TIMEOUT',
  ],
  [
    'makes hard keys',
    "(await import('node:crypto')).generateKeyPairSync('rsa', { modulusLength: 16384 });",
    'HANDLER_TIMEOUT',
  ],
  [
    'asks a server that says nothing',
    "const net = await import('node:net'); const server = net.createServer().listen(0, '127.0.0.1'); await new Promise((done) => server.once('listening', done)); await fetch('http://127.0.0.1:' + server.address().port);",
    'HANDLER_TIMEOUT',
  ],
  [
    'asks for what it never awaits',
    'for (;;) { void this.composer().emitTyping(); await null; }',
    'HANDLER_TIMEOUT|HANDLER_OUT_OF_MEMORY|TOO_MANY_REQUESTS',
  ],
];
