import { describe, expect, test } from 'vitest';
import { type Parameters, parseParameters } from '../../src/domain/parameters.ts';

describe('one word', () => {
  test.each<[string, Partial<Parameters>]>([
    ['cooldown=0', { texts: { cooldown: '0' } }],
    ['cooldown= 30 ', { texts: { cooldown: ' 30' } }],
    ['enabled=true', { texts: { enabled: 'true' } }],
    ['match="exact"', { texts: { match: '"exact"' } }],
    ['replies=["hi","ho"]', { texts: { replies: '["hi","ho"]' } }],
    ['text=', { texts: { text: '' } }],
    ['text==', { texts: { text: '=' } }],
    ['text=a=b', { texts: { text: 'a=b' } }],
    ['text=two words', { texts: { text: 'two words' } }],
    ['text=👋', { texts: { text: '👋' } }],
    ['  cooldown=5', { texts: { cooldown: '5' } }],
    ['cooldown =5', { texts: { cooldown: '5' } }],
    ['{}', {}],
    [' {"cooldown":0,"triggers":["hi"]} ', { values: { cooldown: 0, triggers: ['hi'] } }],
    ['{"a=b":1}', { values: { 'a=b': 1 } }],
  ])('%j is %j', (word, expected) => {
    expect(parseParameters([word])).toEqual({ values: {}, texts: {}, ...expected });
  });

  test.each([
    ['cooldown', '"cooldown" is not a parameter'],
    ['', '"" is not a parameter'],
    ['=5', '"=5" is not a parameter'],
    ['[1,2]', '"[1,2]" is not a parameter'],
    ['--json', '"--json" is not a parameter'],
    ['{"cooldown":0', 'not a JSON object'],
    ["{'cooldown':0}", 'not a JSON object'],
    ['{cooldown:0}', 'Quote them with single quotes'],
    ['{"cooldown":0}}', 'not a JSON object'],
    ['{"id":9007199254740993}', 'the number 9007199254740993 cannot be kept exactly'],
  ])('%j is wrong use: %s', (word, sentence) => {
    expect(() => parseParameters([word])).toThrow(
      expect.objectContaining({ code: 'WRONG_USE', message: expect.stringContaining(sentence) }),
    );
  });
});

describe('several words', () => {
  test.each<[string[], Parameters]>([
    [[], { values: {}, texts: {} }],
    [['cooldown=0', 'enabled=true'], { values: {}, texts: { cooldown: '0', enabled: 'true' } }],
    [['{"cooldown":0}', 'cooldown=5'], { values: { cooldown: 0 }, texts: { cooldown: '5' } }],
    [['{"a":1}', '{"b":2}'], { values: { a: 1, b: 2 }, texts: {} }],
  ])('%j are %j', (words, expected) => {
    expect(parseParameters(words)).toEqual(expected);
  });

  test.each([
    [['cooldown=0', 'cooldown=5'], '"cooldown" is given twice; give it once.'],
    [['cooldown=5', '{"cooldown":0}'], '"cooldown" is given twice'],
    [['{"limits":{"low":1}}', '{"limits":{"high":2}}'], '"limits" is given twice'],
    [['cooldown=0', 'enabled'], '"enabled" is not a parameter'],
  ])('%j are wrong use: %s', (words, sentence) => {
    expect(() => parseParameters(words)).toThrow(sentence);
  });
});

test.each(['__proto__={"cooldown":0}', '{"__proto__":{"cooldown":0}}'])(
  '%s gives no parameter by the back door',
  (word) => {
    const { values, texts } = parseParameters([word]);
    expect([Reflect.get(values, 'cooldown'), Reflect.get(texts, 'cooldown')]).toEqual([undefined, undefined]);
    expect([values, texts].map(Object.getPrototypeOf)).toEqual([Object.prototype, Object.prototype]);
  },
);
