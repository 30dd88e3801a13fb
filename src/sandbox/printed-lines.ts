/** How much of what one operation prints is passed on. A log is for people: more than this nobody reads. */
const limits = { line: 8_192, characters: 262_144, lines: 1_000 };

/**
 * Makes whole lines of pieces of text. Long lines are broken; what goes beyond the limits of an operation is counted
 * and thrown away, so that a handler that prints without end costs neither memory nor anybody's time.
 */
export class PrintedLines {
  /** Bytes that were left out since the operation began. */
  dropped = 0;
  readonly #emit: (line: string) => void;
  #rest = '';
  #characters: number = limits.characters;
  #lines: number = limits.lines;

  /** @param emit is given each line, without its end */
  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  add(text: string): void {
    const kept = this.#lines > 0 ? text.slice(0, this.#characters) : '';
    this.#characters -= kept.length;
    this.#drop(text.slice(kept.length));
    const lines = `${this.#rest}${kept}`.split('\n');
    this.#rest = this.#broken(lines.pop() ?? '');
    for (const line of lines) this.#print(this.#broken(line), 1);
  }

  /**
   * Ends the operation: a last line without an end counts as one, and the next operation has its own limits.
   *
   * @returns how many bytes were left out
   */
  finish(): number {
    if (this.#rest !== '') this.#print(this.#rest);
    const { dropped } = this;
    this.#rest = '';
    this.#characters = limits.characters;
    this.#lines = limits.lines;
    this.dropped = 0;
    return dropped;
  }

  /** Prints what a line has too much; gives back its end. */
  #broken(line: string): string {
    let rest = line;
    for (; rest.length > limits.line; rest = rest.slice(limits.line)) this.#print(rest.slice(0, limits.line));
    return rest;
  }

  #print(line: string, ending = 0): void {
    if (--this.#lines >= 0) this.#emit(line);
    else this.dropped += Buffer.byteLength(line) + ending;
  }

  #drop(text: string): void {
    if (text !== '') this.dropped += Buffer.byteLength(text);
  }
}

/** What stands in the place of what was left out. */
export const droppedNotice = (bytes: number): string => `… ${bytes} bytes more were printed and left out.`;
