import type { HandlersApp } from '../app/open-handlers.ts';
import { messageOf } from '../base/errors.ts';
import { printWarning } from './print.ts';
import { escapeControls } from './text.ts';

/** The output of a handler, line by line, each with its name. */
export const outputLines = (handler: string, text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${escapeControls(handler)} | ${escapeControls(line)}`);

/** Prints the output of handlers, separate from the command's own output. */
export function printOutput(handler: string, text: string): void {
  for (const line of outputLines(handler, text)) process.stderr.write(`${line}\n`);
}

/** Prints an error that no caller awaits. */
export function printProblem(error: unknown): void {
  printWarning(`Warning: ${messageOf(error)}`);
}

/** Prints why files of the workspace could not be loaded, and which settings are ignored. */
export function reportProblems({ catalogue, warnings }: Pick<HandlersApp, 'catalogue' | 'warnings'>): void {
  for (const { message } of catalogue.problems) printWarning(`Warning: ${message}`);
  reportWarnings({ warnings });
}

/** Prints which settings are ignored. */
export function reportWarnings({ warnings }: Pick<HandlersApp, 'warnings'>): void {
  for (const warning of warnings) printWarning(`Warning: ${warning}`);
}
