import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { nextMessage, startChild } from '../support/children.ts';
import { handlerSource } from '../support/handlers.ts';
import { rejection, shortDeadline, TestSandbox } from '../support/sandbox.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const bots = (body: string, members = '') => ({
  'bots/BadBot.ts': handlerSource('BadBot', '!bad', body).replace(
    'async handle',
    `${members}\n  async handle`,
  ),
  'bots/GoodBot.ts': handlerSource('GoodBot', '!good', "await this.composer().message('fine');"),
});

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);

/** Ways to end badly: what the handler does, and how that is told. */
const bad: Array<[string, string, string | undefined, RegExp]> = [
  ['loops for ever', 'for (;;);', 'HANDLER_TIMEOUT', /did not finish within 1000 ms/],
  [
    'loops for ever and prints',
    'for (;;) console.log("again and again");',
    'HANDLER_TIMEOUT',
    /did not finish within 1000 ms/,
  ],
  ['ends itself', 'process.exit(3);', 'HANDLER_EXITED', /process\.exit\(3\)/],
  ['leaves a rejection to nobody', "void Promise.reject(new Error('adrift'));", undefined, /^adrift$/],
  [
    'throws in a timer',
    "setTimeout(() => { throw new Error('later'); }); await new Promise(() => {});",
    undefined,
    /^later$/,
  ],
  [
    'ignores every signal it can',
    "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {}); await new Promise(() => {});",
    'HANDLER_TIMEOUT',
    /did not finish within 1000 ms/,
  ],
  [
    'fills its heap',
    'const all = []; for (;;) all.push([all.length]);',
    'HANDLER_OUT_OF_MEMORY',
    /more than its 48 MB/,
  ],
];

const onlyInProcess: typeof bad = [
  [
    'takes 2 GB in Buffers',
    'const all = []; for (let n = 0; n < 200; n++) { all.push(Buffer.alloc(10_000_000, 1)); await null; } await new Promise(() => {});',
    'HANDLER_OUT_OF_MEMORY',
    /more than its 48 MB/,
  ],
  [
    'takes 2 GB in one Buffer',
    'Buffer.alloc(2_000_000_000, 1); await new Promise(() => {});',
    'HANDLER_OUT_OF_MEMORY',
    /more than its 48 MB/,
  ],
  ['kills itself', "process.kill(process.pid, 'SIGKILL');", 'HANDLER_KILLED', /ended by SIGKILL/],
  ['aborts', 'process.abort();', 'HANDLER_KILLED', /ended by SIGABRT/],
];

