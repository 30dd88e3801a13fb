import { useStdin } from 'ink';
import { useEffect } from 'react';
import { KeyDecoder } from '../keys/decode.ts';
import { pressAll } from '../keys/press.ts';
import { useController } from './controller.ts';

/**
 * Reads keys from the terminal. Ink's own `useInput` does not recognise pastes. Reading the stream directly
 * keeps a paste of many lines as one text.
 */
export function useKeys(): void {
  const controller = useController();
  const { stdin } = useStdin();
  useEffect(() => {
    const decoder = new KeyDecoder();
    const utf8 = new TextDecoder();
    const read = (chunk: Buffer | string) => {
      const text = typeof chunk === 'string' ? chunk : utf8.decode(chunk, { stream: true });
      void pressAll(controller, decoder.read(text));
    };
    if ('setRawMode' in stdin) stdin.setRawMode(true);
    stdin.on('data', read);
    return () => {
      stdin.off('data', read);
      if ('setRawMode' in stdin) stdin.setRawMode(false);
    };
  }, [controller, stdin]);
}
