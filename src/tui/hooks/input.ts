import { useStdin } from 'ink';
import { useEffect } from 'react';
import { KeyDecoder } from '../keys/decode.ts';
import { pressAll } from '../keys/press.ts';
import type { TerminalWindow } from '../terminal-window.ts';

/**
 * Reads keys from the terminal. Ink's own `useInput` does not recognise pastes. Reading the stream directly
 * keeps a paste of many lines as one text.
 */
export function useKeys(window: TerminalWindow): void {
  const { stdin } = useStdin();
  useEffect(() => {
    const decoder = new KeyDecoder();
    const utf8 = new TextDecoder();
    const read = (chunk: Buffer | string) => {
      const text = typeof chunk === 'string' ? chunk : utf8.decode(chunk, { stream: true });
      // A key may give those after it to the other view.
      for (const key of decoder.read(text)) void pressAll(window.focused, [key]);
    };
    if ('setRawMode' in stdin) stdin.setRawMode(true);
    stdin.on('data', read);
    return () => {
      stdin.off('data', read);
      if ('setRawMode' in stdin) stdin.setRawMode(false);
    };
  }, [window, stdin]);
}
