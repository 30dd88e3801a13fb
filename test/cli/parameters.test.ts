import { describe, expect, test } from 'vitest';
import { parseParameters } from '../../src/cli/parameters.ts';

describe('one word', () => {
  test.each<[string, Record<string, unknown>]>([
    ['cooldown=0', { cooldown: 0 }],
    ['cooldown=-1.5', { cooldown: -1.5 }],
    ['cooldown=1e3', { cooldown: 1000 }],
    ['cooldown=007', { cooldown: '007' }],
    ['cooldown= 30 ', { cooldown: 30 }],
    ['enabled=true', { enabled: true }],
    ['enabled=false', { enabled: false }],
    ['enabled=True', { enabled: 'True' }],
    ['payload=null', { payload: null }],
    ['match=exact:caseless', { match: 'exact:caseless' }],
    ['match="exact"', { match: 'exact' }],
    ['replies=["hi","ho"]', { replies: ['hi', 'ho'] }],
    ['replies=[broken', { replies: '[broken' }],
    ['limits={"low":1}', { limits: { low: 1 } }],
    ['text=', { text: '' }],
    ['text==', { text: '=' }],
    ['text=a=b', { text: 'a=b' }],
    ['text=two words', { text: 'two words' }],
    ['text=👋', { text: '👋' }],
    ['  cooldown=5', { cooldown: 5 }],
    ['cooldown =5', { cooldown: 5 }],
    ['triggers=42', { triggers: '42' }],
    ['triggers=42|43', { triggers: '42|43' }],
    ['triggers=true', { triggers: 'true' }],
    ['triggers="hi"', { triggers: '"hi"' }],
    ['triggers={"a":1}', { triggers: '{"a":1}' }],
    ['triggers=["42",":)"]', { triggers: ['42', ':)'] }],
    ['triggers= ["hi"]', { triggers: ['hi'] }],
    ['triggers=[x]', { triggers: '[x]' }],
    ['{}', {}],
    [' {"cooldown":0,"triggers":["hi"]} ', { cooldown: 0, triggers: ['hi'] }],
    ['{"a=b":1}', { 'a=b': 1 }],
  ])('%j is %j', (word, expected) => {
    expect(parseParameters([word])).toEqual(expected);
  });

  test.each([
    ['cooldown', '"cooldown" is no parameter'],
    ['', '"" is no parameter'],
    ['=5', '"=5" is no parameter'],
    ['[1,2]', '"[1,2]" is no parameter'],
    ['--json', '"--json" is no parameter'],
    ['{"cooldown":0', 'no JSON object'],
    ["{'cooldown':0}", 'no JSON object'],
    ['{cooldown:0}', 'Quote them with single quotes'],
    ['{"cooldown":0}}', 'no JSON object'],
  ])('%j is wrong use: %s', (word, sentence) => {
    expect(() => parseParameters([word])).toThrow(
      expect.objectContaining({ code: 'WRONG_USE', message: expect.stringContaining(sentence) }),
    );
  });
});

describe('several words', () => {
  test.each<[string[], Record<string, unknown>]>([
    [[], {}],
    [['cooldown=0', 'enabled=true'], { cooldown: 0, enabled: true }],
    [['cooldown=0', 'cooldown=5'], { cooldown: 5 }],
    [['{"cooldown":0,"enabled":true}', 'cooldown=5'], { cooldown: 5, enabled: true }],
    [['cooldown=5', '{"cooldown":0}'], { cooldown: 0 }],
    [['{"limits":{"low":1}}', '{"limits":{"high":2}}'], { limits: { high: 2 } }],
  ])('%j are %j', (words, expected) => {
    expect(parseParameters(words)).toEqual(expected);
  });

  test('with one wrong word are wrong use', () => {
    expect(() => parseParameters(['cooldown=0', 'enabled'])).toThrow('"enabled" is no parameter');
  });
});

test.each(['__proto__={"cooldown":0}', '{"__proto__":{"cooldown":0}}'])(
  '%s gives no parameter by the back door',
  (word) => {
    expect(parseParameters([word]).cooldown).toBeUndefined();
    expect(Object.getPrototypeOf(parseParameters([word]))).toBe(Object.prototype);
  },
);
