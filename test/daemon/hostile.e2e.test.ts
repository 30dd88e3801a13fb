import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { Workspace } from '../../src/config/workspace.ts';
import { askStatus } from '../../src/daemon/control-client.ts';
import { findDaemon } from '../../src/daemon/info.ts';
import { attachHandler } from '../../src/services/bots/playground.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, spawnDaemon } from '../support/daemons.ts';
import type { Isolation } from '../support/hostile/handler.ts';
import { whileLoaded } from '../support/hostile/loading.ts';
import { descendantsOf, markedProcesses, runningProcesses } from '../support/processes.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const isolations: Isolation[] = ['thread', 'process'];

/** How long running handlers may go on when the daemon ends, and how much longer it may take; milliseconds. */
const grace = 500;
const soon = 20_000;

/** A pipe that nobody writes into, and what is in the environment of all that handlers start. */
function tools() {
  const mark = temporaryFolder(onTestFinished);
  const fifo = path.join(mark, 'fifo');
  execFileSync('mkfifo', [fifo]);
  return { mark, constants: `const MARK = ${JSON.stringify(mark)}; const FIFO = ${JSON.stringify(fifo)};\n` };
}

/** Groups with one of these handlers in each, and how Ada writes into them. */
async function groupsWith(workspace: Workspace, handlers: readonly string[]) {
  const app = await openApp({ workspace });
  const ada = await ensureUser(app, 'Ada');
  const threads: string[] = [];
  for (const handler of handlers) {
    const thread = await ensureGroup(app, handler, { chatBots: true });
    await ensureParticipant(app, { thread, user: ada, admin: true });
    await attachHandler(app, { thread, user: ada, handler, params: {} });
    threads.push(thread.id);
  }
  const { token } = await makeToken(app, 'Ada');
  await app.close();
  const call = async (url: string, thread: string, body?: unknown) => {
    const response = await fetch(`${url}/api/messenger/threads/${thread}/messages`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await response.json()) as { data: Array<{ body: string }> };
  };
  return {
    threads,
    send: (url: string, thread: string, text: string) =>
      call(url, thread, { message: text, temporary_id: text }),
    bodies: async (url: string, thread: string): Promise<string[]> =>
      (await call(url, thread)).data.map(({ body }) => body),
  };
}

const patient = { timeout: 60_000, interval: 100 };

/** Ends a daemon and gives the milliseconds that took. */
async function terminate({ child, ended }: Awaited<ReturnType<typeof spawnDaemon>>): Promise<number> {
  const begun = performance.now();
  child.kill('SIGTERM');
  await ended;
  return performance.now() - begun;
}

const calm = exactBot('Calm', 'hi', posting("'hello'"));

describe.each(isolations)('a daemon whose handlers run in a %s', (isolation) => {
  test('opens, answers and ends in time, whatever files do while they are loaded, and names them', async () => {
    const { mark, constants } = tools();
    const workspace = daemonWorkspace({ 'Calm.ts': calm }, { bots: { isolation }, queue: { grace } });
    const { threads, send, bodies } = await groupsWith(workspace, ['calm']);
    const [thread = ''] = threads;
    const files = whileLoaded.map(([, text], number) => [
      `bots/Hostile${number}.ts`,
      `${constants}${text}\n${exactBot(`Hostile${number}`, 'go', posting("'hello'"))}`,
    ]);
    writeFiles(workspace.folder, Object.fromEntries(files));
    const daemon = await spawnDaemon(workspace);
    const { url } = daemon.ready;
    await send(url, thread, 'hi');
    await expect.poll(() => bodies(url, thread), patient).toContain('hello');

    const info = findDaemon(workspace) ?? daemon.ready;
    const problems = async () => (await askStatus(info)).bots.problems;
    const bad = [...whileLoaded.entries()].filter(([, [, , problem]]) => problem !== null);
    await expect.poll(problems, patient).toHaveLength(bad.length);
    const told = await problems();
    for (const [number, [, , problem]] of bad) {
      const sentence = told.find((each) => each.includes(`bots/Hostile${number}.ts`));
      expect(sentence).toMatch(problem ?? /$/);
    }
    expect(daemon.child.exitCode).toBeNull();
    expect(await terminate(daemon)).toBeLessThan(soon);
    await expect.poll(() => markedProcesses('MARK', mark), patient).toEqual([]);
  });

  /** What handlers are at when the daemon ends. */
  const busy: Array<[name: string, handle: string]> = [
    [
      'Sleeps',
      "(await import('node:child_process')).execSync('sleep 40', { env: { ...process.env, MARK } });",
    ],
    ['Loops', 'for (;;);'],
    ['Reads', "(await import('node:fs')).readFileSync(FIFO);"],
    [
      'Waits',
      "const { readFile } = await import('node:fs/promises'); await Promise.all([1, 2, 3, 4, 5].map(() => readFile(FIFO)));",
    ],
    [
      'Hashes',
      "const { pbkdf2 } = await import('node:crypto'); await Promise.all([1, 2, 3, 4].map(() => new Promise((done) => pbkdf2('a', 'b', 5e7, 64, 'sha512', done))));",
    ],
    [
      'Starts',
      "(await import('node:child_process')).spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: { ...process.env, MARK } }).unref(); await new Promise(() => {});",
    ],
  ];

  /** A daemon in which all of them are under way. */
  async function openBusy() {
    const { mark, constants } = tools();
    const files = busy.map(([name, handle]) => [
      `${name}.ts`,
      `${constants}${exactBot(name, 'go', `${posting("'begins'")} ${handle}`)}`,
    ]);
    const workspace = daemonWorkspace(
      { 'Calm.ts': calm, ...Object.fromEntries(files) },
      { bots: { isolation, concurrency: busy.length + 1 }, queue: { grace } },
    );
    const { threads, send, bodies } = await groupsWith(workspace, [
      'calm',
      ...busy.map(([name]) => name.toLowerCase()),
    ]);
    const [calmly = '', ...busily] = threads;
    const daemon = await spawnDaemon(workspace);
    const { url } = daemon.ready;
    for (const thread of busily) await send(url, thread, 'go');
    for (const thread of busily) await expect.poll(() => bodies(url, thread), patient).toContain('begins');
    await send(url, calmly, 'hi');
    await expect.poll(() => bodies(url, calmly), patient).toContain('hello');
    return { daemon, mark };
  }

  test('ends in time whatever handlers are at, and leaves nothing', async () => {
    const { daemon, mark } = await openBusy();
    const started = descendantsOf(daemon.child.pid ?? 0).map(({ pid }) => pid);
    expect(await terminate(daemon)).toBeLessThan(soon);
    const left = () => runningProcesses().filter(({ pid }) => started.includes(pid));
    await expect.poll(left, patient).toEqual([]);
    expect(markedProcesses('MARK', mark)).toEqual([]);
  });

  test('leaves nothing where it is killed', async () => {
    const { daemon, mark } = await openBusy();
    const started = descendantsOf(daemon.child.pid ?? 0).map(({ pid }) => pid);
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    const left = () => runningProcesses().filter(({ pid }) => started.includes(pid));
    await expect.poll(left, patient).toEqual([]);
    await expect.poll(() => markedProcesses('MARK', mark), patient).toEqual([]);
  });
});
