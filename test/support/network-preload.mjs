/*
 * Loaded into worker threads before anything else. What `fetch` asks of the world is asked of the test's own server,
 * over real sockets, and the deadlines of `AbortSignal.timeout` pass when the test says so.
 */
import { BroadcastChannel } from 'node:worker_threads';

const key = Symbol.for('undici.globalDispatcher.1');
// Node makes the dispatcher with its first request.
await fetch('data:,');

class Detour extends globalThis[key].constructor {
  dispatch(options, handler) {
    const headers = { ...options.headers, 'x-asked': `${options.origin}${options.path}` };
    return super.dispatch({ ...options, origin: process.env.TEST_NETWORK, headers }, handler);
  }
}
globalThis[key] = new Detour();

const deadlines = new Set();
AbortSignal.timeout = (milliseconds) => {
  const controller = new AbortController();
  deadlines.add({ left: milliseconds, controller });
  return controller.signal;
};

const channel = new BroadcastChannel(process.env.TEST_NETWORK);
channel.unref();
channel.onmessage = ({ data: { passed } }) => {
  if (passed === undefined || deadlines.size === 0) return;
  for (const deadline of deadlines) pass(deadline, passed);
  channel.postMessage({ heard: true });
};

function pass(deadline, milliseconds) {
  deadline.left -= milliseconds;
  if (deadline.left > 0) return;
  deadlines.delete(deadline);
  deadline.controller.abort(new DOMException('The time is up.', 'TimeoutError'));
}
