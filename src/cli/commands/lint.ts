import type { Command } from 'commander';
import { findWorkspace } from '../../config/workspace.ts';
import { lintJson, printJson } from '../json.ts';
import { lintLines, lintWorkspace } from '../linting.ts';
import { printLine } from '../print.ts';
import { exitCodes } from '../report.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  maxWarnings?: number;
  json?: boolean;
}

/** `messenger lint` */
export const define = (command: Command): Command =>
  command
    .option('--max-warnings <number>', 'exit with 1 if there are more warnings', wholeNumber(0, 1_000_000))
    .option('--json', 'print { "findings": […], "errors", "warnings" }')
    .addHelpText(
      'after',
      `
Finds triggers that can never fire or answer nearly everything, messages that several handlers answer, files that do
not load, aliases that are taken twice, packages that cannot be installed, keys that are missing, and attached actions
whose handler is gone. Exits with 1 if there are errors. Changes nothing.

Example:
  $ messenger lint
  $ messenger lint --max-warnings 0`,
    )
    .action(check);

async function check({ maxWarnings = Number.POSITIVE_INFINITY, json }: Options): Promise<void> {
  const report = await lintWorkspace(findWorkspace(process.cwd()));
  if (json) printJson(lintJson(report));
  else for (const line of lintLines(report)) printLine(line);
  if (report.errors > 0 || report.warnings > maxWarnings) process.exitCode = exitCodes.failed;
}
