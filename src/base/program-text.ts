/** What is no code: comments, texts, templates (with what is in them), and patterns where a value may stand. */
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

/** A program's text with blanks for all that is no code. Every character stays where it is. */
export const codeOnly = (text: string): string =>
  text.replace(noCode, (blanked) => blanked.replace(/[^\n]/g, ' '));

/** Where a character of a text is; both count from 1. */
export function lineAndColumn(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: index - start + 1 };
}
