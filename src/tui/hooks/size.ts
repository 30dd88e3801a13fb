import { useStdout } from 'ink';
import { useEffect } from 'react';
import type { TerminalWindow } from '../terminal-window.ts';

/** Keeps the size of the screen in the state up to date. */
export function useSize(window: TerminalWindow): void {
  const { stdout } = useStdout();
  useEffect(() => {
    const measure = () => window.resize({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
    measure();
    stdout.on('resize', measure);
    return () => {
      stdout.off('resize', measure);
    };
  }, [window, stdout]);
}
