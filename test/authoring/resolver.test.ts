import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BotActionHandlerDTO, Payload } from '../../src/authoring/descriptions.ts';
import { type HandlerRules, reservedFields, resolveParameters } from '../../src/authoring/resolver.ts';
import { matchMethods } from '../../src/domain/match.ts';
import { replyDTO } from '../support/descriptions.ts';

const hello: BotActionHandlerDTO = {
  ...replyDTO,
  triggers: ['hello', 'hi', 'hey'],
  matchMethod: 'contains:caseless',
};

const handlerWith = (more: Partial<HandlerRules> = {}): HandlerRules => ({
  rules: () => ({}),
  errorMessages: () => ({}),
  serializePayload: (payload) => payload,
  ...more,
});
const bare = handlerWith();
const reply = handlerWith({
  rules: () => ({ replies: z.array(z.string()).min(1).max(5) }),
  errorMessages: () => ({
    'replies.*.required': 'Reply is required.',
    'replies.*.string': 'A reply must be a string.',
  }),
});

const common = { cooldown: 0, admin_only: false, enabled: true };
const full = { ...common, match: 'exact', triggers: ['help'] };

const resolvedWith = (dto: BotActionHandlerDTO, params: unknown, handler = bare) => {
  const result = resolveParameters(dto, handler, params);
  return 'resolved' in result ? result.resolved : result;
};
const errorsWith = (dto: BotActionHandlerDTO, params: unknown, handler = bare) => {
  const result = resolveParameters(dto, handler, params);
  return 'errors' in result ? result.errors : {};
};

test('reserves the fields that every action has', () => {
  expect(reservedFields).toEqual(['cooldown', 'admin_only', 'enabled', 'match', 'triggers', 'handler']);
});

test('resolves the example of the documentation', () => {
  expect(resolveParameters(hello, bare, common)).toEqual({
    resolved: {
      handlerDTO: hello,
      matchMethod: 'contains:caseless',
      enabled: true,
      adminOnly: false,
      cooldown: 0,
      triggers: 'hello|hi|hey',
      payload: null,
    },
  });
});

test('lists the errors in the order: common fields, own rules, match, triggers', () => {
  expect(JSON.stringify(resolveParameters(replyDTO, reply, {}))).toBe(
    JSON.stringify({
      errors: {
        cooldown: ['The cooldown field is required.'],
        admin_only: ['The admin only field is required.'],
        enabled: ['The enabled field is required.'],
        replies: ['The replies field is required.'],
        match: ['The match field is required.'],
        triggers: ['The triggers field is required.'],
      },
    }),
  );
});

test.each([null, undefined, [], [common], 'cooldown', 5, true])(
  'takes %j as parameters without fields',
  (params) => {
    expect(Object.keys(errorsWith(hello, params))).toEqual(['cooldown', 'admin_only', 'enabled']);
  },
);

describe('cooldown', () => {
  test.each([
    [0, 0],
    [900, 900],
    ['30', 30],
    [' 30 ', 30],
    ['0', 0],
    [30.0, 30],
  ])('%j is stored as %j', (cooldown, expected) => {
    expect(resolvedWith(hello, { ...common, cooldown })).toMatchObject({ cooldown: expected });
  });

  const missing = 'The cooldown field is required.';
  const noInteger = 'The cooldown field must be an integer.';
  const outside = 'The cooldown field must be between 0 and 900.';
  test.each([
    [undefined, missing],
    [null, missing],
    ['', missing],
    [' ', missing],
    [30.5, noInteger],
    ['30.5', noInteger],
    ['abc', noInteger],
    ['030x', noInteger],
    ['0x10', noInteger],
    ['1e2', noInteger],
    ['٣٠', noInteger],
    [true, noInteger],
    [[], missing],
    [[30], noInteger],
    [{}, noInteger],
    [Number.NaN, noInteger],
    [Number.POSITIVE_INFINITY, noInteger],
    [-1, outside],
    ['-1', outside],
    [901, outside],
    ['901', outside],
  ])('%j: %s', (cooldown, sentence) => {
    expect(errorsWith(hello, { ...common, cooldown })).toEqual({ cooldown: [sentence] });
  });

  test('a number too large to count exactly breaks two rules', () => {
    expect(errorsWith(hello, { ...common, cooldown: 1e20 })).toEqual({ cooldown: [noInteger, outside] });
  });
});

