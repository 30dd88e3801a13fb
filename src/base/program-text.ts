/** Everything but code: comments, strings, whole templates, and patterns where a value may stand. */
const noCode = new RegExp(
  [
    String.raw`\/\/[^\n]*`,
    String.raw`\/\*[\s\S]*?(?:\*\/|$)`,
    String.raw`'(?:\\[\s\S]|[^'\\\n])*'?`,
    String.raw`"(?:\\[\s\S]|[^"\\\n])*"?`,
    '`(?:\\\\[\\s\\S]|\\$\\{(?:[^{}`]|\\{[^{}]*\\}|`(?:\\\\[\\s\\S]|[^`\\\\])*`)*\\}|[^`\\\\])*`?',
    String.raw`(?<=(?:^|[(,=:[!&|?{};]|\breturn)\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`,
  ].join('|'),
  'g',
);

/** Replaces everything that is not code with spaces. Every character keeps its position. */
export const codeOnly = (text: string): string =>
  text.replace(noCode, (blanked) => blanked.replace(/[^\n]/g, ' '));

/** The line and column of an index in a text, both counted from 1. */
export function lineAndColumn(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: index - start + 1 };
}
