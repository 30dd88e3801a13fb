import { expect, test } from 'vitest';
import { createError } from '../../src/base/errors.ts';
import { isShortage } from '../../src/base/shortage.ts';

test.each([
  ['EMFILE of the system', Object.assign(new Error('open'), { code: 'EMFILE' }), true],
  ['one that lost its code', new Error('ENFILE: file table overflow, open'), true],
  ['a process that could not be started', new Error('spawn EAGAIN'), true],
  ['a cause', new Error('fetch failed', { cause: Object.assign(new Error('x'), { code: 'EMFILE' }) }), true],
  ['a locked database', createError('DATABASE_BUSY', 10), true],
  ['a file that is not there', Object.assign(new Error('ENOENT: x'), { code: 'ENOENT' }), false],
  ['a text that names it', new Error('What is EMFILE: a code?'), false],
  ['no error', 'EMFILE: thrown as a text', false],
])('%s: a shortage is %3$s', (_, error, expected) => {
  expect(isShortage(error)).toBe(expected);
});
