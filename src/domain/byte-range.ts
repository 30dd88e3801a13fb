/** A part of a file, from its first byte to its last, both counted from 0. */
export interface ByteRange {
  start: number;
  end: number;
}
