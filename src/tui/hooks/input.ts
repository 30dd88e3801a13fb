import { useStdin } from 'ink';
import { useEffect } from 'react';
import { type Key, KeyDecoder } from '../keys/decode.ts';
import { pressInWindow } from '../keys/press.ts';
import type { TerminalWindow } from '../terminal-window.ts';

/** A pause in the input. What has arrived while this process was busy counts as in time. */
class Pause {
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;

  begin(milliseconds: number, onEnd: () => void): void {
    // Timers run before what has arrived is read, immediates after it.
    this.#timer = setTimeout(() => {
      this.#turn = setImmediate(onEnd);
    }, milliseconds);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }
}

/**
 * Reads keys from the terminal. Ink's own `useInput` does not recognise pastes. Reading the stream directly
 * keeps a paste of many lines as one text.
 */
export function useKeys(window: TerminalWindow): void {
  const { stdin } = useStdin();
  useEffect(() => {
    const decoder = new KeyDecoder();
    const utf8 = new TextDecoder();
    const pause = new Pause();
    const press = (keys: readonly Key[]) => pressInWindow(window, keys);
    const read = (chunk: Buffer | string) => {
      pause.cancel();
      press(decoder.read(typeof chunk === 'string' ? chunk : utf8.decode(chunk, { stream: true })));
      if (decoder.wait !== undefined) pause.begin(decoder.wait, () => press(decoder.flush()));
    };
    if ('setRawMode' in stdin) stdin.setRawMode(true);
    stdin.on('data', read);
    return () => {
      pause.cancel();
      stdin.off('data', read);
      if ('setRawMode' in stdin) stdin.setRawMode(false);
    };
  }, [window, stdin]);
}
