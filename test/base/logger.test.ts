import { expect, test } from 'vitest';
import { openLogger } from '../../src/base/logger.ts';

function logged(level: 'info' | 'warn') {
  const lines: string[] = [];
  const logger = openLogger([{ write: (line) => lines.push(line) }], level, new Set(['s3cret-key']));
  return { logger, entries: () => lines.map((line) => JSON.parse(line)) };
}

test('an entry is a line of JSON with its level, time and fields', () => {
  const { logger, entries } = logged('info');
  logger.info({ handler: 'hello' }, 'answered');
  expect(entries()).toEqual([
    { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), handler: 'hello', msg: 'answered' },
  ]);
});

test('what is less important than the level is left out', () => {
  const { logger, entries } = logged('warn');
  logger.info('small');
  logger.warn('large');
  expect(entries().map(({ msg }) => msg)).toEqual(['large']);
});

test('secrets are hidden in fields and in the message', () => {
  const { logger, entries } = logged('info');
  logger.info({ payload: { token: 'abc' } }, 'asked /?key=s3cret-key');
  expect(entries()).toMatchObject([{ payload: { token: '[hidden]' }, msg: 'asked /?key=[hidden]' }]);
});
