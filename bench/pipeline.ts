/**
 * How fast messages are answered: sent over HTTP to a real daemon, stored, queued, matched, run in a worker, and the
 * answer stored and heard over a WebSocket. Beside it, in turns, runs the least that this costs: SQLite alone, which
 * stores as much, as durably.
 *
 * `npm run bench -- pipeline`
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BenchDaemon } from './support/bench-daemon.ts';
import type { BenchPerson, Times } from './support/bench-person.ts';
import { median, quantile, table } from './support/figures.ts';
import { Floor } from './support/floor.ts';

/** Milliseconds of each turn, and how many turns each side has. */
const turn = 1_200;
const turns = 3;

/** Milliseconds for which a new daemon answers before it is measured: until then the engine still compiles. */
const warmUp = 7_000;

/** Lets each person ask, one message after the other, for so many milliseconds. */
async function askFor(people: readonly BenchPerson[], milliseconds: number): Promise<Times[]> {
  const end = performance.now() + milliseconds;
  const times: Times[] = [];
  await Promise.all(
    people.map(async (person) => {
      while (performance.now() < end) times.push(await person.ask());
    }),
  );
  return times;
}

/** Asks so often a second, whether or not the earlier ones were answered. */
function askAtRate(people: readonly BenchPerson[], perSecond: number, seconds: number): Promise<Times[]> {
  const count = perSecond * seconds;
  const asked: Array<Promise<Times>> = [];
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const person = people[asked.length % people.length];
      if (person && asked.length < count) asked.push(person.ask());
      if (asked.length < count) return;
      clearInterval(timer);
      resolve(Promise.all(asked));
    }, 1_000 / perSecond);
  });
}

/** Answers a second beside the floor, in turns, and how long requests took. */
async function measure(people: readonly BenchPerson[], floor: Floor) {
  await askFor(people, turn);
  floor.run(turn / 4, people.length);
  const [ours, floors, posted]: number[][] = [[], [], []];
  for (let number = 0; number < turns; number++) {
    const begun = performance.now();
    const times = await askFor(people, turn);
    ours?.push((times.length * 1_000) / (performance.now() - begun));
    posted?.push(...times.map((each) => each.posted));
    floors?.push(floor.run(turn, people.length));
  }
  return { perSecond: median(ours), floor: median(floors), posted: median(posted) };
}

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-floor-'));
const floor = new Floor(folder);

const small = await BenchDaemon.start({ groups: 16, actions: 1 });
await askFor(small.people, warmUp);
const one = await measure(small.people.slice(0, 1), floor);
const sixteen = await measure(small.people, floor);
const steady = (await askAtRate(small.people, 50, 8)).map(({ answered }) => answered);
await small.stop();
const large = await BenchDaemon.start({ groups: 16, actions: 1_000 });
await askFor(large.people, warmUp);
const thousand = await measure(large.people, floor);
await large.stop();
floor.close();
rmSync(folder, { recursive: true });

const share = ({ perSecond, floor: least }: typeof one) => (perSecond / least).toFixed(3);
const row = (name: string, figures: typeof one, aim: string) => [
  name,
  figures.floor.toFixed(0),
  figures.perSecond.toFixed(0),
  share(figures),
  aim,
];
console.log(
  table([
    ['answers a second', 'SQLite alone', 'messenger', 'share', 'aim'],
    row('1 client', one, '0.35'),
    row('16 clients in 16 groups', sixteen, '0.20'),
    row('the same, 1,000 actions in each group', thousand, ''),
  ]),
);
console.log(
  table([
    ['', 'measured', 'aim'],
    ['1,000 actions beside 1', (thousand.perSecond / sixteen.perSecond).toFixed(2), '0.9'],
    ['POST of a message at 1 client, median', `${one.posted.toFixed(1)} ms`, '3 ms'],
    ['POST of a message at 16 clients, median', `${sixteen.posted.toFixed(1)} ms`, '8 ms'],
    ['HTTP to WebSocket at 50/s, median', `${median(steady).toFixed(1)} ms`, '8 ms'],
    ['HTTP to WebSocket at 50/s, 99%', `${quantile(steady, 0.99).toFixed(1)} ms`, '40 ms'],
  ]),
);
