import { describe, test } from 'vitest';
import { hostileGroups, rowsOf, stageFor } from '../support/hostile/tests.ts';

describe.each(hostileGroups)('a handler that %s in its own process does not affect others', (_, handlers) => {
  const stage = stageFor(handlers, 'process');
  test.each(rowsOf(handlers))('$name', stage.expectHarmless);
  test('others answer as fast as ever', stage.expectFast);
  test('nothing that was started lives on', stage.expectNothingLeft);
});
