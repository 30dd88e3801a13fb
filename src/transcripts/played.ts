import type { Expectation, Pair } from './align.ts';
import type { Observed } from './observed.ts';
import type { Line, Step, Transcript } from './transcript.ts';

/** A step that makes something happen. */
export type Cause = Line | Extract<Step, { kind: 'clock' }>;

/** What people did at one moment, and what bots made of it. */
export interface Exchange {
  /** Undefined for what happens before anybody has spoken. */
  cause: Cause | undefined;
  expected: readonly Expectation[];
  /** The silence that was expected, if the transcript says so. */
  silence: Extract<Step, { kind: 'silence' }> | undefined;
  found: readonly Observed[];
  pairs: readonly Pair[];
  /** Why actions did not answer, one sentence each; only if something is missing. */
  verdicts: readonly string[];
  /** Why the step could not be done, or why the silence has another reason. */
  problem: string | undefined;
}

/** A transcript that was played to its end. */
export interface Played {
  transcript: Transcript;
  exchanges: readonly Exchange[];
}

/** Whether an exchange went as it is written. */
export const isAsExpected = ({ pairs, problem }: Exchange): boolean =>
  problem === undefined && pairs.every(({ expected, found }) => expected && found);
