import { type Command, InvalidArgumentError } from 'commander';
import { actionLimitsOf } from '../../config/settings.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { type Finding, quoted } from '../../services/linting/finding.ts';
import { type LintReport, lint } from '../../services/linting/lint.ts';
import { lintJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { reportWarnings } from '../problems.ts';
import { whileReading } from '../reading.ts';
import { exitCodes } from '../report.ts';
import { counted } from '../text.ts';

interface Options {
  maxWarnings?: number;
  json?: boolean;
}

/** `messenger lint` */
export const define = (command: Command): Command =>
  command
    .option('--max-warnings <number>', 'exit with 1 if there are more warnings', parseCount)
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

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number, like 0.');
}

async function check({ maxWarnings = Number.POSITIVE_INFINITY, json }: Options): Promise<void> {
  const report = await checkWorkspace();
  if (json) printJson(lintJson(report));
  else print(report);
  if (report.errors > 0 || report.warnings > maxWarnings) process.exitCode = exitCodes.failed;
}

/** What files that do not load have is a finding, so it is not printed as a warning, too. */
const checkWorkspace = (): Promise<LintReport> =>
  whileReading(
    findWorkspace(process.cwd()),
    (app) => lint({ ...app, limits: actionLimitsOf(app.config) }),
    reportWarnings,
  );

function print({ findings, errors, warnings, handlers, packages }: LintReport): void {
  for (const each of findings) printLine(describe(each));
  const checked = `${counted(handlers, 'handler')} and ${counted(packages, 'package')}`;
  if (findings.length === 0) printLine(`No problems in ${checked}.`);
  else printLine(`${counted(errors, 'error')}, ${counted(warnings, 'warning')} in ${checked}.`);
}

function describe({ file, line, severity, rule, message, witness }: Finding): string {
  const where = [file ?? 'attached', line ?? []].flat().join(':');
  const example = witness === null ? '' : `\n  Message: ${quoted(witness)}`;
  return `${where}: ${severity}: ${message} [${rule}]${example}`;
}