describe.each([
  ['admin_only', 'adminOnly', 'admin only'],
  ['enabled', 'enabled', 'enabled'],
])('%s', (field, stored, label) => {
  test.each([
    [true, true],
    [1, true],
    ['1', true],
    [false, false],
    [0, false],
    ['0', false],
  ])('%j is stored as %j', (value, expected) => {
    expect(resolvedWith(hello, { ...common, [field]: value })).toMatchObject({ [stored]: expected });
  });

  const missing = `The ${label} field is required.`;
  const noBoolean = `The ${label} field must be true or false.`;
  test.each([
    [undefined, missing],
    [null, missing],
    ['', missing],
    ['  ', missing],
    ['true', noBoolean],
    ['false', noBoolean],
    ['yes', noBoolean],
    [2, noBoolean],
    [-1, noBoolean],
    [[], missing],
    [{}, noBoolean],
  ])('%j: %s', (value, sentence) => {
    expect(errorsWith(hello, { ...common, [field]: value })).toEqual({ [field]: [sentence] });
  });
});

describe('match', () => {
  test.each(matchMethods)('%s may be chosen', (match) => {
    expect(resolvedWith(replyDTO, { ...full, match })).toMatchObject({ matchMethod: match });
  });

  test.each([
    [undefined, 'The match field is required.'],
    [null, 'The match field is required.'],
    [' ', 'The match field is required.'],
    ['nothing', 'The selected match is invalid.'],
    ['Exact', 'The selected match is invalid.'],
    ['toString', 'The selected match is invalid.'],
    [[], 'The match field is required.'],
  ])('%j: %s', (match, sentence) => {
    expect(errorsWith(replyDTO, { ...full, match })).toEqual({ match: [sentence] });
  });

  test.each([5, true, ['exact'], { match: 'exact' }])('%j breaks two rules, and both are told', (match) => {
    const sentences = ['The match field must be a string.', 'The selected match is invalid.'];
    expect(errorsWith(replyDTO, { ...full, match })).toEqual({ match: sentences });
  });

  test.each([undefined, 'nothing', 'exact', 'any'])(
    'fixed by the handler, a posted %j does not count',
    (match) => {
      const fixed: BotActionHandlerDTO = { ...replyDTO, matchMethod: 'starts:with' };
      const expected = { matchMethod: 'starts:with', triggers: 'help' };
      expect(resolvedWith(fixed, { ...full, match })).toMatchObject(expected);
    },
  );

  test('fixed by the handler, a posted any still asks for triggers', () => {
    const fixed: BotActionHandlerDTO = { ...replyDTO, matchMethod: 'exact' };
    const errors = { triggers: ['The triggers field is required.'] };
    expect(errorsWith(fixed, { ...common, match: 'any' })).toEqual(errors);
  });
});

