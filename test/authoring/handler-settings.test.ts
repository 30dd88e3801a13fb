import { describe, expect, test } from 'vitest';
import { BotActionHandler, type BotActionHandlerClass } from '../../src/authoring/bot-action-handler.ts';
import { neededRetries } from '../../src/authoring/handler-settings.ts';

/** A handler class that declares what is no number of retries, too, as plain JavaScript may. */
const declaring = (retries: unknown): BotActionHandlerClass => {
  class TestBot extends BotActionHandler {
    override handle(): void {}
  }
  return Object.defineProperty(TestBot, 'retries', { value: retries });
};

describe('static retries', () => {
  test.each([
    [undefined, 0],
    [null, 0],
    [0, 0],
    [3, 3],
    [10, 10],
  ])('of %s are %i', (declared, retries) => {
    expect(neededRetries(declaring(declared))).toBe(retries);
  });

  test.each([
    [11, '11'],
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['3', "'3'"],
    [[3], '[ 3 ]'],
    [true, 'true'],
  ])('cannot be %j', (declared, shown) => {
    expect(() => neededRetries(declaring(declared), 'bots/A.ts')).toThrow(
      `bots/A.ts: static retries is ${shown}, but must be a whole number from 0 to 10. The handler was not registered.`,
    );
  });
});
