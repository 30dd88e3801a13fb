import { type DifferenceLine, formatDifference } from './difference.ts';

/** A transcript as a report shows it. */
export interface ReportedTranscript {
  file: string;
  title: string | undefined;
  milliseconds: number;
  /** Why it could not be played, or else what was different; empty if it passed. */
  error: string | undefined;
  difference: readonly DifferenceLine[];
}

/**
 * Writes results as JUnit XML: one suite, and a case for each transcript.
 *
 * @example junitReport([{ file: 'hi.chat.yaml', title: undefined, milliseconds: 12, error: undefined, difference: [] }])
 */
export function junitReport(results: readonly ReportedTranscript[]): string {
  const failures = results.filter(({ error, difference }) => error === undefined && difference.length > 0);
  const errors = results.filter(({ error }) => error !== undefined);
  const time = seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const counts = `tests="${results.length}" failures="${failures.length}" errors="${errors.length}" time="${time}"`;
  const cases = results.map(testCase).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="messenger test" ${counts}>
  <testsuite name="messenger test" ${counts}>
${cases}  </testsuite>
</testsuites>
`;
}

function testCase({ file, title = file, milliseconds, error, difference }: ReportedTranscript): string {
  const attributes = `classname="${xml(file)}" name="${xml(title)}" file="${xml(file)}" time="${seconds(milliseconds)}"`;
  if (error !== undefined)
    return `    <testcase ${attributes}>\n      <error message="${xml(error)}"/>\n    </testcase>\n`;
  if (difference.length === 0) return `    <testcase ${attributes}/>\n`;
  const text = xml(formatDifference(difference));
  return `    <testcase ${attributes}>\n      <failure message="The bots did not answer as it is written.">${text}</failure>\n    </testcase>\n`;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** Characters that XML cannot contain, not even as references. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text for XML, in an attribute or between tags. */
const xml = (text: string): string =>
  text
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? character);
