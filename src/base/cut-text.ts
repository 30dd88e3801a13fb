/** Bytes that are kept of what an error says: it is stored with its run, logged and shown. */
const kept = 4096;

/** With so many more a text stays whole: one that was cut already, and stands in a sentence, is not cut again. */
const slack = 256;

/**
 * The first 4 KB of a text that is longer, and how much of it is missing.
 *
 * @example cutText('x'.repeat(50_000)) // 'xxx…xxx… The other 45904 bytes of this text were left out.'
 */
export function cutText(text: string): string {
  const size = Buffer.byteLength(text);
  if (size <= kept + slack) return text;
  // What is left of a character at the end is none.
  const start = new TextDecoder().decode(Buffer.from(text.slice(0, kept)).subarray(0, kept), {
    stream: true,
  });
  return `${start}… The other ${size - Buffer.byteLength(start)} bytes of this text were left out.`;
}
