/** A place in a conversation: its first or last message, or the first one from a moment on. */
export type ChatPlace = 'first' | 'last' | Date;

/**
 * Reads a place as people write it: `first`, `last`, `today`, `yesterday`, a date, a time of today, or both.
 *
 * @param now in the zone of this process, like the result
 * @returns undefined for anything else
 * @example placeOf('2026-11-23 09:30', new Date())
 */
export function placeOf(text: string, now: Date): ChatPlace | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'first' || word === 'last') return word;
  const [day = '', time] = word.split(/\s+|(?<=\d)t(?=\d)/, 2);
  const midnight = midnightOf(day, now);
  if (midnight === undefined) return time === undefined ? withTime(midnightOf('today', now), day) : undefined;
  return time === undefined ? midnight : withTime(midnight, time);
}

function midnightOf(day: string, now: Date): Date | undefined {
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()];
  if (day === 'today') return new Date(year, month, date);
  if (day === 'yesterday') return new Date(year, month, date - 1);
  const [, ...parts] = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(day) ?? [];
  const [givenYear = 0, givenMonth = 0, givenDate = 0] = parts.map(Number);
  const found = new Date(givenYear, givenMonth - 1, givenDate);
  // The 31st of February would be in March.
  return parts.length > 0 && found.getMonth() === givenMonth - 1 && found.getDate() === givenDate
    ? found
    : undefined;
}

function withTime(day: Date | undefined, time: string): Date | undefined {
  const [, ...parts] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  const [hours = 0, minutes = 0] = parts.map(Number);
  if (day === undefined || parts.length === 0) return undefined;
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes);
}