describe('triggers', () => {
  test.each([
    ['a text', 'help', 'help'],
    ['a text split on | and ,', ' !a | !b,!c ', '!a|!b|!c'],
    ['a list', ['help', 'support'], 'help|support'],
    ['one text in a list', ['!a | !b'], '!a|!b'],
    ['repeats', ['b', 'a', 'b'], 'b|a'],
    ['empties between others', 'a,,| |b', 'a|b'],
    ['"0"', ['0'], '0'],
    ['numbers that look alike', ['1', '01'], '1|01'],
    ['unicode', ['\u3000👋🏽 ', 'ßẞ', 'é', 'e\u0301'], '👋🏽|ßẞ|é|e\u0301'],
    ['names of inherited fields', ['__proto__', 'constructor'], '__proto__|constructor'],
  ])('%s: %j is stored as %j', (_what, triggers, stored) => {
    expect(resolvedWith(replyDTO, { ...full, triggers })).toMatchObject({ triggers: stored });
  });

  const required = { triggers: ['The triggers field is required.'] };
  const noArray = { triggers: ['The triggers field must be an array.'] };
  test.each([
    ['missing', undefined, required],
    ['null', null, required],
    ['an empty text', '', required],
    ['blanks', ' \u3000', required],
    ['an empty list', [], required],
    ['nothing after splitting a text', '|, ,', required],
    ['nothing after splitting a list', ['|', ','], required],
    ['a number', 42, noArray],
    ['a boolean', true, noArray],
    ['an object', { 0: 'a' }, noArray],
    ['an empty item', ['a', ''], { 'triggers.1': ['Trigger field is required.'] }],
    ['a blank item', [' '], { 'triggers.0': ['Trigger field is required.'] }],
    [
      'no strings',
      [null, 5, ['a'], 'a'],
      {
        'triggers.0': ['Trigger field is required.'],
        'triggers.1': ['A trigger must be a string.'],
        'triggers.2': ['A trigger must be a string.'],
      },
    ],
  ])('%s: %j', (_what, triggers, errors) => {
    expect(errorsWith(replyDTO, { ...full, triggers })).toEqual(errors);
  });

  test.each(['ignored', 5, [''], undefined])('fixed by the handler, posted %j does not count', (triggers) => {
    expect(resolvedWith(hello, { ...common, triggers })).toMatchObject({ triggers: 'hello|hi|hey' });
  });

  test.each<[string, BotActionHandlerDTO, unknown]>([
    ['chosen', replyDTO, { ...full, match: 'any' }],
    ['chosen, with wrong triggers', replyDTO, { ...common, match: 'any', triggers: 5 }],
    ['fixed', { ...replyDTO, matchMethod: 'any' }, common],
    ['fixed, with another posted', { ...replyDTO, matchMethod: 'any' }, full],
    ['fixed beside triggers', { ...hello, matchMethod: 'any' }, common],
  ])('match any %s: neither asked for nor stored', (_what, dto, params) => {
    expect(resolvedWith(dto, params)).toMatchObject({ matchMethod: 'any', triggers: null });
  });

  test('a thousand of them are stored, a thousand wrong ones are named, and more are too many', () => {
    const triggers = Array.from({ length: 1_000 }, (_, index) => `t${index}`);
    expect(resolvedWith(replyDTO, { ...full, triggers })).toMatchObject({ triggers: triggers.join('|') });
    const errors = errorsWith(replyDTO, { ...full, triggers: triggers.map(() => 5) });
    expect(Object.keys(errors)).toHaveLength(1_000);
    expect(errors['triggers.999']).toEqual(['A trigger must be a string.']);
    expect(errorsWith(replyDTO, { ...full, triggers: [...triggers, 'one more'] })).toEqual({
      triggers: ['The triggers field must not have more than 1000 items.'],
    });
  });
});

