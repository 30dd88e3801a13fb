import { InexactNumber, parseExactJson } from './exact-json.ts';

/** What is wrong with a text that should be JSON. */
class Fault extends Error {
  constructor(
    reason: string,
    /** Where in the text. */
    readonly at: number,
  ) {
    super(reason);
  }
}

/**
 * What is wrong with JSON, and where; undefined if nothing is.
 *
 * @example jsonFault('{"a": 1,}') // 'line 1, column 8: a comma too much'
 */
export function jsonFault(text: string): string | undefined {
  try {
    parseExactJson(text);
    return undefined;
  } catch (error) {
    if (error instanceof InexactNumber) return error.message;
  }
  try {
    new Reader(text).read();
    return 'it is not JSON';
  } catch (error) {
    return error instanceof Fault
      ? `${placeOf(text, error.at)}: ${error.message}`
      : 'it is nested too deeply';
  }
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${[...(before.at(-1) ?? '')].length + 1}`;
}

/** A text with its first quote, as far as it is right. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a text may have none
const begunText = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/;

/** Reads JSON up to the first fault. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws Fault */
  read(): void {
    this.#value();
    if (this.#next() !== '') throw this.#fault('nothing may follow the value');
  }

  #fault(reason: string, at = this.#at): Fault {
    return new Fault(reason, at);
  }

  /** The next character that is no blank; empty at the end. */
  #next(): string {
    while (/[ \t\r\n]/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  /** Takes what matches here. */
  #take(pattern: RegExp): boolean {
    const found = new RegExp(pattern.source, 'y');
    found.lastIndex = this.#at;
    const length = found.exec(this.#text)?.[0].length;
    this.#at += length ?? 0;
    return length !== undefined;
  }

  #value(): void {
    const next = this.#next();
    if (next === '') throw this.#fault('a value is missing');
    if (next === '{') this.#list('}', () => this.#property());
    else if (next === '[') this.#list(']', () => this.#value());
    else if (next === '"') this.#string();
    else if (!this.#take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/))
      throw this.#fault(`no value begins with ${next}; texts are written in double quotes`);
  }

  #property(): void {
    if (this.#next() !== '"') throw this.#fault('the name of a property is written in double quotes');
    this.#string();
    if (this.#next() !== ':') throw this.#fault('a colon is missing behind the name');
    this.#at++;
    this.#value();
  }

  #list(end: string, item: () => void): void {
    const start = this.#at++;
    if (this.#next() === end) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      const next = this.#next();
      if (next === '') throw this.#fault(`what begins here is not ended by ${end}`, start);
      if (next !== ',' && next !== end) throw this.#fault(`a comma or ${end} is missing`);
      const comma = this.#at++;
      if (next === end) return;
      if (this.#next() === end) throw this.#fault('a comma too much', comma);
      if (this.#next() === '') throw this.#fault(`what begins here is not ended by ${end}`, start);
    }
  }

  #string(): void {
    const start = this.#at;
    this.#take(begunText);
    if (this.#take(/"/)) return;
    const next = this.#text.charAt(this.#at);
    if (next === '\n') throw this.#fault('a line break in a text is written \\n');
    if (next === '\\') throw this.#fault('a backslash in a text is written \\\\');
    throw next === ''
      ? this.#fault('the text that begins here is not ended by a quote', start)
      : this.#fault('a control character in a text is written \\u0000');
  }
}
