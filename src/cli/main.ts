import { exitWhenOutputCloses } from './closed-output.ts';
import { runCommandLine } from './program.ts';

/** Runs the command line. Only this function decides how the process ends. */
async function main(words: readonly string[]): Promise<void> {
  const failed = await runCommandLine(words);
  if (failed !== undefined) process.exitCode = failed;
  // A timer that the configuration started must not keep the process alive.
  setTimeout(() => process.exit(), 1_000).unref();
}

exitWhenOutputCloses();
await main(process.argv.slice(2));