describe("the handler's own rules", () => {
  test.each<[string, unknown, Payload]>([
    ['fields', { replies: ['a', 'b'] }, { replies: ['a', 'b'] }],
    ['unknown fields', { replies: ['a'], other: 1, handler: 'x' }, { replies: ['a'] }],
    ['texts as they are', { replies: [' a\n', '0', '🤖'] }, { replies: [' a\n', '0', '🤖'] }],
  ])('become the payload: %s', (_what, fields, payload) => {
    expect(resolvedWith(replyDTO, { ...full, ...Object(fields) }, reply)).toMatchObject({ payload });
  });

  test.each<[string, unknown, unknown]>([
    ['no list', 'a', { replies: ['The replies field must be an array.'] }],
    ['empty', [], { replies: ['The replies field is required.'] }],
    [
      'six',
      ['a', 'b', 'c', 'd', 'e', 'f'],
      { replies: ['The replies field must not have more than 5 items.'] },
    ],
    ['items', ['', 5], { 'replies.0': ['Reply is required.'], 'replies.1': ['A reply must be a string.'] }],
  ])('word their errors: %s', (_what, replies, errors) => {
    expect(errorsWith(replyDTO, { ...full, replies }, reply)).toEqual(errors);
  });

  test.each<[string, z.ZodRawShape, unknown, unknown]>([
    ['no rules', {}, { limit: 1 }, null],
    ['optional fields that are missing', { limit: z.int().optional() }, { limit: '' }, {}],
    [
      'values of the right type',
      { limit: z.int(), loud: z.boolean() },
      { limit: '3', loud: '0' },
      { limit: 3, loud: false },
    ],
    ['unicode names and values', { größe: z.string() }, { größe: 'ﬃ\u0000' }, { größe: 'ﬃ\u0000' }],
    ['dates as text', { day: z.coerce.date() }, { day: 0 }, { day: '1970-01-01T00:00:00.000Z' }],
    ['undefined inside', { a: z.object({ b: z.int().optional() }) }, { a: { b: '' } }, { a: {} }],
  ])('give the payload of %s', (_what, rules, fields, payload) => {
    const handler = handlerWith({ rules: () => rules });
    expect(resolvedWith(hello, { ...common, ...Object(fields) }, handler)).toMatchObject({ payload });
  });

  test('keep __proto__ away from prototypes', () => {
    const posted: unknown = JSON.parse('{"__proto__": {"cooldown": 5}, "labels": {"__proto__": {"a": 1}}}');
    const handler = handlerWith({ rules: () => ({ labels: z.record(z.string(), z.unknown()) }) });
    expect(Object.keys(errorsWith(hello, posted, handler))).toEqual(['cooldown', 'admin_only', 'enabled']);
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  test.each(['rules', 'errorMessages'] as const)('throw what %s() throws', (method) => {
    const thrown = new TypeError('my own mistake');
    const handler = handlerWith({
      [method]: () => {
        throw thrown;
      },
    });
    expect(() => resolveParameters(hello, handler, common)).toThrow(thrown);
  });
});

describe('serializePayload', () => {
  const resolveReturning = (serializePayload: HandlerRules['serializePayload'], dto = hello) =>
    resolvedWith(
      dto,
      { ...common, limit: '3' },
      handlerWith({ rules: () => ({ limit: z.int() }), serializePayload }),
    );

  test.each<[string, HandlerRules['serializePayload'], unknown]>([
    ['JSON text', (payload) => JSON.stringify(payload), { limit: 3 }],
    ['plain data', (payload) => ({ ...payload, made: true }), { limit: 3, made: true }],
    ['null', () => null, null],
    ['JSON text of null', () => 'null', null],
    ['an instance with fields', () => Object.assign(new (class Kept {})(), { a: 1 }), { a: 1 }],
  ])('may return %s', (_what, serializePayload, payload) => {
    expect(resolveReturning(serializePayload)).toMatchObject({ payload });
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'nothing'],
    ['text that is not JSON', 'secret', 'text that is not JSON'],
    ['JSON text of a text', '"text"', 'a payload of the type String'],
    ['JSON text of a list', '[1]', 'a payload of the type Array'],
    ['a list', [1], 'a payload of the type Array'],
    ['a number', 5, 'a payload of the type Number'],
    ['a promise', Promise.resolve({}), 'what JSON cannot hold (Promise)'],
    ['a function inside', { a: { run: () => 1 } }, 'what JSON cannot hold (Function in "run")'],
    ['a map inside', { map: new Map() }, 'what JSON cannot hold (Map in "map")'],
    ['a bigint inside', { big: 1n }, 'what JSON cannot hold (BigInt in "big")'],
    ['no number inside', { size: Number.NaN }, 'what JSON cannot hold (Number in "size")'],
    ['a cycle', cycle, 'what JSON cannot hold (Converting circular structure'],
  ])('may not return %s', (_what, returned, found) => {
    const named = `serializePayload() of the handler ReplyBot ("reply") returned ${found}`;
    expect(() => resolveReturning(() => returned)).toThrow(named);
    expect(() => resolveReturning(() => returned)).not.toThrow('secret');
  });

  test('is not asked without rules or with errors', () => {
    const asked: unknown[] = [];
    const serializePayload = (payload: Payload | null) => asked.push(payload);
    resolvedWith(hello, common, handlerWith({ serializePayload }));
    errorsWith(hello, {}, handlerWith({ rules: () => ({ limit: z.int().optional() }), serializePayload }));
    expect(asked).toEqual([]);
  });

  test('throws what the author throws', () => {
    const thrown = new TypeError('my own mistake');
    expect(() =>
      resolveReturning(() => {
        throw thrown;
      }),
    ).toThrow(thrown);
  });
});

test('changes nothing that was posted', () => {
  const triggers = Object.freeze(['a,b', 'a']);
  const posted = Object.freeze({ ...full, cooldown: '30', triggers, replies: ['x'] });
  expect(resolvedWith(replyDTO, posted, reply)).toMatchObject({ cooldown: 30, triggers: 'a|b' });
  expect(posted.triggers).toEqual(['a,b', 'a']);
});
