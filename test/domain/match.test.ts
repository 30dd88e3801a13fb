import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trimInvisible } from '../../src/domain/invisible.ts';
import {
  findTrigger,
  isMatchMethod,
  type MatchMethod,
  matchDescriptions,
  matchMessage,
  matchMethods,
  withoutTrigger,
} from '../../src/domain/match.ts';
import { foldCase, trim } from '../../src/domain/text.ts';
import { hardMethod, hardText } from './hard-text.ts';

const caselessOf = (method: MatchMethod): boolean => method.endsWith('caseless');

describe('matchMessage', () => {
  test.each([
    ['contains', 'hello', 'hello', true],
    ['contains', 'hello', 'oh hello there', true],
    ['contains', 'hello', 'oh,hello.', true],
    ['contains', 'hello', '"hello"', true],
    ['contains', 'hello', "it's 'hello';", true],
    ['contains', 'hello', 'a:hello:b', true],
    ['contains', 'hello', 'hello!', false],
    ['contains', 'hello', 'hello?', false],
    ['contains', 'hello', '(hello)', false],
    ['contains', 'hello', 'Hello', false],
    ['contains', 'hello', 'othello', false],
    ['contains', 'hello', 'othello hello', true],
    ['contains', 'aa', 'aaa aa', true],
    ['contains', 'a a', 'xa a a', true],
    ['contains', 'hello', 'a\u0085hello\u3000b', true],
    ['contains', 'hello', 'a\ufeffhello', false],
    ['contains', 'two words', 'with two words in', true],
    ['contains', 'two words', 'with two  words in', false],
    ['contains:caseless', 'HeLLo', 'oh, hEllO there', true],
    ['contains:caseless', 'hello', 'OTHELLO', false],
    ['contains:any', 'hell', 'othello', true],
    ['contains:any', 'hell', 'OTHELLO', false],
    ['contains:any', '\ud83d', '😄', false],
    ['contains:any', '\ud83d', ':smile:', false],
    ['contains:any', '\ud83d', 'half \ud83d an emoji', true],
    ['contains:any:caseless', 'hell', 'OTHELLO', true],
    ['exact', 'hello', ' \u00a0hello\u0085\n', true],
    ['exact', ' hello\u0085', 'hello', true],
    ['exact', 'hello', 'hel\ufefflo', false],
    ['exact', 'hello', 'hello there', false],
    ['exact', 'hello', 'Hello', false],
    ['exact:caseless', 'hello', 'HELLO', true],
    ['exact:caseless', 'hello', 'HELLO.', false],
    ['starts:with', '!hi', '!hi', true],
    ['starts:with', '!hi', ' !hi there', true],
    ['starts:with', '!hi', '!hi, there', true],
    ['starts:with', '!hi', '!hithere', false],
    ['starts:with', '!hi', '!hithere !hi', false],
    ['starts:with', '!hi', 'oh !hi', false],
    ['starts:with', '!hi', '!Hi', false],
    ['starts:with:caseless', '!hi', '!HI there', true],
    ['starts:with:caseless', '!hi', '!HITHERE', false],
  ] as const)('%s: %j in %j is %s', (method, trigger, body, expected) => {
    expect(matchMessage(method, trigger, body)).toBe(expected);
  });

  test.each([
    ['c++', 'I like c++ best', 'I like c best'],
    ['/help', '/help me', 'help me'],
    [':)', 'well :) yes', 'well : yes'],
    ['a.b', 'an a.b here', 'an axb here'],
    ['what?', 'so what? no', 'so wha no'],
    ['(x|y)', '(x|y)', 'x'],
    ['^$', 'a ^$', 'a'],
    ['[a-z]+', '[a-z]+', 'abc'],
    ['\\d', 'a \\d', 'a 1'],
    ['.*', '.*', 'anything'],
    ['$&', '$&', 'x'],
    ['0', 'say 0', 'say 00'],
    ['1', '1', '01'],
    ['Café', 'Café', 'Cafe'],
    ['é', 'é', 'e\u0301'],
  ])('a trigger is literal text: contains %j in %j, not in %j', (trigger, body, other) => {
    expect(matchMessage('contains', trigger, body)).toBe(true);
    expect(matchMessage('contains', trigger, other)).toBe(false);
  });

  test.each([
    ['ΟΔΟΣ', 'οδος', true],
    ['οδοσ', 'ΟΔΟΣ', true],
    ['ς', 'Σ', true],
    ['i', 'I', true],
    ['i', 'İ', false],
    ['I', 'ı', false],
    ['I', 'İ', false],
    ['ı', 'İ', false],
    ['İ', 'i\u0307', true],
    ['ı', 'ı', true],
    ['straße', 'STRASSE', false],
    ['\u212a', 'k', true],
    ['𐐀', '𐐨', true],
  ])('exact:caseless: %j and %j are equal: %s', (trigger, body, expected) => {
    expect(matchMessage('exact:caseless', trigger, body)).toBe(expected);
  });

  test.each([
    ['exact', '😄', ':smile:', true],
    ['exact', ':smile:', '😄', true],
    ['exact', ':smile:', ':smile:', true],
    ['exact', ':thumbsup:', ':+1:', true],
    ['exact', '❤️', '❤', true],
    ['exact', '❤', ':heart:', true],
    ['exact', '1️⃣', ':one:', true],
    ['exact', 'ok 😄 ok', 'ok :smile: ok', true],
    ['contains', '😄', 'hi :smile: you', true],
    ['contains', '😄', 'hi:smile:you', false],
    ['contains', ':foo:', 'a :foo: b', true],
    ['contains', 'foo', 'a :foo: b', true],
    ['contains:any', ':smile:', 'hi😄you', true],
    ['contains:any', 'smile', ':smile:', false],
    ['contains:any', 'smile', ':smiling:', false],
    ['contains:any', 'smil', ':smiling:', true],
    ['contains:any', ':', ':smile:', false],
    ['contains:any', ':)', ':) 🙂', true],
    ['exact', ':)', '🙂', false],
    ['exact', ':SMILE:', '😄', false],
    ['exact:caseless', ':SMILE:', '😄', true],
    ['exact:caseless', 'Ⓜ', ':m:', true],
    ['starts:with', '!roll', '!roll :smile:', true],
    ['starts:with', ':a:', ':foo:smile:', false],
    ['contains:any', '😄', ':foo:smile:', true],
    ['exact', '😂joy:', ':joy:joy:', true],
    ['contains:any', '👍', '👍🏽', true],
    ['contains', '👍', '👍🏽', false],
    ['contains', '10', 'at 10:30:15', true],
  ] as const)('emoji and short code are the same: %s %j in %j is %s', (method, trigger, body, expected) => {
    expect(matchMessage(method, trigger, body)).toBe(expected);
  });

  test.each(matchMethods)('%s: a message without text matches nothing', (method) => {
    for (const body of [null, '', '  ', '\u0085\u00a0\n'])
      expect(matchMessage(method, 'a', body)).toBe(false);
  });

  test.each(matchMethods.filter((method) => method !== 'any'))(
    '%s: an empty trigger matches nothing',
    (method) => {
      for (const trigger of ['', ' ', '\ufe0f', '\u0085'])
        expect(matchMessage(method, trigger, 'a')).toBe(false);
    },
  );

  test('any matches every text, whatever the trigger', () => {
    for (const body of ['x', ' . ', '\ufeff']) expect(matchMessage('any', '', body)).toBe(true);
  });

  test('an unknown method is an error that lists the permitted names', () => {
    const call = () => matchMessage('regex' as MatchMethod, 'a', 'a');
    expect(call).toThrow(TypeError);
    for (const method of matchMethods) expect(call).toThrow(method);
  });
});

