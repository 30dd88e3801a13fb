import { formatDifference } from '../../transcripts/difference.ts';
import type { TranscriptResult } from '../../transcripts/run-transcripts.ts';
import { printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { counted, indented } from '../text.ts';

/** Prints what came of a transcript: one line, and what was different. */
export function printResult({ file, title, passed, updated, error, difference }: TranscriptResult): void {
  const more = [title, updated ? 'updated' : undefined].filter((part) => part !== undefined);
  printLine(`${passed ? '✓' : '✗'} ${[file, ...more].join(' – ')}`);
  if (error !== undefined) printLine(`    ${indented(error, 4)}`);
  if (difference.length > 0) printLine(`    ${indented(formatDifference(difference), 4)}`);
}

/** Prints how many passed and how many failed. */
export function printSummary(results: readonly TranscriptResult[], milliseconds: number): void {
  const passed = results.filter((result) => result.passed).length;
  const failed = results.length - passed;
  const counts = `${counted(results.length, 'transcript')}: ${passed} passed, ${failed} failed`;
  printLine(
    `\n${counts}, in ${(milliseconds / 1000).toFixed(1)} s.${failed > 0 ? '  (- expected, + found)' : ''}`,
  );
}

/** Prints results as JSON. */
export const printResults = (results: readonly TranscriptResult[]): void =>
  printJson({
    passed: results.filter(({ passed }) => passed).length,
    failed: results.filter(({ passed }) => !passed).length,
    transcripts: results.map(({ error = null, title = null, ...result }) => ({ ...result, title, error })),
  });
