import { describe, expect, test } from 'vitest';
import { junitReport } from '../../src/transcripts/junit.ts';

const passed = { file: 'a.chat.yaml', title: undefined, milliseconds: 12, error: undefined, difference: [] };

describe('junitReport', () => {
  test('has a case for each transcript', () => {
    const failed = {
      ...passed,
      title: 'Rolls <6>',
      difference: [{ mark: '-', text: 'Bot: "6" & more' } as const],
    };
    const broken = { ...passed, file: 'b.chat.yaml', error: 'b.chat.yaml:1:1: bad' };
    expect(junitReport([passed, failed, broken])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="messenger test" tests="3" failures="1" errors="1" time="0.036">
  <testsuite name="messenger test" tests="3" failures="1" errors="1" time="0.036">
    <testcase classname="a.chat.yaml" name="a.chat.yaml" file="a.chat.yaml" time="0.012"/>
    <testcase classname="a.chat.yaml" name="Rolls &lt;6&gt;" file="a.chat.yaml" time="0.012">
      <failure message="The bots did not answer as it is written.">- Bot: &quot;6&quot; &amp; more</failure>
    </testcase>
    <testcase classname="b.chat.yaml" name="b.chat.yaml" file="b.chat.yaml" time="0.012">
      <error message="b.chat.yaml:1:1: bad"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test.each([
    ['\u0000\u001b[31m\ufffe', '\ufffd\ufffd[31m\ufffd'],
    ['\ud800', '\ufffd'],
    ['👋\t\n\r', '👋&#9;&#10;&#13;'],
  ])('the title %j is written %j', (title, written) => {
    expect(junitReport([{ ...passed, title }])).toContain(` name="${written}"`);
  });
});
