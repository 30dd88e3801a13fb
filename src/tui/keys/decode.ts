/** What the mouse did, and where: the column and the row from 0. */
export interface MouseKey {
  kind: 'mouse';
  what: 'click' | 'wheel up' | 'wheel down';
  x: number;
  y: number;
}

/** Input of the terminal: a named key, typed text, pasted text, or the mouse. */
export type Key = { kind: 'key'; name: string } | { kind: 'text' | 'paste'; text: string } | MouseKey;

const esc = '\u001b';
const pasteStart = `${esc}[200~`;
const pasteEnd = `${esc}[201~`;

/** Milliseconds after which an ESC is the key of this name, and a sequence that does not go on is given up. */
const patience = { escape: 50, sequence: 500 };

/** What may stand behind an ESC: a sequence whose end has not arrived, */
const unfinished = /^(?:|\[\[?|\[[0-?]+[ -/]*|\[M.{0,2}|O\d*)$/;

/** a whole sequence, of which the old one of the mouse has its place behind it, */
const whole =
  /^(?:\[M...|\[(?<console>\[[A-E])|\[(?<parameters>[0-?]*)[ -/]*(?<end>[@-~])|O(?<digits>\d*)(?<letter>[A-Za-z]))/;

/** one that something else has broken off, */
const broken = /^\[[0-?]+[ -/]*/;

/** or the beginning of an answer of the terminal (OSC, DCS) to another program, up to BEL or ST. */
const answer = /^(?:\]\d|P[\d>!])/;
const answerEnds = ['\u0007', `${esc}\\`];

/** The final letters of sequences `ESC [ … X` and `ESC O X`. */
const letters: Record<string, string> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'shift+tab',
};

/** The numbers of sequences `ESC [ N ~`. */
const numbers: Record<string, string> = {
  1: 'home',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
};

const controls: Record<string, string> = {
  '\r': 'enter',
  '\n': 'ctrl+j',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0000': 'ctrl+space',
  '\u001f': 'ctrl+_',
};

/**
 * Decodes a terminal's input into keys. Keeps incomplete input, since a paste arrives in many pieces, and
 * a slow line may cut a sequence anywhere. How long to wait for the rest is up to the caller: see `wait`.
 *
 * @example new KeyDecoder().read('\u001b[A') // [{ kind: 'key', name: 'up' }]
 */
export class KeyDecoder {
  #rest = '';

  /** Milliseconds after which `flush` should be called if nothing follows; undefined if there is nothing to wait for. */
  get wait(): number | undefined {
    if (this.#rest === '' || isOpenPaste(this.#rest)) return undefined;
    return this.#rest === esc ? patience.escape : patience.sequence;
  }

  read(chunk: string): Key[] {
    let rest = this.#rest + chunk;
    this.#rest = '';
    const keys: Key[] = [];
    while (rest !== '') {
      if (isUnfinished(rest)) {
        this.#rest = rest;
        break;
      }
      const [key, length] = first(rest);
      if (key) keys.push(key);
      rest = rest.slice(length);
    }
    return keys;
  }

  /** Takes what has arrived as all: a lone ESC is a key, and the beginning of a sequence is nothing. */
  flush(): Key[] {
    const rest = this.#rest;
    if (isOpenPaste(rest)) return [];
    this.#rest = '';
    if (rest.length > 2) return [];
    const key = named(rest.length === 1 ? 'escape' : rest && `alt+${rest.charAt(1)}`);
    return key ? [key] : [];
  }
}

const isOpenPaste = (text: string): boolean => text.startsWith(pasteStart) && !text.includes(pasteEnd);

function isUnfinished(text: string): boolean {
  if (!text.startsWith(esc)) return false;
  const body = text.slice(1);
  return (
    isOpenPaste(text) || unfinished.test(body) || (answer.test(body) && answerLength(text) === undefined)
  );
}

/** The length of an answer with its end. */
function answerLength(text: string): number | undefined {
  const ends = answerEnds.map((end) => ({ at: text.indexOf(end, 1), size: end.length }));
  const [first] = ends.filter(({ at }) => at > 0).sort((one, other) => one.at - other.at);
  return first && first.at + first.size;
}

/** The first key of a text and its length; no key for an unknown sequence. */
function first(text: string): [Key | undefined, number] {
  if (text.startsWith(pasteStart)) {
    const end = text.indexOf(pasteEnd);
    const pasted = text.slice(pasteStart.length, end).replaceAll(/\r\n?/g, '\n');
    return [{ kind: 'paste', text: pasted }, end + pasteEnd.length];
  }
  if (text.startsWith(esc)) return firstEscaped(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this matches
  const plain = /^[^\u0000-\u001f\u007f]+/.exec(text)?.[0];
  if (plain !== undefined) return [{ kind: 'text', text: plain }, plain.length];
  return [named(controlName(text.charAt(0))), 1];
}

const named = (name: string | undefined): Key | undefined => (name ? { kind: 'key', name } : undefined);

const controlName = (control: string): string =>
  controls[control] ?? `ctrl+${String.fromCharCode(control.charCodeAt(0) + 96)}`;

function firstEscaped(text: string): [Key | undefined, number] {
  const body = text.slice(1);
  const sequence = whole.exec(body);
  if (sequence) return [sequenceKey(sequence), 1 + sequence[0].length];
  const skipped = answer.test(body) ? answerLength(text) : brokenLength(body);
  if (skipped !== undefined) return [undefined, skipped];
  const next = body.charAt(0);
  if (next === '' || next === esc) return [named('escape'), 1];
  if (next === '\r') return [named('alt+enter'), 2];
  return [named(next < ' ' || next === '\u007f' ? `alt+${controlName(next)}` : `alt+${next}`), 2];
}

const brokenLength = (body: string): number | undefined => {
  const [found] = broken.exec(body) ?? [];
  return found === undefined ? undefined : 1 + found.length;
};

/** The function keys of the Linux console, `ESC [ [ A`. */
const consoleKeys = ['f1', 'f2', 'f3', 'f4', 'f5'];

function sequenceKey({ groups = {} }: RegExpExecArray): Key | undefined {
  const { console, parameters, end, digits, letter } = groups;
  if (console !== undefined) return named(consoleKeys[console.charCodeAt(1) - 65]);
  if (parameters?.startsWith('<')) return mouseKey(parameters.slice(1), end === 'M');
  return named(sequenceName(parameters ?? digits ?? '', end ?? letter ?? ''));
}

/** The mouse as `BUTTON;COLUMN;ROW`, where 64 and 65 are the wheel, and 4, 8 and 16 stand for Shift, Alt and Ctrl. */
function mouseKey(parameters: string, isPress: boolean): MouseKey | undefined {
  const [button = 0, column = 0, row = 0] = parameters.split(';').map(Number);
  const what = mouseActs[button & ~0b11100];
  if (what === undefined || !isPress || !(column > 0 && row > 0)) return undefined;
  return { kind: 'mouse', what, x: column - 1, y: row - 1 };
}

const mouseActs: Readonly<Record<number, MouseKey['what']>> = {
  0: 'click',
  64: 'wheel up',
  65: 'wheel down',
};

function sequenceName(parameters: string, end: string): string | undefined {
  const [number = '', modifier = '1', code = ''] = parameters.split(';');
  const prefix = modifierPrefix(Number(modifier));
  // Keys reported by code (CSI u, or xterm's own form), which is the only way to receive Ctrl with a digit.
  if (end === 'u') return codeName(Number(number), prefix);
  if (end === '~' && number === '27') return codeName(Number(code), prefix);
  if (end === '~') return numbers[number] && prefix + numbers[number];
  return letters[end] && prefix + letters[end];
}

const codes: Readonly<Record<number, string>> = { 9: 'tab', 13: 'enter', 27: 'escape', 127: 'backspace' };

function codeName(code: number, prefix: string): string | undefined {
  if (code === 27) return 'escape';
  const name = codes[code] ?? (code >= 32 && code < 0x10_ffff ? String.fromCodePoint(code) : undefined);
  return name && prefix + name;
}

/** The modifier value is 1, plus 1 for Shift, 2 for Alt and 4 for Ctrl. */
function modifierPrefix(modifier: number): string {
  const bits = Math.max(0, modifier - 1);
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 2 ? 'alt+' : ''}${bits & 1 ? 'shift+' : ''}`;
}
