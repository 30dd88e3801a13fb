import path from 'node:path';

/**
 * How the program is called here: `npx messenger` when it was started by npx or from a project's own
 * `node_modules`, where a shell would not find `messenger`.
 */
export function programName(
  environment: NodeJS.ProcessEnv = process.env,
  script = process.argv[1] ?? '',
): 'messenger' | 'npx messenger' {
  const isLocal = script.includes(path.join('node_modules', '.bin', path.sep));
  return environment.npm_command === 'exec' || isLocal ? 'npx messenger' : 'messenger';
}

/**
 * A command for the user to type, for hints.
 *
 * @example commandLine('daemon start') // 'messenger daemon start'
 */
export const commandLine = (words: string): string => `${programName()} ${words}`;

/**
 * A word as a shell reads it, in quotes if it needs them.
 *
 * @example shellWord('hi there') // "'hi there'"
 */
export const shellWord = (word: string): string =>
  /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** Replaces `messenger` in the examples of a help text with the program name used here. */
export const withProgramName = (help: string): string =>
  help.replace(/((?:\$|\||&&|=\S+|Usage:) |")messenger /g, `$1${programName()} `);
