import type { Replay } from '../../domain/replay.ts';
import type { State } from './state.ts';

/** Messages that are sent again after each save, and what came of it the last time. */
export interface ReplayState {
  readonly isOn: boolean;
  readonly isRunning: boolean;
  /** The ids of the marked messages: none, the first, or both ends of a range. */
  readonly marked: readonly string[];
  readonly last: Replay | null;
}

export const noReplay: ReplayState = { isOn: false, isRunning: false, marked: [], last: null };

export const withReplay = (state: State, change: Partial<ReplayState>): State => ({
  ...state,
  replay: { ...state.replay, ...change },
});

/** Marks one end of a range, then the other. A third mark takes both away. */
export const markMessage = (state: State, id: string): State => {
  const { marked } = state.replay;
  return withReplay(state, { marked: marked.length >= 2 ? [] : [...marked, id] });
};

/** The range to replay; null for the last message. A single mark is a range of one. */
export const rangeOf = ({ replay: { marked } }: State): readonly [string, string] | null => {
  const [first, last = first] = marked;
  return first === undefined || last === undefined ? null : [first, last];
};
