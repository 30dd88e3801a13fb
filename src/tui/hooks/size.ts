import { useStdout } from 'ink';
import { useEffect } from 'react';
import { useController } from './controller.ts';

/** Keeps the size of the screen in the state up to date. */
export function useSize(): void {
  const { store } = useController();
  const { stdout } = useStdout();
  useEffect(() => {
    const measure = () => store.set({ size: { columns: stdout.columns || 80, rows: stdout.rows || 24 } });
    measure();
    stdout.on('resize', measure);
    return () => {
      stdout.off('resize', measure);
    };
  }, [store, stdout]);
}
