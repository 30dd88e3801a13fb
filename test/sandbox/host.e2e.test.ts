import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { handlerSource } from '../support/handlers.ts';
import { watchStarted } from '../support/processes.ts';
import { rejection, shortDeadline, TestSandbox } from '../support/sandbox.ts';

const bots = (body: string) => ({
  'bots/BadBot.ts': handlerSource('BadBot', '!bad', body),
  'bots/GoodBot.ts': handlerSource('GoodBot', '!good', "await this.composer().message('fine');"),
  'bots/HostBot.ts': handlerSource('HostBot', '!host', 'await this.composer().message(String(process.pid));'),
  'bots/ReadBot.ts': handlerSource(
    'ReadBot',
    '!read',
    `const { readFile } = await import('node:fs/promises');
     await readFile(new URL(import.meta.url));
     await this.composer().message('read');`,
  ),
});

/** Past our own guard of process.kill(), as native code would. */
const crash = "require('node:child_process').execFileSync('kill', ['-9', String(process.pid)]);";

const handled = { cooldownReleased: false };

/** Holds the requests of handlers until they are released. */
class Barrier {
  readonly #expected: number;
  #waiting = 0;
  release: () => void = () => {};
  arrived: () => void = () => {};
  readonly #released = new Promise<void>((resolve) => {
    this.release = resolve;
  });
  /** Resolves once this many requests wait. */
  readonly reached = new Promise<void>((resolve) => {
    this.arrived = resolve;
  });

  constructor(expected: number) {
    this.#expected = expected;
  }

  readonly onRequest = async () => {
    if (++this.#waiting === this.#expected) this.arrived();
    await this.#released;
    return {};
  };
}

/** The process in which handlers run now. */
async function hostOf(sandbox: TestSandbox): Promise<number> {
  await sandbox.run('HostBot');
  return Number(sandbox.asked.at(-1)?.args.body);
}

describe('when the host dies', () => {
  test('what was under way beside others is done all the same, and only who was alone has failed', async () => {
    const sandbox = new TestSandbox(bots(crash), { threads: 3 });
    const barrier = new Barrier(2);
    const good = [sandbox.run('GoodBot', barrier), sandbox.run('GoodBot', barrier)];
    await barrier.reached;
    const bad = rejection(sandbox.run('BadBot'));
    // They are started again, alone one after the other, and ask once more.
    barrier.release();
    expect(await Promise.all(good)).toEqual([handled, handled]);
    expect(await bad).toMatchObject({
      code: 'HANDLER_KILLED',
      message: expect.stringMatching(/BadBot was ended by SIGKILL/),
    });
  });

  test('runs that are killed from outside are done all the same, and the host is back', async () => {
    const sandbox = new TestSandbox(bots(''), { threads: 3 });
    const host = await hostOf(sandbox);
    const barrier = new Barrier(3);
    const runs = [1, 2, 3].map(() => sandbox.run('GoodBot', barrier));
    await barrier.reached;
    process.kill(host, 'SIGKILL');
    barrier.release();
    expect(await Promise.all(runs)).toEqual([handled, handled, handled]);
    expect(sandbox.printed).toEqual(
      Array(3).fill({
        handler: 'GoodBot',
        line: 'Its process died, perhaps because of another handler in it. It is started again, alone.',
      }),
    );
    expect(await hostOf(sandbox)).not.toBe(host);
  });

  test('one that was asked to be alone takes nobody with it', async () => {
    const sandbox = new TestSandbox(bots(crash), { threads: 2 });
    const host = await hostOf(sandbox);
    expect((await rejection(sandbox.run('BadBot', { alone: true }))).code).toBe('HANDLER_KILLED');
    expect(await hostOf(sandbox)).toBe(host);
  });

  test('a file that ends it when it is loaded is named, and the others are loaded', async () => {
    const sandbox = new TestSandbox({ ...bots(''), 'bots/BadBot.ts': crash });
    const files = ['bots/BadBot.ts', 'bots/GoodBot.ts', 'bots/HostBot.ts', 'bots/ReadBot.ts'];
    const { handlers, problems } = await sandbox.describe(...files);
    expect(handlers.map((each) => each.class)).toEqual(['GoodBot', 'HostBot', 'ReadBot']);
    expect(problems).toEqual([
      { file: 'bots/BadBot.ts', message: expect.stringMatching(/bots\/BadBot\.ts was ended by SIGKILL/) },
    ]);
  });
});

