import { describe, test } from 'vitest';
import { fixtureFor, hostileGroups, rowsOf } from '../support/hostile/tests.ts';

describe.each(hostileGroups)('a handler that %s in its own thread does not affect others', (_, handlers) => {
  const fixture = fixtureFor(handlers, 'thread');
  test.each(rowsOf(handlers))('$name', fixture.expectHarmless);
  test('others answer as fast as ever', fixture.expectFast);
  test('nothing that was started lives on', fixture.expectNothingLeft);
});
