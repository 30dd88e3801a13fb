import { type Command, Option } from 'commander';
import type { TestOptions } from '../test/test.ts';

/** `messenger test [files…]` */
export const define = (command: Command): Command =>
  command
    .argument('[files...]', 'transcripts, or folders with them; by default all of the workspace')
    .option('-t, --name <text>', 'only transcripts whose title or path contains this')
    .option('-u, --update', 'change what the transcripts expect to what was found')
    .option('-w, --watch', 'test again when a transcript or a handler is saved')
    .option('--junit <file>', 'also write the results as JUnit XML')
    .addOption(
      new Option('--isolation <kind>', 'where handlers run')
        .choices(['none', 'thread', 'process'])
        .default('none', 'none: inside this process, which is the fastest'),
    )
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Plays transcripts (*.chat.yaml) with the handlers of bots/, side by side, each in a group, a database and a time of its
own. Prints what bots did otherwise than it is written: "-" was expected, "+" was found. "messenger simulate --record"
records a transcript. Nothing of the workspace's own database is read or changed. Exits with 1 if a transcript
fails or cannot be read, or if there is none.

Example:
  $ messenger test
  $ messenger test hello.chat.yaml --update
  $ messenger test --junit report.xml`,
    )
    .action(async (files: string[], options: TestOptions) => {
      const { test } = await import('../test/test.ts');
      await test(files, options);
    });
