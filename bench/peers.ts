/**
 * How fast messages are answered by this tool and by others, with one handler that answers, alone and among 1,000.
 * Beside them, in turns, runs SQLite alone, which stores a message and its answer as durably as this tool does.
 *
 * `npm run bench -- peers`
 *
 * The first time, it installs the others in `bench/peers`.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageFile } from '../src/base/package-file.ts';
import { BenchDaemon } from './support/bench-daemon.ts';
import { median, table } from './support/figures.ts';
import { Floor } from './support/floor.ts';
import { Part } from './support/part.ts';

/** Milliseconds of each turn, and how many turns each tool has in each column. */
const turn = 300;
const turns = 3;

/** How many messages wait for an answer at a time. */
const loads = [1, 16];
const names = ['hubot', 'koishi', 'grammy'];

type Peer = Part<{ milliseconds: number; together: number }, { answers: number }>;

/** Answers for the time of a turn, so many messages at a time. Returns how many a second were answered. */
type Answer = (together: number) => Promise<number>;

const folder = packageFile('bench/peers');
if (!existsSync(path.join(folder, 'node_modules'))) {
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', words, { cwd: folder, stdio: 'inherit' });
}

async function askDaemon({ people }: BenchDaemon, together: number): Promise<number> {
  const begun = performance.now();
  let answers = 0;
  const askUntilEnd = async (person: (typeof people)[number]) => {
    for (; performance.now() < begun + turn; answers++) await person.ask();
  };
  await Promise.all(people.slice(0, together).map(askUntilEnd));
  return (answers * 1_000) / (performance.now() - begun);
}

async function askPeer(peer: Peer, together: number): Promise<number> {
  const begun = performance.now();
  const { answers } = await peer.ask({ milliseconds: turn, together });
  return (answers * 1_000) / (performance.now() - begun);
}

/** Answers a second of each tool, which take turns. */
async function measure(tools: ReadonlyMap<string, Answer>, together: number): Promise<Map<string, number>> {
  const figures = new Map([...tools.keys()].map((name): [string, number[]] => [name, []]));
  for (let number = 0; number <= turns; number++) {
    for (const [name, answer] of tools) {
      const perSecond = await answer(together);
      // The first turn warms up.
      if (number > 0) figures.get(name)?.push(perSecond);
    }
  }
  return new Map([...figures].map(([name, all]) => [name, median(all)]));
}

/** Answers a second of each tool with so many handlers, for each load. */
async function measureWith(handlers: number, floor: Floor): Promise<Map<string, number>[]> {
  const daemon = await BenchDaemon.start({ groups: Math.max(...loads), actions: handlers });
  const tools = new Map<string, Answer>([
    ['SQLite alone', async (together) => floor.run(turn, together)],
    ['messenger', (together) => askDaemon(daemon, together)],
  ]);
  const peers = names.map((name): Peer => {
    const peer: Peer = new Part(String(handlers), path.join(folder, `${name}.mjs`));
    tools.set(name, (together) => askPeer(peer, together));
    return peer;
  });
  const measured: Map<string, number>[] = [];
  for (const together of loads) measured.push(await measure(tools, together));
  for (const peer of peers) peer.stop();
  await daemon.stop();
  return measured;
}

const floorFolder = mkdtempSync(path.join(tmpdir(), 'messenger-floor-'));
const floor = new Floor(floorFolder);
const [alone = [], among = []] = [await measureWith(1, floor), await measureWith(1_000, floor)];
floor.close();
rmSync(floorFolder, { recursive: true });

const { dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
console.log(`${versions.join(', ')}\n`);
const columns = loads.flatMap((load, index) => [
  { head: `${load} at a time, 1 handler`, figures: alone[index] },
  { head: `${load} at a time, 1,000 handlers`, figures: among[index] },
]);
type Column = (typeof columns)[number];
const figure = ({ figures }: Column, name: string) => figures?.get(name) ?? Number.NaN;
const print = (title: string, tools: readonly string[], show: (column: Column, name: string) => string) =>
  console.log(
    table([
      [title, ...columns.map(({ head }) => head)],
      ...tools.map((name) => [name, ...columns.map((column) => show(column, name))]),
    ]),
  );
print('answers a second', ['SQLite alone', 'messenger', ...names], (column, name) =>
  figure(column, name).toFixed(0),
);
print('messenger beside', ['SQLite alone', ...names], (column, name) =>
  (figure(column, 'messenger') / figure(column, name)).toPrecision(2),
);
