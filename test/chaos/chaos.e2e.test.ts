import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { Workspace } from '../../src/config/workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  type ChaosGroup,
  createWorkspace,
  type Daemon,
  isolations,
  type Outcome,
  send,
  startDaemon,
  writeConfig,
} from './chaos-workspace.ts';
import { findings } from './findings.ts';
import { countHandled, killHost } from './hosts.ts';

/** A few in the gate, 200 by hand: `npm run test:chaos`. */
const kills = Number(process.env.CHAOS_KILLS ?? 3);
const seed = Number(process.env.CHAOS_SEED ?? 20_241_101);
const groupCount = 8;
/** The longest life of a daemon, in commits; a message takes about a dozen. */
const longestLife = 400;

/** The lives of the daemons: after how many commits each is killed, and where handlers run in it. */
const lives = fc
  .sample(fc.integer({ min: 1, max: longestLife }), { numRuns: kills, seed })
  .map((commits, life) => ({
    isolation: isolations[life % isolations.length] ?? 'thread',
    fate: { CHAOS_KILL_AFTER: String(commits) },
  }));

/** Which host is killed, and after how many messages more. */
const murders = fc.sample(fc.record({ after: fc.integer({ min: 1, max: 12 }), choice: fc.nat(1_000) }), {
  numRuns: 1_000,
  seed,
});

/** After so many messages without a host that could be killed, handlers no longer run. */
const mostWithoutHost = 10_000;

/** No test of kills is waited for longer than this, in milliseconds. */
const patience = 180_000 + kills * 20_000;

/**
 * Kills hosts as messages are accepted, once a daemon has answered: its file would count as broken if it were
 * killed again and again while it is loaded.
 */
