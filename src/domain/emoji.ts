import { type Emoji, emojiTable, emoticonTable } from './emoji-table.ts';
import { isBlankAt, withoutSelectors } from './text.ts';

interface Found {
  emoji: Emoji;
  /** The index after its end. */
  end: number;
}

const shortcodeForm = /^:[a-z0-9_+\-ñ]+:$/;
const maxShortcodeLength = 100;
const maxSequenceLength = 16;
const maxEmoticonLength = 5;
const pictograph = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]/u;
const keycap = /^[0-9#*]\ufe0f?\u20e3|^[0-9#*]\ufe0f/;
/** Ordinary characters that are emojis only when followed by U+FE0F. */
const textCharacters = new Set('0123456789#*©®™');

/**
 * The emoji whose `:shortcode:` (primary or alternate) begins with the colon at `start`, or null.
 *
 * @example shortcodeAt('a :joy:', 2)?.end // 7
 */
export function shortcodeAt(text: string, start: number): Found | null {
  const end = text.indexOf(':', start + 1) + 1;
  if (end === 0 || end - start > maxShortcodeLength) return null;
  const code = text.slice(start, end);
  const emoji = shortcodeForm.test(code) ? emojiTable().byShortcode.get(code) : undefined;
  return emoji ? { emoji, end } : null;
}

function longestCharacterAt(text: string, start: number): Found | null {
  const { byCharacter } = emojiTable();
  let found: Found | null = null;
  let bare = '';
  for (let end = start; end < text.length && bare.length < maxSequenceLength; ) {
    bare += withoutSelectors(text.charAt(end++));
    const emoji = byCharacter.get(bare);
    if (emoji) found = { emoji, end };
  }
  return found;
}

/** The longest emoji written as characters at `start`: a family before a person, a flag before a letter. */
function characterAt(text: string, start: number): Found | null {
  const ahead = text.slice(start, start + 3);
  if (!pictograph.test(ahead) && !keycap.test(ahead)) return null;
  const found = longestCharacterAt(text, start);
  const isPlain = found?.end === start + 1 && textCharacters.has(text.charAt(start));
  return isPlain ? null : found;
}

const isEmoticonEnd = (text: string, index: number): boolean =>
  isBlankAt(text, index) || '!,.?'.includes(text.charAt(index));

/** The longest ASCII emoticon at `start` that stands alone, as JoyPixels requires: `http://` has no `:/`. */
function emoticonAt(text: string, start: number): Found | null {
  if (!isBlankAt(text, start - 1)) return null;
  for (let end = Math.min(start + maxEmoticonLength, text.length); end > start + 1; end--) {
    const piece = text.slice(start, end);
    if (!/[^\p{L}\p{N}\s]/u.test(piece) || !isEmoticonEnd(text, end)) continue;
    const emoji = emoticonTable().get(piece);
    if (emoji) return { emoji, end };
  }
  return null;
}

function emojiAt(text: string, start: number): Found | null {
  const shortcode = text[start] === ':' ? shortcodeAt(text, start) : null;
  return shortcode ?? emoticonAt(text, start) ?? characterAt(text, start);
}

/**
 * The emojis of a text in order of appearance, as primary JoyPixels short codes.
 *
 * An emoji may be written as characters (the longest sequence wins, with or without U+FE0F), as a
 * `:shortcode:` of any of its names, or as an ASCII emoticon that stands alone. Digits, `#`, `*`, ©, ® and ™
 * count only with U+FE0F or as keycaps.
 *
 * @example findEmojis('so 😂 :+1: :)') // [':joy:', ':thumbsup:', ':slight_smile:']
 */
export function findEmojis(text: string): string[] {
  const shortcodes: string[] = [];
  for (let index = 0; index < text.length; ) {
    const found = emojiAt(text, index);
    if (found) shortcodes.push(found.emoji.shortcode);
    index = found?.end ?? index + 1;
  }
  return shortcodes;
}

/** Whether `findEmojis` finds anything in the text. */
export function hasEmoji(text: string): boolean {
  return findEmojis(text).length > 0;
}

/**
 * The fully qualified characters of a short code (primary or alternate, with its colons); null if unknown.
 *
 * @example emojiOf(':heart:') // '❤️'
 */
export function emojiOf(shortcode: string): string | null {
  const found = shortcode.startsWith(':') ? shortcodeAt(shortcode, 0) : null;
  return found?.end === shortcode.length ? found.emoji.character : null;
}

/**
 * The primary short code of one emoji given as characters, with or without U+FE0F; otherwise null.
 *
 * @example shortcodeOf('❤') // ':heart:'
 */
export function shortcodeOf(emoji: string): string | null {
  const found = characterAt(emoji, 0);
  return found?.end === emoji.length ? found.emoji.shortcode : null;
}
