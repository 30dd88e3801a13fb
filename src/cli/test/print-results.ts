import { formatDifference } from '../../transcripts/difference.ts';
import type { TranscriptResult } from '../../transcripts/run-transcripts.ts';
import { printLine } from '../print.ts';
import { counted, indented } from '../text.ts';

/** What came of a transcript: one line, and what was different. */
export function resultLines({ file, title, passed, updated, error, difference }: TranscriptResult): string[] {
  const more = [title, updated ? 'updated' : undefined].filter((part) => part !== undefined);
  return [
    `${passed ? '✓' : '✗'} ${[file, ...more].join(' – ')}`,
    ...(error === undefined ? [] : [`    ${indented(error, 4)}`]),
    ...(difference.length === 0 ? [] : [`    ${indented(formatDifference(difference), 4)}`]),
  ];
}

/** Prints what came of a transcript. */
export function printResult(result: TranscriptResult): void {
  for (const line of resultLines(result)) printLine(line);
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

/** Results as JSON. */
export const resultsJson = (results: readonly TranscriptResult[]) => ({
  passed: results.filter(({ passed }) => passed).length,
  failed: results.filter(({ passed }) => !passed).length,
  transcripts: results.map(({ error = null, title = null, ...result }) => ({ ...result, title, error })),
});
