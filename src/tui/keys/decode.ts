/** Keyboard input: a named key, typed text, or pasted text. */
export type Key = { kind: 'key'; name: string } | { kind: 'text' | 'paste'; text: string };

const esc = '\u001b';
const pasteStart = `${esc}[200~`;
const pasteEnd = `${esc}[201~`;

/** The beginning of a sequence `ESC [ …` whose end has not arrived. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
const unfinished = /^\u001b\[[\d;]*$/;

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
 * a slow line may cut a sequence in two.
 *
 * @example new KeyDecoder().read('\u001b[A') // [{ kind: 'key', name: 'up' }]
 */
export class KeyDecoder {
  #rest = '';

  read(chunk: string): Key[] {
    let rest = this.#rest + chunk;
    this.#rest = '';
    const keys: Key[] = [];
    while (rest !== '') {
      const isOpenPaste = rest.startsWith(pasteStart) && !rest.includes(pasteEnd);
      if (isOpenPaste || unfinished.test(rest)) {
        this.#rest = rest;
        break;
      }
      const [key, length] = first(rest);
      if (key) keys.push(key);
      rest = rest.slice(length);
    }
    return keys;
  }
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

const named = (name: string | undefined): Key | undefined =>
  name === undefined ? undefined : { kind: 'key', name };

const controlName = (control: string): string =>
  controls[control] ?? `ctrl+${String.fromCharCode(control.charCodeAt(0) + 96)}`;

function firstEscaped(text: string): [Key | undefined, number] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
  const sequence = /^\u001b(?:\[|O)([\d;]*)([A-Za-z~])/.exec(text);
  if (sequence) return [named(sequenceName(sequence[1] ?? '', sequence[2] ?? '')), sequence[0].length];
  const next = text.charAt(1);
  if (next === '' || next === esc) return [named('escape'), 1];
  if (next === '\r') return [named('alt+enter'), 2];
  return [named(next < ' ' || next === '\u007f' ? `alt+${controlName(next)}` : `alt+${next}`), 2];
}

function sequenceName(parameters: string, end: string): string | undefined {
  const [number = '', modifier = '1'] = parameters.split(';');
  const prefix = modifierPrefix(Number(modifier));
  if (end === '~') return numbers[number] && prefix + numbers[number];
  // Keys reported by code (CSI u), which is the only way to receive Ctrl with a digit.
  if (end === 'u') return codeName(Number(number), prefix);
  return letters[end] && prefix + letters[end];
}

function codeName(code: number, prefix: string): string | undefined {
  if (code === 13) return `${prefix}enter`;
  if (code === 27) return 'escape';
  return code >= 32 && code < 0x10_ffff ? prefix + String.fromCodePoint(code) : undefined;
}

/** The modifier value is 1, plus 1 for Shift, 2 for Alt and 4 for Ctrl. */
function modifierPrefix(modifier: number): string {
  const bits = Math.max(0, modifier - 1);
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 2 ? 'alt+' : ''}${bits & 1 ? 'shift+' : ''}`;
}
