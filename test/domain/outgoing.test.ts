import { describe, expect, test } from 'vitest';
import { checkBody, checkExtra } from '../../src/domain/outgoing.ts';

/** The reason in the error MESSAGE_INVALID; undefined if the check passes. */
function reason(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'MESSAGE_INVALID' });
    return String(error);
  }
}

describe('checkBody', () => {
  test.each([
    ['one character', 'a', 5],
    ['as many characters as allowed', 'abcde', 5],
    ['as many emojis as allowed, which are twice as many code units', '😄😄😄😄😄', 5],
    ['white space around a text', ' \n a', 5],
  ])('accepts %s', (_, body, limit) => {
    expect(reason(() => checkBody(body, limit))).toBeUndefined();
  });

  test.each([
    ['nothing', '', 5, 'it is empty'],
    ['white space', ' \n\t\u00a0\u3000', 500, 'it is empty'],
    ['one character too many', 'abcdef', 5, 'it has 6 characters, and at most 5 are allowed'],
    ['one emoji too many', '😄😄😄', 2, 'it has 3 characters, and at most 2 are allowed'],
    ['every kind of Unicode white space', ' \u0085\u3000\t', 10, 'it is empty'],
    ['white space that is too long together with the text', ' a ', 2, 'it has 3 characters'],
  ])('rejects %s', (_, body, limit, expected) => {
    expect(reason(() => checkBody(body, limit))).toContain(expected);
  });
});

describe('checkExtra', () => {
  /** An object that is this many bytes long as JSON. */
  const ofSize = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });
  const nested = (levels: number): unknown[] => (levels === 1 ? [] : [nested(levels - 1)]);

  test.each([
    ['none', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty list', []],
    ['data of exactly the limit', ofSize(1024)],
    ['the deepest data', nested(64)],
  ])('accepts %s', (_, extra) => {
    expect(reason(() => checkExtra(extra, 1))).toBeUndefined();
  });

  test.each([
    ['one byte too many', ofSize(1025), 1, 'larger than 1 kilobytes as JSON'],
    ['texts that are short but many bytes long', { a: '漢'.repeat(400) }, 1, 'larger than 1 kilobytes'],
    ['data that is nested too deeply', nested(66), 64, 'nested deeper than 64 levels'],
  ])('rejects %s', (_, extra, limit, expected) => {
    expect(reason(() => checkExtra(extra, limit))).toContain(expected);
  });
});
