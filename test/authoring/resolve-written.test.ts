import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BotActionHandlerDTO } from '../../src/authoring/descriptions.ts';
import { resolveWritten, type WrittenParameters } from '../../src/authoring/resolve-written.ts';
import { replyDTO } from '../support/descriptions.ts';

const rules = { replies: z.array(z.string()).min(1), count: z.int().optional(), note: z.string().optional() };
const handler = {
  rules: () => rules,
  errorMessages: () => ({}),
  serializePayload: (payload: unknown) => payload,
};
const common = { cooldown: '0', admin_only: 'false', enabled: 'true' };
const replies = '["a","b"]';

/** What a command line with `key=value` resolves to. */
function resolve(
  { values = {}, texts = {} }: Partial<WrittenParameters>,
  description: BotActionHandlerDTO = replyDTO,
) {
  return resolveWritten(description, handler, { values, texts: { ...common, ...texts } });
}

function errorsOf(...args: Parameters<typeof resolve>) {
  const result = resolve(...args);
  return 'errors' in result ? result.errors : {};
}

describe('texts are read as the rules expect them', () => {
  test.each<[string, Record<string, string>, object]>([
    [
      'lists and numbers are JSON',
      { match: 'exact', triggers: '["hi","a b"]', replies, count: '12' },
      { triggers: 'hi|a b', payload: { replies: ['a', 'b'], count: 12 } },
    ],
    [
      'triggers may also be a text',
      { match: 'exact', triggers: 'hi, hey|yo', replies },
      { triggers: 'hi|hey|yo', matchMethod: 'exact' },
    ],
    [
      'a text stays a text, even if it looks like a number',
      { match: 'any', replies, note: '0123' },
      { triggers: null, payload: { replies: ['a', 'b'], note: '0123' } },
    ],
    [
      'switches are true or false',
      { match: 'any', replies, admin_only: 'true', enabled: 'false' },
      { adminOnly: true, enabled: false },
    ],
  ])('%s', (_, texts, expected) => {
    expect(resolve({ texts })).toMatchObject({ resolved: expected });
  });

  test('values from JSON are taken as they are, and a text of the same name wins', () => {
    const values = { match: 'exact', triggers: ['a'], replies: ['x'] };
    expect(resolve({ values, texts: { triggers: 'b' } })).toMatchObject({
      resolved: { triggers: 'b', payload: { replies: ['x'] } },
    });
  });
});

describe('what nobody reads is an error', () => {
  const fixed: BotActionHandlerDTO = { ...replyDTO, triggers: ['hi', 'hey'], matchMethod: 'exact:caseless' };
  const texts = { match: 'exact', triggers: 'hi', replies };
  test.each<[string, Parameters<typeof resolve>, string, RegExp | string]>([
    [
      'an unknown name, with the nearest one',
      [{ texts: { ...texts, replise: 'x' } }],
      'replise',
      'There is no parameter "replise". Did you mean "replies"? "reply" takes match, triggers, replies, count, note, cooldown, admin_only, enabled.',
    ],
    [
      'a name that every object has',
      [{ texts: { ...texts, toString: 'x' } }],
      'toString',
      /^There is no parameter/,
    ],
    [
      'triggers that the handler fixes',
      [{ texts: { replies, triggers: 'x' } }, fixed],
      'triggers',
      'The handler fixes the triggers (hi, hey); leave them out.',
    ],
    [
      'a match method that the handler fixes',
      [{ texts: { replies, match: 'exact' } }, fixed],
      'match',
      'The handler fixes the match (exact:caseless); leave it out.',
    ],
    [
      'triggers with the match "any"',
      [{ texts: { ...texts, match: 'any' } }],
      'triggers',
      'With the match "any" there are no triggers; leave them out.',
    ],
    [
      'triggers of a handler that fixes the match "any"',
      [{ texts: { replies, triggers: 'x' } }, { ...replyDTO, matchMethod: 'any' }],
      'triggers',
      'With the match "any" there are no triggers; leave them out.',
    ],
    [
      'the parameters of another handler',
      [{ texts: { ...texts, handler: 'hello' } }],
      'handler',
      'The parameters are for another handler: they name "hello", and this is "reply".',
    ],
    [
      'a text for a list, with how a list is written',
      [{ texts: { ...texts, replies: 'a' } }],
      'replies',
      `The replies field must be an array. A list is JSON here: replies='["a","b"]'.`,
    ],
    [
      'a value for a list that came as JSON, without that hint',
      [{ values: { replies: 'a' }, texts: { match: 'exact', triggers: 'hi' } }],
      'replies',
      'The replies field must be an array.',
    ],
  ])('%s', (_, args, field, sentence) => {
    const [found = ''] = errorsOf(...args)[field] ?? [];
    if (typeof sentence === 'string') expect(found).toBe(sentence);
    else expect(found).toMatch(sentence);
  });

  test.each(['reply', 'ReplyBot'])('except the name of the handler itself: %s', (name) => {
    expect(errorsOf({ texts: { ...texts, handler: name } })).toEqual({});
  });

  test('and it is reported together with what is wrong otherwise', () => {
    expect(
      Object.keys(errorsOf({ texts: { match: 'exact', cooldown: '901', nothing: '1' } })).sort(),
    ).toEqual(['cooldown', 'nothing', 'replies', 'triggers']);
  });
});
