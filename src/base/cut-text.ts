/** How many bytes of an error message are kept. Messages are stored with their run, logged and shown. */
const maxBytes = 4096;

/**
 * A text at most this much longer stays whole, so that a text that was cut and then quoted is not cut again.
 */
const slack = 256;

/**
 * Cuts a longer text to its first 4 KB and adds how much is missing.
 *
 * @example cutText('x'.repeat(50_000)) // 'xxx…xxx… The other 45904 bytes of this text were left out.'
 */
export function cutText(text: string): string {
  const size = Buffer.byteLength(text);
  if (size <= maxBytes + slack) return text;
  // Drops a character that was cut in two at the end.
  const start = new TextDecoder().decode(Buffer.from(text.slice(0, maxBytes)).subarray(0, maxBytes), {
    stream: true,
  });
  return `${start}… The other ${size - Buffer.byteLength(start)} bytes of this text were left out.`;
}