describe('a run that opens all files there may be', () => {
  const opening =
    "const { openSync } = require('node:fs'); try { for (;;) openSync('/dev/null', 'r'); } catch {}";

  test('leaves them to others once it has ended: its worker goes, the host stays', async () => {
    const sandbox = new TestSandbox(bots(opening));
    const host = await hostOf(sandbox);
    expect(await sandbox.run('BadBot')).toEqual(handled);
    expect(await sandbox.run('ReadBot')).toEqual(handled);
    expect(await hostOf(sandbox)).toBe(host);
  });

  test('is stopped at its deadline while nothing can be opened; the host stays', async () => {
    const sandbox = new TestSandbox(bots(`${opening} for (;;);`), { timeout: shortDeadline });
    const host = await hostOf(sandbox);
    expect((await rejection(sandbox.run('BadBot'))).code).toBe('HANDLER_TIMEOUT');
    expect(await sandbox.run('ReadBot')).toEqual(handled);
    expect(await hostOf(sandbox)).toBe(host);
  });
});

describe('a call that blocks', () => {
  const inPipe = (call: string) => `const fs = require('node:fs'); ${call}; await new Promise(() => {});`;
  const pipe = (sandbox: TestSandbox) => execFileSync('mkfifo', [path.join(sandbox.folder, 'pipe')]);

  test.each([
    ['waits for a child process', "require('node:child_process').execSync('sleep 1000');"],
    ['opens a pipe that nobody writes', inPipe("fs.openSync('PIPE', 'r')")],
    ['opens forty of them', inPipe("for (let n = 0; n < 40; n++) fs.open('PIPE', 'r', () => {})")],
    ['opens four hundred', inPipe("for (let n = 0; n < 400; n++) fs.open('PIPE', 'r', () => {})"), 4_000],
    ['waits for itself', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
  ] as Array<[string, string, number?]>)(
    'that %s ends at the deadline of its run; others go on, also with files',
    async (_, body, timeout = shortDeadline) => {
      const started = watchStarted();
      const sandbox = new TestSandbox({}, { threads: 2, timeout });
      pipe(sandbox);
      sandbox.write(bots(body.replace('PIPE', path.join(sandbox.folder, 'pipe'))));
      const bad = rejection(sandbox.run('BadBot'));
      await sandbox.run('ReadBot');
      expect((await bad).code).toBe('HANDLER_TIMEOUT');
      await sandbox.run('ReadBot');
      expect(sandbox.asked.map(({ args }) => args.body)).toEqual(['read', 'read']);
      await sandbox.sandbox.close();
      await expect.poll(started, { timeout: 10_000 }).toEqual([]);
    },
  );

  test('keeps no worker from its start: one that cannot start in that process starts in another', async () => {
    const sandbox = new TestSandbox({}, { threads: 3, timeout: 4_000 });
    pipe(sandbox);
    const file = path.join(sandbox.folder, 'pipe');
    sandbox.write(
      bots(
        `for (let n = 0; n < 400; n++) require('node:fs').open('${file}', 'r', () => {});
         await this.composer().message('opened');
         await new Promise(() => {});`,
      ),
    );
    const barrier = new Barrier(1);
    const bad = rejection(sandbox.run('BadBot', barrier));
    await barrier.reached;
    barrier.release();
    // The first may get the spare worker, which had started before. The other needs a new one.
    await Promise.all([sandbox.run('GoodBot'), sandbox.run('ReadBot')]);
    expect((await bad).code).toBe('HANDLER_TIMEOUT');
  });
});
