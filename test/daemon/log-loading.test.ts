import { expect, test } from 'vitest';
import { openLogger } from '../../src/base/logger.ts';
import { LoggedProblems } from '../../src/daemon/log-loading.ts';

test('a problem is logged when it is new, and again after it was solved', () => {
  const lines: string[] = [];
  const logged = new LoggedProblems(openLogger([{ write: (line) => lines.push(line) }], 'info', new Set()));
  const log = (...messages: string[]) => {
    lines.length = 0;
    logged.log(messages.map((message) => ({ file: 'bots/A.ts', message })));
    return lines.map((line) => JSON.parse(line).msg);
  };
  expect(log('A is broken.')).toEqual(['A is broken.']);
  expect(log('A is broken.', 'B is broken.')).toEqual(['B is broken.']);
  expect(log('A is broken otherwise.', 'B is broken.')).toEqual(['A is broken otherwise.']);
  expect(log()).toEqual([]);
  expect(log('B is broken.')).toEqual(['B is broken.']);
});
