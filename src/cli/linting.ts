import { actionLimitsOf } from '../config/settings.ts';
import type { Workspace } from '../config/workspace.ts';
import { type Finding, quoted } from '../services/linting/finding.ts';
import { type LintReport, lint } from '../services/linting/lint.ts';
import { reportWarnings } from './problems.ts';
import { whileReading } from './reading.ts';
import { counted } from './text.ts';

/** Checks a workspace. What files that do not load have is a finding, so it is not printed as a warning, too. */
export const lintWorkspace = (workspace: Workspace): Promise<LintReport> =>
  whileReading(workspace, (app) => lint({ ...app, limits: actionLimitsOf(app.config) }), reportWarnings);

/** A report for people: the findings, and how many there are. */
export function lintLines({ findings, errors, warnings, handlers, packages }: LintReport): string[] {
  const checked = `${counted(handlers, 'handler')} and ${counted(packages, 'package')}`;
  if (findings.length === 0) return [`No problems in ${checked}.`];
  const counts = `${counted(errors, 'error')}, ${counted(warnings, 'warning')} in ${checked}.`;
  return [...findings.map(describe), counts];
}

function describe({ file, line, severity, rule, message, witness }: Finding): string {
  const where = [file ?? 'attached', line ?? []].flat().join(':');
  const example = witness === null ? '' : `\n  Message: ${quoted(witness)}`;
  return `${where}: ${severity}: ${message} [${rule}]${example}`;
}
