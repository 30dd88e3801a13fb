/** What is written to put a text into the terminal's clipboard, and what that can be called. */
interface Copying {
  /** undefined if the text is too long. */
  sequence: string | undefined;
  tried: string;
}

/** The longest text that terminals take: 100,000 bytes in base64. */
const maxBytes = 74_994;

/** The longest piece of a string that GNU screen passes on. */
const screenPiece = 250;

const start = '\u001b]52;c;';
const end = '\u0007';

/**
 * Puts a text into the clipboard of the terminal (OSC 52). No terminal answers, so nobody knows whether it did. tmux and
 * screen pass on what is wrapped for them; tmux may also be set to take the sequence as it is.
 */
export function toClipboard(text: string, { TMUX, STY }: NodeJS.ProcessEnv): Copying {
  const bytes = Buffer.from(text);
  if (bytes.length > maxBytes)
    return {
      sequence: undefined,
      tried: `Not copied: it is longer than ${maxBytes} bytes, which terminals take.`,
    };
  const sequence = start + bytes.toString('base64') + end;
  const sent = "Sent to the terminal's clipboard (OSC 52)";
  if (TMUX)
    return {
      sequence: `\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\${sequence}`,
      tried: `${sent}; tmux passes it on if allow-passthrough or set-clipboard is on.`,
    };
  if (STY)
    return { sequence: inPieces(sequence), tried: `${sent} through screen; not every terminal takes it.` };
  return { sequence, tried: `${sent}; not every terminal takes it.` };
}

function inPieces(sequence: string): string {
  const pieces = sequence.match(new RegExp(`.{1,${screenPiece}}`, 'gs')) ?? [];
  return pieces.map((piece) => `\u001bP${piece}\u001b\\`).join('');
}
