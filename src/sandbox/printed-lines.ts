/** How much output of one operation is forwarded. Nobody reads more than this in a log. */
const limits = { line: 8_192, characters: 262_144, lines: 1_000 };

/**
 * Assembles chunks of text into lines. Long lines are broken. Text beyond an operation's limits is counted
 * and discarded, so that a handler that prints endlessly costs neither memory nor time.
 */
export class PrintedLines {
  /** Bytes discarded since the operation began. */
  dropped = 0;
  readonly #emit: (line: string) => void;
  #rest = '';
  #characters: number = limits.characters;
  #lines: number = limits.lines;

  /** @param emit receives each line without its line break */
  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  add(text: string): void {
    const kept = this.#lines > 0 ? beginning(text, this.#characters) : '';
    const rest = text.slice(kept.length);
    // Nothing is kept after a gap.
    this.#characters = rest === '' ? this.#characters - kept.length : 0;
    this.#drop(rest);
    const lines = `${this.#rest}${kept}`.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) this.#print(this.#broken(line), 1);
    this.#rest = this.#broken(last);
  }

  /**
   * Ends the operation. An unfinished last line counts as a line, and the next operation has limits of its
   * own.
   *
   * @returns how many bytes were discarded
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

  /** Prints the excess parts of a long line; returns the rest. */
  #broken(line: string): string {
    let rest = line;
    while (rest.length > limits.line) {
      const piece = beginning(rest, limits.line);
      this.#print(piece);
      rest = rest.slice(piece.length);
    }
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

/** The beginning of a text, up to a number of code units. Does not end with half of a surrogate pair. */
function beginning(text: string, length: number): string {
  const isInsidePair = (text.codePointAt(length - 1) ?? 0) > 0xffff;
  return text.slice(0, isInsidePair ? length - 1 : length);
}

/** The notice in place of discarded output. */
export const droppedNotice = (bytes: number): string => `… ${bytes} more bytes were printed and left out.`;
