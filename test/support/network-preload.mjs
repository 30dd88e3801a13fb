/*
 * Loaded into workers before anything else. What `fetch` asks of the world is asked of the test's own server,
 * over real sockets, and the deadlines of `AbortSignal.timeout` pass when the test says so.
 */
import { connect } from 'node:net';

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

const clock = connect(Number(process.env.TEST_CLOCK), '127.0.0.1').unref();
clock.on('error', () => {});
clock.setEncoding('utf8').on('data', (lines) => {
  if (deadlines.size === 0) return;
  for (const milliseconds of lines.trim().split('\n')) {
    for (const deadline of deadlines) pass(deadline, Number(milliseconds));
  }
  clock.write('heard\n');
});

function pass(deadline, milliseconds) {
  deadline.left -= milliseconds;
  if (deadline.left > 0) return;
  deadlines.delete(deadline);
  deadline.controller.abort(new DOMException('The time is up.', 'TimeoutError'));
}
