import type { HandlersApp } from '../app.ts';
import { messageOf } from '../base/errors.ts';
import { warn } from './tell.ts';
import { escapeControls } from './text.ts';

/** What a handler has printed itself, line by line and with its name. */
export const outputLines = (handler: string, text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${escapeControls(handler)} | ${escapeControls(line)}`);

/** Prints what handlers print themselves, apart from a command's own output. */
export function printOutput(handler: string, text: string): void {
  for (const line of outputLines(handler, text)) process.stderr.write(`${line}\n`);
}

/** Prints something that went wrong where nobody waits for an answer. */
export function printProblem(error: unknown): void {
  warn(`Warning: ${messageOf(error)}`);
}

/** Prints why files of the workspace gave no handlers, and what of the configuration is not read. */
export function reportProblems({ catalogue, warnings }: Pick<HandlersApp, 'catalogue' | 'warnings'>): void {
  for (const { message } of catalogue.problems) warn(`Warning: ${message}`);
  reportWarnings({ warnings });
}

/** Prints what of the configuration is not read. */
export function reportWarnings({ warnings }: Pick<HandlersApp, 'warnings'>): void {
  for (const warning of warnings) warn(`Warning: ${warning}`);
}
