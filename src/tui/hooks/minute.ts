import { useEffect, useReducer } from 'react';

const minute = 60_000;

/** Draws again when the next minute begins, so that the shown time is right while nothing happens. */
export function useMinute(now: number): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setTimeout(redraw, minute - (now % minute));
    return () => clearTimeout(timer);
  });
}
