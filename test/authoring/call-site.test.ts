import { expect, onTestFinished, test } from 'vitest';
import { calledFrom, callSite } from '../../src/authoring/call-site.ts';
import { createError, stackOf } from '../../src/base/errors.ts';

/** A call site below a number of helper functions. */
const below = (depth: number): Error => (depth === 0 ? callSite() : below(depth - 1));

test('an error of ours points to the call that caused it, and keeps its message', () => {
  const error = createError('REACTION_INVALID');
  expect(calledFrom(error, callSite())).toBe(error);
  const [first, second] = stackOf(error).split('\n');
  expect(first).toBe('MessengerError: The reaction must contain a valid emoji.');
  expect(second).toContain('call-site.ts');
  expect(stackOf(error)).toContain('call-site.test.ts');
});

test.each([new TypeError('x is not a function'), 'a text', undefined])(
  '%s is returned unchanged',
  (thrown) => {
    const stack = stackOf(thrown);
    expect(calledFrom(thrown, callSite())).toBe(thrown);
    expect(stackOf(thrown)).toBe(stack);
  },
);

test('a call below many helpers still reaches the file of its author, and no trace limit stays changed', () => {
  const before = Error.stackTraceLimit;
  onTestFinished(() => {
    Error.stackTraceLimit = before;
  });
  Error.stackTraceLimit = 7;
  const framesOf = (site: Error) => stackOf(site).split('\n').length - 1;
  expect(framesOf(below(40))).toBeGreaterThan(40);
  expect(framesOf(below(200))).toBe(50);
  expect(Error.stackTraceLimit).toBe(7);
});
