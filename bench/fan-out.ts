/**
 * How fast new messages reach many clients: 20 people with 25 sockets each in one group, to which all of them write
 * over HTTP. Beside it, in turns, run the least that this costs, a bare `ws` server that sends texts of the same size,
 * each made once, to as many sockets, and the same people writing to a group that nobody listens to.
 *
 * `npm run bench -- fan-out`
 */

import { openApp } from '../src/app.ts';
import { createClient } from '../src/client/index.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../src/services/users/people.ts';
import { makeToken } from '../src/services/users/tokens.ts';
import { type BareAnswer, type BareQuestion, runBareServer } from './support/bare-server.ts';
import { makeWorkspace, serve, stop } from './support/bench-daemon.ts';
import { type CrowdAnswer, type CrowdQuestion, runCrowd, type Seat } from './support/crowd.ts';
import { median, table } from './support/figures.ts';
import { Part } from './support/part.ts';
import { processorTime } from './support/process-usage.ts';

const people = 20;
const socketsEach = 25;
const sockets = people * socketsEach;

/** Milliseconds of each turn, and how many turns each has. */
const turn = 1_500;
const turns = 5;

interface Writer {
  threadId: string;
  userId: string;
  token: string;
}

async function makeGroup(folder: string, name: string): Promise<Writer[]> {
  const app = await openApp({ workspace: findWorkspace(folder) });
  const { id: threadId } = await ensureGroup(app, name);
  const writers: Writer[] = [];
  for (let number = 1; number <= people; number++) {
    const user = await ensureUser(app, `${name} ${number}`);
    await ensureParticipant(app, { thread: { id: threadId }, user, admin: true });
    const { token } = await makeToken(app, user.name);
    writers.push({ threadId, userId: user.id, token });
  }
  await app.close();
  return writers;
}

/** Lets everybody write, one message after the other, for the time of a turn. Returns the number of messages. */
async function write(url: string, writers: readonly Writer[]): Promise<number> {
  const end = performance.now() + turn;
  let sent = 0;
  await Promise.all(
    writers.map(async ({ token, threadId }) => {
      const { messages } = createClient({ url, token });
      while (performance.now() < end) await messages.send(threadId, `message ${++sent}`);
    }),
  );
  return sent;
}

type Crowd = Part<CrowdQuestion, CrowdAnswer>;

async function connect(seats: Seat[]): Promise<Crowd> {
  const crowd: Crowd = new Part('crowd');
  await crowd.ask({ seats });
  return crowd;
}

/** What one side did in its turns. */
class Side {
  readonly #pid: number;
  readonly #perSecond: number[] = [];
  readonly #cpu: number[] = [];

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Messages a second. */
  get perSecond(): number {
    return median(this.#perSecond);
  }

  /** Milliseconds of processor time of the server for each message. */
  get cpu(): number {
    return median(this.#cpu);
  }

  async measure(send: () => Promise<number>): Promise<void> {
    const [begun, before] = [performance.now(), processorTime(this.#pid)];
    const sent = await send();
    this.#perSecond.push((sent * 1_000) / (performance.now() - begun));
    this.#cpu.push((processorTime(this.#pid) - before) / sent);
  }
}

async function main(): Promise<void> {
  const folder = makeWorkspace({ enabled: false });
  const [heard, unheard] = [await makeGroup(folder, 'Crowd'), await makeGroup(folder, 'Desert')];
  const { child, ready } = await serve(folder);
  const { url, realtime } = ready;
  const socket = { url: `${realtime.url}/app/${realtime.key}?protocol=7` };
  const seats = heard.map((person) => ({ ...socket, listener: { ...person, api: url } }));
  const crowd = await connect(seats.flatMap((seat) => Array.from({ length: socketsEach }, () => seat)));
  const bare: Part<BareQuestion, BareAnswer> = new Part('bare');
  const place = await bare.ask({ size: 0, milliseconds: 0 });
  const bareCrowd = await connect(Array.from({ length: sockets }, () => ({ url: place.url })));

  const [daemonPid, barePid] = [child.pid ?? 0, bare.pid];
  const sides = { ours: new Side(daemonPid), accepting: new Side(daemonPid), floor: new Side(barePid) };
  for (let number = 0; number <= turns; number++) {
    await sides.ours.measure(async () => {
      const sent = await write(url, heard);
      await crowd.ask({ texts: sent * sockets });
      return sent;
    });
    await sides.accepting.measure(() => write(url, unheard));
    const { size } = await crowd.ask({ texts: 0 });
    await sides.floor.measure(async () => {
      const { texts } = await bare.ask({ size, milliseconds: turn });
      await bareCrowd.ask({ texts: texts * sockets });
      return texts;
    });
  }
  for (const part of [crowd, bareCrowd, bare]) part.stop();
  await stop(child, folder);
  report(sides);
}

function report({ ours, accepting, floor }: Record<'ours' | 'accepting' | 'floor', Side>): void {
  const row = (name: string, value: (side: Side) => number, digits = 0) => [
    name,
    ...[floor, ours, accepting].map((side) => value(side).toFixed(digits)),
  ];
  console.log(
    table([
      ['', '`ws` alone', 'messenger', 'messenger, nobody listens'],
      row('messages a second', ({ perSecond }) => perSecond),
      row('deliveries a second', (side) => (side === accepting ? 0 : side.perSecond * sockets)),
      row('ms of processor time of a message', ({ cpu }) => cpu, 2),
    ]),
  );
  const share = ours.perSecond / floor.perSecond;
  const sending = ours.cpu - accepting.cpu;
  console.log(`Deliveries a second beside \`ws\` alone: ${share.toFixed(2)} (aim: at least 0.9).`);
  console.log(
    `Of ${ours.cpu.toFixed(2)} ms of a message, ${accepting.cpu.toFixed(2)} ms accept it and ${sending.toFixed(2)} ms send it: ${(sending / floor.cpu).toFixed(2)} of what \`ws\` alone needs to send it.`,
  );
}

const parts = new Map([
  ['crowd', runCrowd],
  ['bare', runBareServer],
]);
await (parts.get(process.argv[2] ?? '') ?? main)();