describe.each([
  ['thread' as const, bad],
  ['process' as const, [...bad, ...onlyInProcess]],
])('in a %s', (isolation, ways) => {
  const settings = { isolation, threads: 1, memory: 48, timeout: shortDeadline };

  test.each(ways)(
    'a handler that %s fails alone, and the next one answers',
    async (_, body, code, message) => {
      // Memory is filled in its own time, however slow the machine is.
      const timeout = code === 'HANDLER_OUT_OF_MEMORY' ? 60_000 : shortDeadline;
      const sandbox = new TestSandbox(bots(body), { ...settings, timeout });
      const error = await rejection(sandbox.run('BadBot'));
      expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
      await sandbox.run('GoodBot');
      expect(sandbox.asked).toMatchObject([{ args: { body: 'fine' } }]);
    },
  );

  test('a handler that prints 100 MB takes no memory of ours; the log says how much is missing', async () => {
    const body = "const line = 'x'.repeat(99); for (let n = 0; n < 1_000_000; n++) console.log(line);";
    const sandbox = new TestSandbox(bots(body), { ...settings, timeout: 60_000 });
    await sandbox.run('GoodBot');
    const before = process.memoryUsage().rss;
    await sandbox.run('BadBot');
    const grown = megabytes(process.memoryUsage().rss - before);
    const lines = sandbox.printed.map(({ line }) => line);
    expect(grown).toBeLessThan(50);
    expect([lines.length, lines.at(-2), lines.at(-1)]).toEqual([
      1_001,
      'x'.repeat(99),
      '… 99900000 more bytes were printed and left out.',
    ]);
  });

  test('a line that is too long is broken, and a piece of one waits for its end', async () => {
    const body =
      "process.stdout.write('a'); process.stdout.write(Buffer.from('b\\nc')); console.log('x'.repeat(9_000));";
    const sandbox = new TestSandbox(bots(body), settings);
    await sandbox.run('BadBot');
    expect(sandbox.printed.map(({ line }) => line)).toEqual(['ab', `c${'x'.repeat(8_191)}`, 'x'.repeat(809)]);
  });

  test('what was printed before an endless loop is heard', async () => {
    const sandbox = new TestSandbox(bots("console.log('here'); for (;;);"), settings);
    await rejection(sandbox.run('BadBot'));
    expect(sandbox.printed).toEqual([{ handler: 'BadBot', line: 'here' }]);
  });

  test('requests, answers, files and refusals cross as in any other', async () => {
    const body = `const one = await this.composer().message('one');
      try { await this.composer().message(one.id); } catch (error) { console.log(error.message); }
      await this.composer().silent().reaction(this.message, '👋');`;
    const sandbox = new TestSandbox(bots(body), settings);
    await sandbox.run('BadBot', {
      onRequest: async (kind, _, args: Record<string, unknown>) => {
        if (args.body === 'first') throw new Error('no more');
        return kind === 'message' ? { id: 'first' } : null;
      },
    });
    expect(sandbox.printed).toEqual([{ handler: 'BadBot', line: 'no more' }]);
  });

  test('an abort stops it at once', async () => {
    const sandbox = new TestSandbox(bots("await this.composer().message('here'); for (;;);"), settings);
    const ending = new AbortController();
    const onRequest = async () => ending.abort(new Error('the process ends'));
    const run = sandbox.run('BadBot', { signal: ending.signal, onRequest });
    expect((await rejection(run)).message).toBe('the process ends');
  });

  test.each([
    ['has its own deadline', 'static override readonly timeout = 20;', 20],
    ['has the usual deadline without one', '', 1_000],
    ['has the usual deadline with null', 'static override readonly timeout = null;', 1_000],
  ])('a handler %s', async (_, member, milliseconds) => {
    const sandbox = new TestSandbox(bots('await new Promise(() => {});', member), settings);
    const handler = await sandbox.handler('bots/BadBot.ts');
    const error = await rejection(sandbox.run('BadBot', { timeout: handler.timeout }));
    expect(error.message).toBe(`BadBot did not finish within ${milliseconds} ms and was stopped.`);
  });
});

test('in a process, what goes past console is bounded too', async () => {
  const body = `const { writeSync } = await import('node:fs');
    const text = 'raw'.repeat(100_000);
    for (let n = 0; n < 10; n++) try { writeSync(1, text); } catch {}
    process.stdout.write('the end');`;
  const sandbox = new TestSandbox(bots(body), { isolation: 'process' });
  await sandbox.run('BadBot');
  const lines = sandbox.printed.map(({ line }) => line);
  expect(lines).toContain('the end');
  expect(lines.join('').length).toBeLessThan(600_000);
});

test('a process and what it started end when its parent is killed, also in an endless loop', async () => {
  const folder = temporaryFolder();
  const sleeper = "spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
  writeFiles(folder, {
    'loop.ts': `import { spawn } from 'node:child_process';
      console.log(\`\${process.pid} \${${sleeper}.pid}\`); for (;;);`,
  });
  const child = startChild('sandbox', [path.join(folder, 'loop.ts')]);
  const started = String(await nextMessage(child))
    .split(' ')
    .map(Number);
  expect(started.map(isAlive)).toEqual([true, true]);
  child.kill('SIGKILL');
  await vi.waitFor(() => expect(started.map(isAlive)).toEqual([false, false]), {
    timeout: 60_000,
    interval: 50,
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('static timeout is refused when it is', () => {
  let sandbox: TestSandbox;
  const atEnd = endAfterAll();
  beforeAll(() => {
    sandbox = new TestSandbox(bots(''), {}, atEnd);
  });

  test.each([
    ["'30s'", "'30s'"],
    ['0', '0'],
    ['-1', '-1'],
    ['1.5', '1.5'],
    ['86_400_001', '86400001'],
    ['Number.NaN', 'NaN'],
    ['[]', '[]'],
  ])('%s', async (written, shown) => {
    const member = `static override readonly timeout = ${written} as never;`;
    const { handlers, sentences } = await sandbox.describeText(bots('', member)['bots/BadBot.ts']);
    expect([handlers, sentences]).toEqual([
      [],
      [
        `FILE: static timeout is ${shown}, but must be a whole number of milliseconds from 1 to 86400000. The handler was not registered; use a number like 10_000, or leave it out.`,
      ],
    ]);
    expect((await sandbox.describe('bots/GoodBot.ts')).handlers).toMatchObject([{ class: 'GoodBot' }]);
  });
});