class HostKiller {
  killed = 0;
  #accepted = 0;
  #next = 0;
  /** The daemon that lives, and how many runs were handled before it. */
  #life: { daemon: number; handledBefore: number } | undefined;
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  accept(daemon: number | undefined): void {
    const { after, choice } = murders[this.#next % murders.length] ?? { after: 1, choice: 0 };
    if (daemon === undefined || ++this.#accepted < after) return;
    if (this.#accepted > mostWithoutHost)
      expect.fail(`${mostWithoutHost} messages were accepted, and no host could be killed.`);
    if (!this.#hasAnswered(daemon) || !killHost(this.#workspace, daemon, choice)) return;
    this.killed++;
    this.#next++;
    this.#accepted = 0;
  }

  #hasAnswered(daemon: number): boolean {
    const handled = countHandled(this.#workspace);
    if (this.#life?.daemon !== daemon) this.#life = { daemon, handledBefore: handled };
    return handled > this.#life.handledBefore;
  }
}

/** Everybody writes, one message after the other, until it is over; the bodies that were accepted. */
async function writeUntil(
  isOver: () => boolean,
  { url, child }: Daemon,
  groups: readonly ChaosGroup[],
  life: number,
  killer: HostKiller,
): Promise<string[]> {
  const accepted: string[] = [];
  await Promise.all(
    groups.map(async (group, number) => {
      for (let count = 1; !isOver(); count++) {
        const body = `${life}.${number}.${count}`;
        const outcome = await send(url, group, body);
        if (outcome === 'accepted') accepted.push(body);
        if (outcome === 'accepted') killer.accept(child.pid);
        if (typeof outcome === 'object') expect.fail(`"${body}" was refused: ${outcome.message}`);
      }
    }),
  );
  return accepted;
}

const hasEnded = ({ child }: Daemon): boolean => child.exitCode !== null || child.signalCode !== null;

/** Lets everything that is left be answered. */
async function finish(workspace: Workspace): Promise<void> {
  const app = await openApp({ workspace });
  app.answer();
  await app.queue.idle();
  await app.close();
}

test(
  `${kills} kills (seed ${seed}) lose nothing, double nothing and keep the order, also where hosts are killed too`,
  async () => {
    const { workspace, groups } = await createWorkspace(temporaryFolder(onTestFinished), groupCount);
    const killer = new HostKiller(workspace);
    const accepted: string[] = [];
    for (const [life, { isolation, fate }] of lives.entries()) {
      writeConfig(workspace.folder, isolation);
      const daemon = await startDaemon(workspace, fate);
      if (daemon) accepted.push(...(await writeUntil(() => hasEnded(daemon), daemon, groups, life, killer)));
    }
    await finish(workspace);
    expect(accepted.length).toBeGreaterThan(0);
    expect(findings(workspace, accepted)).toEqual([]);
  },
  patience,
);

test.each(isolations)(
  `${kills} killed hosts (seed ${seed}) make no run fail and the daemon goes on: handlers run in a %s`,
  async (isolation) => {
    const { workspace, groups } = await createWorkspace(
      temporaryFolder(onTestFinished),
      groupCount,
      isolation,
    );
    const killer = new HostKiller(workspace);
    const daemon = await daemonIn(workspace);
    const isOver = () => killer.killed >= kills || hasEnded(daemon);
    const accepted = await writeUntil(isOver, daemon, groups, 0, killer);
    expect(hasEnded(daemon)).toBe(false);
    await stop(daemon);
    await finish(workspace);
    expect(killer.killed).toBeGreaterThanOrEqual(kills);
    expect(findings(workspace, accepted)).toEqual([]);
  },
  patience,
);

/** A daemon that ends with the test. */
async function daemonIn(workspace: Workspace, fate = {}): Promise<Daemon> {
  const daemon = await startDaemon(workspace, fate);
  if (daemon === undefined) throw new Error('The daemon did not start.');
  onTestFinished(() => void daemon.child.kill('SIGKILL'));
  return daemon;
}

async function stop({ child, ended }: Daemon): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}

test('a database that another process locks for seconds makes people wait, and nothing more', async () => {
  const { workspace, groups } = await createWorkspace(temporaryFolder(onTestFinished), 2);
  const daemon = await daemonIn(workspace);
  const other = new SqliteDatabase(workspace.database);
  other.exec('begin immediate');
  const sent = Promise.all(groups.map((group, number) => send(daemon.url, group, `locked ${number}`)));
  const patience = new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await Promise.race([sent, patience])).toBeUndefined();
  other.exec('commit');
  other.close();
  expect(await sent).toEqual(['accepted', 'accepted']);
  await stop(daemon);
  await finish(workspace);
  expect(findings(workspace, ['locked 0', 'locked 1'])).toEqual([]);
});

test('a clock that is set back by an hour while messages come stops nothing', async () => {
  const { workspace, groups } = await createWorkspace(temporaryFolder(onTestFinished), 2);
  const daemon = await daemonIn(workspace, { CHAOS_CLOCK_BACK: '3000' });
  const accepted: string[] = [];
  const until = Date.now() + 4_000;
  for (let count = 1; Date.now() < until; count++) {
    for (const group of groups) {
      const body = `${group.threadId} ${count}`;
      expect(await send(daemon.url, group, body)).toBe('accepted');
      accepted.push(body);
    }
  }
  await stop(daemon);
  await finish(workspace);
  expect(findings(workspace, accepted)).toEqual([]);
});

/** A small disk of its own; undefined where this machine does not let us have one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Fills a disk to its last block; gives the file that does. */
function fill(folder: string): string {
  const file = path.join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  try {
    writeFileSync(file, Buffer.alloc(bavail * bsize));
  } catch {
    // Full before its time, which is what is wanted.
  }
  return file;
}

test('a full disk is said in a sentence; once there is room everything goes on', async ({ skip }) => {
  const folder = smallDisk(24);
  if (folder === undefined) return skip('no disk of its own may be mounted here');
  const { workspace, groups } = await createWorkspace(folder, 2);
  const [group] = groups;
  if (group === undefined) throw new Error('There is no group.');
  const daemon = await daemonIn(workspace);
  const accepted: string[] = [];
  const sendNext = async (): Promise<Outcome> => {
    const body = `message ${accepted.length + 1}`;
    const outcome = await send(daemon.url, group, body);
    if (outcome === 'accepted') accepted.push(body);
    return outcome;
  };
  expect(await sendNext()).toBe('accepted');
  const filler = fill(folder);
  let refusal: Outcome = 'accepted';
  for (let tries = 0; refusal === 'accepted' && tries < 200; tries++) refusal = await sendNext();
  expect(refusal).toEqual({ status: 507, message: expect.stringContaining('disk is full') });
  rmSync(filler);
  expect(await sendNext()).toBe('accepted');
  await stop(daemon);
  await finish(workspace);
  expect(findings(workspace, accepted)).toEqual([]);
});
