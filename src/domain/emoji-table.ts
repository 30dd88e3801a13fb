import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { withoutSelectors } from './text.ts';

/** An emoji of the JoyPixels set. */
export interface Emoji {
  /** Its primary name, with the colons: `:joy:`. */
  shortcode: string;
  /** Its characters, fully qualified. */
  character: string;
}

interface EmojiTable {
  /** By every name, primary or alternate, with the colons. */
  byShortcode: ReadonlyMap<string, Emoji>;
  /** By its characters without U+FE0F. */
  byCharacter: ReadonlyMap<string, Emoji>;
}

interface StrategyEntry {
  shortname: string;
  shortname_alternates: string[];
  unicode_output: string;
}

const require = createRequire(import.meta.url);
const emojiPresentation = /^\p{Emoji_Presentation}$/u;
const singleCodePoint = /^.$/su;

const charactersOf = (hex: string): string =>
  String.fromCodePoint(...hex.split('-').map((point) => Number.parseInt(point, 16)));

/** The JoyPixels data has U+FE0F on some characters that do not need it and lacks it on others. */
function fullyQualified(character: string): string {
  const bare = withoutSelectors(character);
  if (!singleCodePoint.test(bare)) return character;
  return emojiPresentation.test(bare) ? bare : `${bare}\ufe0f`;
}

function readTable(): EmojiTable {
  const path = require.resolve('emoji-toolkit/emoji_strategy.json');
  const entries: Record<string, StrategyEntry> = JSON.parse(readFileSync(path, 'utf8'));
  const byShortcode = new Map<string, Emoji>();
  const byCharacter = new Map<string, Emoji>();
  for (const entry of Object.values(entries)) {
    const emoji = {
      shortcode: entry.shortname,
      character: fullyQualified(charactersOf(entry.unicode_output)),
    };
    for (const name of [entry.shortname, ...entry.shortname_alternates]) byShortcode.set(name, emoji);
    byCharacter.set(withoutSelectors(emoji.character), emoji);
  }
  return { byShortcode, byCharacter };
}

function readEmoticons(): ReadonlyMap<string, Emoji> {
  const { asciiList }: { asciiList: Record<string, string> } = require('emoji-toolkit');
  const { byCharacter } = emojiTable();
  const emoticons = new Map<string, Emoji>();
  for (const [emoticon, hex] of Object.entries(asciiList)) {
    const emoji = byCharacter.get(withoutSelectors(charactersOf(hex)));
    if (emoji) emoticons.set(emoticon, emoji);
  }
  return emoticons;
}

/** Calls `read` on the first call and returns the stored result after that. */
function once<Result>(read: () => Result): () => Result {
  let kept: { result: Result } | undefined;
  return () => {
    kept ??= { result: read() };
    return kept.result;
  };
}

/** Every emoji; the first call reads a file of a megabyte (about 15 ms). */
export const emojiTable = once(readTable);

/** The emoji of every ASCII emoticon (`:)`); the first call loads a library (about 30 ms). */
export const emoticonTable = once(readEmoticons);
