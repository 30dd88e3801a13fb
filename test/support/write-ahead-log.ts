/** Where each commit of a write-ahead log ends: after a frame that holds the size of the database. */
export function commitsIn(log: Buffer): number[] {
  const frame = 24 + log.readUInt32BE(8);
  const ends: number[] = [];
  for (let at = 32; at + frame <= log.length; at += frame)
    if (log.readUInt32BE(at + 4) > 0) ends.push(at + frame);
  return ends;
}
