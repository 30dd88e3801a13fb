import { truncate } from '../../base/terminal-text.ts';
import { trimInvisible } from '../../domain/invisible.ts';

/** Errors fail a check; warnings may be intended. */
export type Severity = 'error' | 'warning';

/** The rules and how severe their findings are. docs/explain.md explains each. */
export const lintRules = {
  'alias-taken': 'error',
  'both-answer': 'warning',
  'duplicate-trigger': 'error',
  'file-broken': 'error',
  flood: 'warning',
  'handler-gone': 'error',
  'install-fails': 'error',
  'invisible-trigger': 'error',
  'key-missing': 'error',
  'long-trigger': 'error',
  'shadowed-trigger': 'warning',
  'split-trigger': 'error',
  'unused-triggers': 'error',
} as const satisfies Record<string, Severity>;

export type LintRule = keyof typeof lintRules;

/** Where something is in the workspace; null where it is unknown or in none of its files. */
export interface LintPlace {
  file: string | null;
  line: number | null;
}

/** Something that a check has found. */
export interface Finding extends LintPlace {
  rule: LintRule;
  severity: Severity;
  /** The alias; null for a file whose handlers are not known. */
  handler: string | null;
  /** What was found, why it matters and what to do. */
  message: string;
  /** A message that shows it; null where none can. */
  witness: string | null;
}

/** Builds a finding with the severity of its rule. */
export const finding = (
  rule: LintRule,
  { file, line }: LintPlace,
  { handler, message, witness }: Pick<Finding, 'handler' | 'message' | 'witness'>,
): Finding => ({ rule, severity: lintRules[rule], handler, file, line, message, witness });

/** A trigger in a sentence. One that has nothing visible is written in code points. */
export function quoted(text: string): string {
  const isVisible = trimInvisible(text) !== '';
  const shown = isVisible ? truncate(text, 60) : [...text].map(codePointOf).join('');
  return isVisible ? JSON.stringify(shown) : `"${shown}"`;
}

const codePointOf = (character: string): string =>
  character === ' ' ? ' ' : `\\u{${character.codePointAt(0)?.toString(16)}}`;