describe('the list of methods', () => {
  test.each(['toString', 'EXACT', '', null, 3, undefined, ['any']])('%j is no method', (value) => {
    expect(isMatchMethod(value)).toBe(false);
  });

  test.each(matchMethods)('%s is a method, described in one sentence of its own', (method) => {
    expect(isMatchMethod(method)).toBe(true);
    expect(matchDescriptions[method]).toMatch(/^[A-Z].*\.$/);
    expect(
      Object.values(matchDescriptions).filter((text) => text === matchDescriptions[method]),
    ).toHaveLength(1);
  });
});

describe('findTrigger', () => {
  test.each([
    ['contains', 'hi', 'this, hi', 'hi', 6],
    ['contains', 'hi', '\u0085 this hi', 'hi', 7],
    ['contains:any', 'hi', 'this, hi', 'hi', 1],
    ['exact', 'hi', '  hi ', 'hi', 2],
    ['contains:any', '😄', 'ab:smile:cd', ':smile:', 2],
    ['contains:any', ':smile:', 'ab😄cd', '😄', 2],
    ['contains', '❤', 'my ❤️ !', '❤️', 3],
    ['contains', 'b', '❤️ :joy: b', 'b', 9],
    ['contains:any:caseless', 'x', 'İİXy', 'X', 2],
    ['contains:any:caseless', '\u0307x', 'aİX', 'İX', 1],
    ['contains:any:caseless', 'i', 'aİb', 'İ', 1],
    ['starts:with:caseless', 'İstanbul', 'i\u0307STANBUL now', 'i\u0307STANBUL', 0],
  ] as const)('%s %j in %j is %j at %i', (method, trigger, body, piece, start) => {
    expect(findTrigger(method, trigger, body)).toEqual({ start, end: start + piece.length });
    expect(body.slice(start, start + piece.length)).toBe(piece);
  });

  test('any matches no particular piece', () => {
    expect(findTrigger('any', null, ' hi ')).toEqual({ start: 0, end: 0 });
    expect(findTrigger('any', null, ' ')).toBeNull();
    expect(findTrigger('exact', null, 'hi')).toBeNull();
  });
});

