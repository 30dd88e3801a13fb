import { MessengerError, stackOf } from '../base/errors.ts';

/** A helper of the author's may be many calls away from the handler; Node remembers ten. */
const deepest = 50;

/** Remembers where a call came from, for errors that are found out about later, elsewhere or in another thread. */
export function callSite(): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = deepest;
  const site = new Error('called from here');
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}

/** Lets an error of ours point to where the call came from that it is the answer to. Any other is left as it is. */
export function calledFrom(error: unknown, site: Error): unknown {
  if (error instanceof MessengerError) {
    const frames = stackOf(site).split('\n').slice(1);
    error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  }
  return error;
}
