import { AsyncLocalStorage } from 'node:async_hooks';
import { deserialize, serialize } from 'node:v8';
import { outsideRequests } from '../base/authorizing.ts';
import { asError } from '../base/errors.ts';
import type { FromWorker } from './protocol.ts';
import type { SpawnWorker } from './transport.ts';

/**
 * Starts a worker inside this process, without a thread. Nothing separates its code from ours: a loop in it blocks
 * this process, and a deadline only stops waiting for it.
 */
export const spawnInside: SpawnWorker = ({ workspace, environment }, listener) => {
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
  const starting = import('./inside-runner.ts').then(({ startInside }) => startInside(workspace, send));
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
};
