import { commandLine } from '../command-line.ts';
import { clause, defineError, ended } from './define-error.ts';

/** Errors of commands and of the configuration. */
export const commandErrors = {
  WRONG_USE: defineError(400, (message: string) => message),
  INSTALLATION_INCOMPLETE: defineError(
    500,
    (problem: string) =>
      `The installation of messenger-bots is incomplete: ${clause(problem)}. Nothing was done. In a clone, run "npm install"; otherwise, reinstall the package.`,
  ),
  UNKNOWN_COMMAND: defineError(
    400,
    (name: string, nearest: string | undefined) =>
      `There is no command "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''} "${commandLine('--help')}" lists them all.`,
  ),
  CLASS_NAME_INVALID: defineError(
    400,
    (name: string, reason: string) =>
      `"${name}" cannot be the name of a class: ${reason}. Use a name like HelloBot.`,
  ),
  FILE_EXISTS: defineError(
    409,
    (file: string, advice = 'Use --force to overwrite it.') =>
      `${file} already exists and was not changed. ${advice}`,
  ),
  OUTSIDE_WORKSPACE: defineError(
    400,
    (name: string) =>
      `"${name}" is outside the workspace, or a link leads out of it. Nothing was done. Use a path relative to the workspace.`,
  ),
  TRANSCRIPT_INVALID: defineError(
    422,
    (place: string, problem: string) => `${place}: ${ended(problem)} The transcript was not played.`,
  ),
  TRANSCRIPT_STEP_FAILED: defineError(
    422,
    (step: string, reason: string) => `"${step}" could not be done: ${ended(reason)}`,
  ),
  TRANSCRIPTS_MISSING: defineError(
    404,
    (folder: string) =>
      `There are no transcripts in ${folder}: their names end with ".chat.yaml". "${commandLine('simulate --record hello.chat.yaml')}" records one.`,
  ),
  CONFIG_INVALID: defineError(
    422,
    (file: string, problems: string) =>
      `The configuration in ${file} cannot be used: ${ended(problems)} Nothing was changed; correct it and try again.`,
  ),
};
