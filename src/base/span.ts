/** The units of a span, the longest first, in milliseconds. */
const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

const pattern = /^(?:(?<d>\d+)d)?(?:(?<h>\d+)h)?(?:(?<m>\d+)m(?!s))?(?:(?<s>\d+)s)?(?:(?<ms>\d+)ms)?$/;

/** A hundred years. */
const longest = 36_500 * units.d;

/** How a span is written, for errors. */
export const spanExamples = 'like 90s, 15m, 1h30m or 2d';

/**
 * Parses a span of time: days, hours, minutes, seconds and milliseconds, each at most once and in this order.
 *
 * @returns milliseconds; undefined if it is not a span, or one of more than a hundred years
 * @example parseSpan('1h30m') // 5_400_000
 */
export function parseSpan(text: string): number | undefined {
  const groups = text === '' ? undefined : pattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const total = Object.entries(units).reduce(
    (sum, [unit, size]) => sum + Number(groups[unit] ?? 0) * size,
    0,
  );
  return total <= longest ? total : undefined;
}

/**
 * Writes a span of time for people, without the milliseconds unless it is shorter than a second.
 *
 * @example formatSpan(5_400_000) // '1h30m'
 */
export const formatSpan = (milliseconds: number): string =>
  writeSpan(milliseconds < units.s ? milliseconds : Math.floor(milliseconds / units.s) * units.s);

/**
 * Writes a span of whole milliseconds so that {@link parseSpan} returns the same number.
 *
 * @example writeSpan(4_999) // '4s999ms'
 */
export function writeSpan(milliseconds: number): string {
  let left = Math.round(milliseconds);
  let text = '';
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text || '0s';
}
