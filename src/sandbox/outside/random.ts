/** Numbers from 0 to below 1 that look like chance and are the same for the same seed (sfc32). */
export function seededRandom(seed: string): () => number {
  const next = hashes(seed);
  let [a, b, c, count] = [next(), next(), next(), 1];
  const random = (): number => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first ones of similar seeds are similar.
  for (let round = 0; round < 15; round++) random();
  return random;
}

/** Returns a function that returns another 32 bits of a text's hash at every call. */
function hashes(text: string): () => number {
  let hash = 0x811c9dc5;
  const mix = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  for (const character of text) mix(character.codePointAt(0) ?? 0);
  return () => {
    mix(hash >>> 15);
    return hash | 0;
  };
}
