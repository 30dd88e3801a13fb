import { describe, test } from 'vitest';
import { hostileGroups, rowsOf, stageFor } from '../support/hostile/tests.ts';

describe('in a process of its own, a handler that', () => {
  describe.each(hostileGroups)('%s hurts nobody:', (_, handlers) => {
    const stage = stageFor(handlers, 'process');
    test.each(rowsOf(handlers))('$name', stage.expectHarmless);
    test('others answer as fast as ever', stage.expectFast);
    test('nothing that was started lives on', stage.expectNothingLeft);
  });
});
