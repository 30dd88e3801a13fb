/** A file that a page shows. */
interface FileExample {
  file: string;
  text: string;
}

/** A command of a page, and what it prints. */
interface CommandExample {
  command: string;
  /** Its output, in which `…` stands for any text, and a line with only `…` for any lines. */
  output: string;
  exitCode: number;
}

type Example = FileExample | CommandExample;

/** A section of a page with its examples, which build on each other. */
interface Section {
  title: string;
  examples: Example[];
}

const blocks = /^```(\S+)(?: +(\S+))?\n(.*?)^```$/gms;

/** The sections of a page, each with the files and commands that it shows. */
export function sectionsOf(page: string): Section[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((text) => ({ title: text.split('\n', 1)[0] ?? '', examples: examplesOf(text) }));
}

const examplesOf = (text: string): Example[] =>
  [...text.matchAll(blocks)].flatMap(([, language, file, content = '']): Example[] => {
    if (file !== undefined) return [{ file, text: content }];
    return language === 'console' ? commandsOf(content) : [];
  });

const commandsOf = (content: string): CommandExample[] =>
  content
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [command = '', ...lines] = text.trimEnd().split('\n');
      const [, exitCode] = /^\[exit (\d+)\]$/.exec(lines.at(-1) ?? '') ?? [];
      const output = (exitCode === undefined ? lines : lines.slice(0, -1)).join('\n').trimEnd();
      return { command, output, exitCode: Number(exitCode ?? 0) };
    });

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether an output is what a page shows. */
export function isAsShown(output: string, shown: string): boolean {
  const lines = shown.split('\n').map((line) => {
    if (line === '…') return '(?:.*\n)*?';
    return `${line.split('…').map(escaped).join('.*?')}[ \t]*\n`;
  });
  return new RegExp(`^${lines.join('')}$`).test(`${output.trimEnd()}\n`);
}
