import http from 'node:http';
import { Socket } from 'node:net';
import type { RequestPort } from '../../authoring/requests.ts';
import type { Outside } from '../../domain/outside.ts';
import { divertedConnect } from './connections.ts';
import { divertedFetch } from './fetch.ts';
import { divertedAgent } from './http-agent.ts';
import { seededRandom } from './random.ts';
import { within } from './within.ts';

/** Our functions, which must not be replaced again. */
const ours = new WeakSet<object>();

/** Replaces a function of an object, unless that was done before. Returns whether it was not. */
function replace(owner: object, name: string, change: (original: never) => object): boolean {
  const original: object = Reflect.get(owner, name);
  if (ours.has(original)) return false;
  const changed = change(original as never);
  ours.add(changed);
  return Reflect.set(owner, name, changed);
}

const random = (original: () => number) => () => (within.getStore()?.random ?? original)();

/** Does the work of a run, whose requests for answers go to the port. */
type Meeting = <Result>(port: RequestPort, work: () => Result) => Result;

/**
 * Replaces what leads outside in this process or thread: chance, `fetch`, and the requests and connections of
 * `node:http` and `node:net`. All code but that of the runs in question finds it as before.
 *
 * @param onReplaced called if anything was replaced now
 * @returns does the work of a run that meets this outside
 */
export function divertOutside({ seed, network }: Outside, onReplaced: () => void): Meeting {
  const replaced = [
    replace(Math, 'random', random),
    replace(globalThis, 'fetch', divertedFetch),
    replace(http.Agent.prototype, 'addRequest', divertedAgent),
    replace(Socket.prototype, 'connect', divertedConnect),
  ];
  if (replaced.includes(true)) onReplaced();
  const chance = seed === undefined ? undefined : seededRandom(seed);
  return (port, work) =>
    within.run({ network, random: chance, ask: (request) => port.request('fetch', request) }, work);
}
