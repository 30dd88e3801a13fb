import type { Plugin } from 'rolldown';
import { parseSync, Visitor } from 'rolldown/utils';

const isWide = (text: string): boolean => /[^\0-\xff]/.test(text);

/**
 * Escapes every character that needs two bytes in the memory of V8: a single one doubles what its whole file takes there.
 *
 * @throws if such a character follows a backslash, which would escape that of the escape, or is in a template of
 *   `String.raw`, which does not read escapes
 */
export function escapeWideCharacters(code: string): string {
  const spoiled = /(?<!\\)(?:\\\\)*\\[^\0-\xff]/.exec(code)?.[0] ?? wideRawTemplate(code);
  if (spoiled !== undefined) throw new Error(`"${spoiled}" cannot be escaped.`);
  return code.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The first template of `String.raw` with a wide character, if there is one. */
function wideRawTemplate(code: string): string | undefined {
  if (!code.includes('String.raw') || !isWide(code)) return undefined;
  const found: string[] = [];
  new Visitor({
    TaggedTemplateExpression({ start, end, tag, quasi }) {
      const isRaw = code.slice(tag.start, tag.end) === 'String.raw';
      if (isRaw && quasi.quasis.some(({ value }) => isWide(value.raw))) found.push(code.slice(start, end));
    },
  }).visit(parseSync('chunk.js', code).program);
  return found[0];
}

/** Lets V8 keep the code with one byte for each character. Wide ones are only in strings, patterns and comments. */
export const oneBytePerCharacter = (): Plugin => ({
  name: 'one-byte-per-character',
  generateBundle(_, files) {
    for (const file of Object.values(files))
      if (file.type === 'chunk') file.code = escapeWideCharacters(file.code);
  },
});
