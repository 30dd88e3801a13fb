import type { Socket } from 'node:net';
import { createError } from '../../base/errors.ts';
import { isRecord } from '../../base/is-record.ts';
import { within } from './within.ts';

/** How a socket of `node:net` connects. */
export type Connect = (this: Socket, ...options: unknown[]) => Socket;

/** Like a given `connect`, but in a run whose requests are answered without the network, it fails. */
export const divertedConnect = (original: Connect): Connect =>
  function connect(...options) {
    if (within.getStore()?.network !== 'answered') return original.apply(this, options);
    const error = createError('CONNECTION_REFUSED', addressOf(options));
    process.nextTick(() => this.destroy(error));
    return this;
  };

/** The address in the arguments of `connect`: options, a port with a host, or a path. */
function addressOf(options: readonly unknown[]): string {
  const [first, second] = options.flat();
  if (!isRecord(first)) return typeof second === 'string' ? `${second}:${first}` : `localhost:${first}`;
  const { path, host = 'localhost', port } = first;
  return typeof path === 'string' ? path : `${host}:${port}`;
}
