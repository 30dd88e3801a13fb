import { createServer } from 'node:net';

/** The port of the first daemon of a machine, when nobody chose another one. */
const usual = 4711;

/** The usual port if it is free, else 0, for any that is. */
export function usualPort(host: string): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen({ host, port: usual }, () => probe.close(() => resolve(usual)));
  });
}
