/** Maximum number of names shown. */
const shown = 3;

/**
 * Joins names for use in a sentence.
 *
 * @example nameList(['Ada', 'Bob', 'Cleo']) // 'Ada, Bob and Cleo'; of five: 'Ada, Bob, Cleo, and 2 others'
 */
export function nameList(names: readonly string[]): string {
  const more = names.length - shown;
  if (more > 0) return `${names.slice(0, shown).join(', ')}, and ${more} ${more === 1 ? 'other' : 'others'}`;
  const [last = '', ...others] = names.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
