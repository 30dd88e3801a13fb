import { describe, expect, test } from 'vitest';
import { readScheduled, scheduleProblem } from '../../src/config/schedule.ts';

test.each([
  ['purge:bots', { name: 'purge:bots', days: 30 }],
  ['messenger:purge:bots', { name: 'purge:bots', days: 30 }],
  ['purge:bots --days 60', { name: 'purge:bots', days: 60 }],
  [' purge:bots --days=7 ', { name: 'purge:bots', days: 7 }],
  ['purge:bots --days soon', undefined],
  ['purge:bots; rm -rf /', undefined],
  ['simulate', undefined],
  ['', undefined],
])('%j is %j', (command, expected) => {
  expect(readScheduled(command)).toEqual(expected);
});

describe('an entry', () => {
  test.each([
    ['purge:bots', '0 6 * * *', undefined],
    ['purge:bots', '@daily', undefined],
    ['purge:bots', 'at six', `"at six" is not a cron pattern; use one like '0 6 * * *'`],
    ['purge:bots', '61 6 * * *', `"61 6 * * *" is not a cron pattern; use one like '0 6 * * *'`],
    ['purge:bots', '0 0 29 2 *', undefined],
    ...['0 0 30 2 *', '0 0 31 4,6 *', '0 0 0 1 1 * 2020', '2020-01-01T00:00:00'].map(
      (pattern): [string, string, string] => [
        'purge:bots',
        pattern,
        `"${pattern}" never matches: there is no such day in the future; use a pattern like '0 6 * * *'`,
      ],
    ),
    ['simulate', '0 6 * * *', `"simulate" cannot be scheduled; use 'purge:bots' or 'purge:bots --days 60'`],
  ])('%s at %s', (command, pattern, problem) => {
    expect(scheduleProblem(command, pattern)).toBe(problem);
  });
});
