import type { ByteRange } from '../domain/byte-range.ts';

/** The requested part of a file: all of it, a range, or a range that does not exist. */
export type AskedRange = 'all' | 'nothing' | ByteRange;

const single = /^bytes=(\d*)-(\d*)$/;

/**
 * Parses a `Range` header. Several ranges, or an invalid header, select the whole file, as HTTP allows.
 *
 * @param size of the file, in bytes
 * @example askedRange('bytes=-2', 10) // { start: 8, end: 9 }
 */
export function askedRange(header: string | undefined, size: number): AskedRange {
  const [, from = '', to = ''] = single.exec(header ?? '') ?? [];
  if (from === '' && to === '') return 'all';
  const last = size - 1;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? last : Math.min(Number(to), last);
  if (from !== '' && to !== '' && Number(to) < start) return 'all';
  return start > last ? 'nothing' : { start, end };
}
