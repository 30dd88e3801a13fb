import path from 'node:path';

/**
 * How a person calls the program here: `npx messenger` where it was started by npx or from a project's own
 * `node_modules`, since a shell does not find `messenger` then.
 */
export function programName(
  environment: NodeJS.ProcessEnv = process.env,
  script = process.argv[1] ?? '',
): 'messenger' | 'npx messenger' {
  const isLocal = script.includes(path.join('node_modules', '.bin', path.sep));
  return environment.npm_command === 'exec' || isLocal ? 'npx messenger' : 'messenger';
}

/**
 * A command to be typed, for hints.
 *
 * @example commandLine('daemon start') // 'messenger daemon start'
 */
export const commandLine = (words: string): string => `${programName()} ${words}`;

/** A help text, whose examples are written for `messenger`, with the program as it is called here. */
export const withProgramName = (help: string): string =>
  help.replace(/((?:\$|\||&&|=\S+|Usage:) |")messenger /g, `$1${programName()} `);
