/**
 * Takes over what this process prints, which would appear somewhere in the full screen.
 *
 * @returns ends that
 */
export function takePrinted(onPrinted: (text: string) => void): () => void {
  const streams = [process.stdout, process.stderr];
  const own = streams.map((stream) => stream.write);
  const write = (text: string | Uint8Array, ...rest: unknown[]): boolean => {
    onPrinted(typeof text === 'string' ? text : Buffer.from(text).toString());
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  for (const stream of streams) Object.assign(stream, { write });
  return () => {
    for (const [place, stream] of streams.entries()) Object.assign(stream, { write: own[place] });
  };
}
