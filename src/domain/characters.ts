/** The length of a text in characters; an emoji of one code point counts as one. */
export const characters = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** Whether a text has more characters than a limit. Code units are counted first, since that is free. */
export const isLonger = (text: string, limit: number): boolean =>
  text.length > limit && characters(text) > limit;
