import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { isAsShown, sectionsOf } from '../support/doc-examples.ts';
import { DocProject } from '../support/doc-project.ts';

/** Pages of which every file is written and every command is run. */
const pages = ['docs/testing.md', 'docs/explain.md'].filter((page) => existsSync(packageFile(page)));

const sections = pages.flatMap((page) =>
  sectionsOf(readFileSync(packageFile(page), 'utf8')).map((section) => ({ page, ...section })),
);

test.for(sections)('$page, $title: the examples do what is shown', { timeout: 120_000 }, ({ examples }) => {
  const project = new DocProject();
  for (const example of examples) {
    if ('file' in example) {
      project.write(example.file, example.text);
      continue;
    }
    const { command, output, exitCode } = example;
    const run = project.run(command);
    // What matches is compared as it is shown, so that a difference is readable.
    const found = isAsShown(run.output, output) ? output : run.output.trimEnd();
    expect({ command, output: found, exitCode: run.exitCode }).toEqual({ command, output, exitCode });
  }
});

test.each([
  ['Hello there!\n', 'Hello there!', true],
  ['Hello there!\n', 'Hello …!', true],
  ['Hello there!\n', 'Hello', false],
  ['a\nb\nc\n', '…\nc', true],
  ['a\nb\nc\n', 'a\n…', true],
  ['a\nb\nc\n', 'a\nc', false],
  ['a.b\n', 'a+b', false],
  ['', '', true],
  ['a\n', '', false],
])('the output %j is as shown in %j: %s', (output, shown, expected) => {
  expect(isAsShown(output, shown)).toBe(expected);
});
