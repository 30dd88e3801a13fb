import { expect, test } from 'vitest';
import { TraceRecorder } from '../../src/domain/run-trace.ts';
import { traceRows } from '../../src/domain/run-trace-text.ts';

/** A recorder whose time is set by the test. */
function recorder() {
  let now = 0;
  return {
    trace: new TraceRecorder(() => now),
    at: (milliseconds: number) => {
      now = milliseconds;
    },
  };
}

test('a trace has what was done, with its times, in the order of the beginnings', () => {
  const { trace, at } = recorder();
  at(2);
  const sent = trace.begin('message', 'Hello');
  at(130);
  trace.addHttp({
    method: 'GET',
    url: 'https://example.com/fact',
    status: 200,
    error: null,
    milliseconds: 120,
  });
  sent({ id: 'm1', error: null });
  trace.begin('sleep', '1500')({ id: null, error: null });
  trace.begin('reaction', ':wave:')({ id: null, error: 'not in this thread' });
  trace.print('done');
  expect(traceRows(trace.trace())).toEqual([
    '+2 ms sent "Hello" (m1), 128 ms',
    '+10 ms GET https://example.com/fact: 200, 120 ms',
    '+130 ms waited 1.5 s',
    '+130 ms reacted :wave: failed: not in this thread',
    'printed | done',
  ]);
  expect(trace.trace().milliseconds).toBe(130);
});

test('a trace is small, whatever a handler does, and counts what it leaves out', () => {
  const { trace } = recorder();
  for (let times = 0; times < 1_000; times++) {
    trace.print('x'.repeat(10_000));
    trace.begin('message', 'y'.repeat(10_000))({ id: 'm', error: 'z'.repeat(10_000) });
    trace.addHttp({
      method: 'GET',
      url: `https://${'u'.repeat(10_000)}`,
      status: 200,
      error: null,
      milliseconds: 1,
    });
  }
  const { steps, http, printed, left_out } = trace.trace();
  expect([
    steps.length + left_out.steps,
    http.length + left_out.http,
    printed.length + left_out.printed,
  ]).toEqual([1_000, 1_000, 1_000]);
  expect(JSON.stringify(trace.trace()).length).toBeLessThan(100_000);
  expect(traceRows(trace.trace())).toContain('… and 1850 more steps');
});
