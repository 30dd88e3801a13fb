import { AsyncLocalStorage } from 'node:async_hooks';
import { deserialize, serialize } from 'node:v8';
import { outsideRequests } from '../base/authorizing.ts';
import { asError } from '../base/errors.ts';
import type { GivenModules } from './loader.ts';
import type { FromWorker } from './protocol.ts';
import type { SpawnWorker, TransportListener, TransportOptions, WorkerTransport } from './transport.ts';

/**
 * Starts workers inside this process, without a thread. Nothing separates their code from ours: a loop in it blocks
 * this process, and a deadline only stops waiting for it.
 *
 * @param given modules that they load instead of files
 */
export const insideSpawner =
  (given: GivenModules = new Map()): SpawnWorker =>
  (options, listener) =>
    spawnInside(options, listener, given);

function spawnInside(
  { workspace, environment }: TransportOptions,
  listener: TransportListener,
  given: GivenModules,
): WorkerTransport {
  let isEnded = false;
  // There is only one environment. What the configuration gives to handlers is added to it.
  Object.assign(process.env, environment);
  const outside = AsyncLocalStorage.snapshot();
  /** Delivers a copy in a later turn, as a port does. After the end nothing is delivered. */
  const deliver = <Message>(message: Message, receive: (copy: Message) => void): void => {
    const payload = serialize(message);
    setImmediate(() => {
      if (!isEnded) outside(receive, deserialize(payload));
    });
  };
  const send = (message: FromWorker): void => deliver(message, listener.onMessage);
  // Loaded here because it is a worker's whole code, which other workers load in processes of their own.
  const starting = import('./inside-runner.ts').then(({ startInside }) =>
    startInside(workspace, given, send),
  );
  starting.catch((error) => listener.onDeath({ error: asError(error) }));
  return {
    send: (message) =>
      deliver(message, async (copy) => {
        const receive = await starting.catch(() => undefined);
        outsideRequests('a handler', () => receive?.(copy));
      }),
    setBusy: () => {},
    isUsable: true,
    isHeldUp: false,
    isAlone: true,
    end: async () => {
      isEnded = true;
    },
  };
}