describe('withoutTrigger', () => {
  test.each([
    ['starts:with', '!roll', '!roll 2d6', '2d6'],
    ['starts:with', '!roll', ' !roll !roll ', '!roll'],
    ['starts:with', '!roll', '!roll', null],
    ['contains', 'hi', 'this hi thing', 'this  thing'],
    ['contains', 'hi', 'hi hi', 'hi'],
    ['contains:any', 'hi', 'this hi', 'ts hi'],
    ['contains:caseless', 'HI', 'This, hi', 'This,'],
    ['contains', '😄', 'a :smile: B 😄', 'a  B 😄'],
    ['contains', '❤', '❤️', null],
    ['exact', 'hi', ' hi \ufe0f', null],
    ['any', null, '\u0085 the whole \u00a0', 'the whole'],
    ['any', null, ' ', null],
    ['exact', 'other', ' no match ', 'no match'],
  ] as const)('%s %j from %j leaves %j', (method, trigger, body, expected) => {
    expect(withoutTrigger(method, trigger, body)).toBe(expected);
  });
});

describe('properties', () => {
  test('an emoji and its short code are the same, in a trigger and in a message', () => {
    fc.assert(
      fc.property(hardMethod, hardText, (method, text) => {
        expect(matchMessage(method, text, ':smile:')).toBe(matchMessage(method, text, '😄'));
        expect(matchMessage(method, ':smile:', text)).toBe(matchMessage(method, '😄', text));
      }),
      { numRuns: 1000 },
    );
  });

  test('a text matches itself, and white space and invisible characters at the ends make no difference', () => {
    fc.assert(
      fc.property(hardMethod, hardText, hardText, (method, trigger, body) => {
        // Where any text will do, one of nothing but invisible characters is a text.
        const unseen = method === 'any' ? '' : '\u200b';
        const padded = matchMessage(
          method,
          `\u0085\ufeff${trigger}\u200b\u00a0`,
          `${unseen}\u3000 ${body}${unseen}\n`,
        );
        expect(padded).toBe(matchMessage(method, trigger, body));
        expect(matchMessage(method, body, body)).toBe(
          trimInvisible(body.replaceAll('\ufe0f', '')) !== '' || (method === 'any' && trim(body) !== ''),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('each method agrees with what it is built on', () => {
    fc.assert(
      fc.property(hardText, hardText, fc.boolean(), (trigger, body, caseless) => {
        const matches = (method: MatchMethod) => matchMessage(method, trigger, body);
        const [exact, starts, word, anywhere] = caseless
          ? ([
              'exact:caseless',
              'starts:with:caseless',
              'contains:caseless',
              'contains:any:caseless',
            ] as const)
          : (['exact', 'starts:with', 'contains', 'contains:any'] as const);
        if (matches(exact)) expect(matches(starts)).toBe(true);
        if (matches(starts)) expect(matches(word)).toBe(true);
        if (matches(word)) expect(matches(anywhere)).toBe(true);
        if (matches(anywhere)) expect(matches('any')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('what is removed is the trigger and nothing else', () => {
    fc.assert(
      fc.property(hardMethod, hardText, hardText, (method, trigger, body) => {
        const range = findTrigger(method, trigger, body);
        if (range === null || method === 'any' || (caselessOf(method) && body.includes('İ'))) return;
        const piece = body.slice(range.start, range.end);
        expect(matchMessage(caselessOf(method) ? 'exact:caseless' : 'exact', trigger, piece)).toBe(true);
        expect(withoutTrigger(method, trigger, body)?.length ?? 0).toBeLessThanOrEqual(
          body.length - piece.length,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('folding goes code point by code point', () => {
    fc.assert(
      fc.property(fc.oneof(hardText, fc.string({ unit: 'binary' })), (text) => {
        const byCodePoint = [...text].map((character) => character.toLowerCase()).join('');
        expect(foldCase(text)).toBe(byCodePoint.replaceAll('ς', 'σ'));
        expect(foldCase(text.replaceAll('İ', ''))).toHaveLength(text.replaceAll('İ', '').length);
      }),
    );
  });
});
