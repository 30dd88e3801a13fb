import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emojiOf, findEmojis, hasEmoji, shortcodeOf } from '../../src/domain/emoji.ts';
import { hardText } from './hard-text.ts';

interface JoyPixel {
  shortname: string;
  shortname_alternates: string[];
}
const strategy = createRequire(import.meta.url).resolve('emoji-toolkit/emoji_strategy.json');
const joyPixels: JoyPixel[] = Object.values(JSON.parse(readFileSync(strategy, 'utf8')));

describe('findEmojis', () => {
  test.each([
    ['😂', [':joy:']],
    [':joy:', [':joy:']],
    [':+1:', [':thumbsup:']],
    ['a😂b:joy:c 😄', [':joy:', ':joy:', ':smile:']],
    ['so 😂 :+1: :)', [':joy:', ':thumbsup:', ':slight_smile:']],
    ['👨‍👩‍👧', [':family_mwg:']],
    ['👍🏽', [':thumbsup_tone3:']],
    ['👍👍🏽', [':thumbsup:', ':thumbsup_tone3:']],
    ['🇺🇸', [':flag_us:']],
    ['🇺', [':regional_indicator_u:']],
    ['🇺🇸🇩🇪', [':flag_us:', ':flag_de:']],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', [':england:']],
    ['❤️', [':heart:']],
    ['❤', [':heart:']],
    ['🏳️‍🌈', [':rainbow_flag:']],
    ['🏳‍🌈', [':rainbow_flag:']],
    ['😂\ufe0f!', [':joy:']],
    ['1️⃣', [':one:']],
    ['1\u20e3', [':one:']],
    ['#️⃣*️⃣', [':hash:', ':asterisk:']],
    ['1 # * © ® ™ 0', []],
    ['1️ ©️ ™️', [':digit_one:', ':copyright:', ':tm:']],
    [':foo:joy:', [':joy:']],
    [':joy:joy:', [':joy:']],
    [':JOY:', []],
    [':nothing: plain', []],
    ['at 10:30:15', []],
    [':piñata:', [':piñata:']],
    ['', []],
    ['👨‍', [':man:']],
    ['\ud83d', []],
  ])('%j holds %j', (text, expected) => {
    expect(findEmojis(text)).toEqual(expected);
    expect(hasEmoji(text)).toBe(expected.length > 0);
  });

  test.each([
    [':)', [':slight_smile:']],
    ['hi :) you', [':slight_smile:']],
    ['hi :)!', [':slight_smile:']],
    [":') <3", [':joy:', ':heart:']],
    [':-) :D', [':slight_smile:', ':smile:']],
    ['hi:)', []],
    [':)hi', []],
    ['http://a.b', []],
    ["I'm so-so", []],
  ])('emoticons stand alone: %j holds %j', (text, expected) => {
    expect(findEmojis(text)).toEqual(expected);
  });
});

describe('emojiOf and shortcodeOf', () => {
  test.each([
    [':joy:', '😂'],
    [':heart:', '❤️'],
    [':red_heart:', '❤️'],
    [':zap:', '⚡'],
    [':one:', '1️⃣'],
    [':flag_us:', '🇺🇸'],
    [':detective:', '🕵️'],
  ])('the emoji of %j is %j', (shortcode, emoji) => {
    expect(emojiOf(shortcode)).toBe(emoji);
  });

  test.each(['', 'joy', ':joy', 'joy:', ':joy: ', ' :joy:', ':nothing:', ':JOY:', '😂', ':toString:', '::'])(
    '%j is no short code',
    (text) => {
      expect(emojiOf(text)).toBeNull();
    },
  );

  test.each(['', 'a', '1', '©', ':joy:', ':)', '😂😂', '😂 ', ' 😂'])('%j is not one emoji', (text) => {
    expect(shortcodeOf(text)).toBeNull();
  });

  test('every JoyPixels name leads to its emoji and back', () => {
    for (const { shortname, shortname_alternates } of joyPixels) {
      const emoji = emojiOf(shortname) ?? '';
      expect(shortcodeOf(emoji)).toBe(shortname);
      expect(findEmojis(`${emoji} ${shortname} ${emoji}`)).toEqual([shortname, shortname, shortname]);
      for (const alternate of shortname_alternates) expect(emojiOf(alternate)).toBe(emoji);
    }
  });

  test('every emoji is fully qualified as Unicode has it', () => {
    const setsOfStrings = 'v'; // TypeScript takes this flag in a literal from es2024 on only
    const qualified = new RegExp('^\\p{RGI_Emoji}$', setsOfStrings);
    const inUnicode = joyPixels.filter(
      ({ shortname }) => !/^:(regional_indicator_|digit_|pound_symbol|asterisk_symbol)/.test(shortname),
    );
    expect(inUnicode.filter(({ shortname }) => !qualified.test(emojiOf(shortname) ?? ''))).toEqual([]);
  });
});

describe('properties', () => {
  test('what is found is known, and is found again when written as characters', () => {
    fc.assert(
      fc.property(fc.oneof(hardText, fc.string({ unit: 'binary' })), (text) => {
        const found = findEmojis(text);
        const written = found.map((shortcode) => emojiOf(shortcode));
        expect(written).not.toContain(null);
        expect(findEmojis(written.join(' '))).toEqual(found);
      }),
    );
  });

  test('U+FE0F makes no difference, but for characters of plain writing', () => {
    fc.assert(
      fc.property(hardText, (text) => {
        const bare = text.replace(/(?<![0-9#*©®™])\ufe0f/gu, '');
        expect(findEmojis(bare)).toEqual(findEmojis(text));
      }),
    );
  });
});
