import { MessengerError, stackOf } from '../base/errors.ts';

/** An author's helper may be many calls away from the handler; Node records ten frames by default. */
const maxFrames = 50;

/** Records where a call was made, for errors that are found later, elsewhere or in another worker. */
export function callSite(): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = maxFrames;
  const site = new Error('called from here');
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}

/** Makes one of our errors point to the call that caused it. Returns any other error unchanged. */
export function calledFrom(error: unknown, site: Error): unknown {
  if (error instanceof MessengerError) {
    const frames = stackOf(site).split('\n').slice(1);
    error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  }
  return error;
}
