import { usageOf } from '../src/simulate/command.ts';
import { commands } from '../src/simulate/table.ts';
import type { Mode } from '../src/tui/keys/binding.ts';
import { keymap } from '../src/tui/keys/keymap.ts';
import { padded, widthOf } from '../src/tui/text/width.ts';

/** Pictures of the screen, each with the words above it. */
export type Captures = ReadonlyArray<{ words: string; screen: string }>;

/** The page `docs/simulate.md`. */
export const simulatePage = (captures: Captures): string =>
  [
    intro,
    ...captures.map(({ words, screen }) => `${words}\n\n\`\`\`text\n${screen.trimEnd()}\n\`\`\`\n`),
    outro,
    keysTable(),
    commandsTable(),
  ].join('\n');

const intro = `# messenger simulate

The terminal where bots are made: keep it open beside the editor. It joins the daemon of your folder, or runs one
for as long as it is open, so what you see is what everybody else would see. This page is written by
\`npm run docs:simulate\`; the pictures are captures of the real screen.
`;

const outro = `Three panes are shown from 120 columns, two from 80, one below. Everything is typed: there is no
mouse, so text can be selected as everywhere. \`y\` copies a message through the terminal (OSC 52).

Without a terminal, with \`--json\`, with \`TERM=dumb\` or with \`MESSENGER_SCREEN_READER=true\` it goes line by line: what
happens is only added below, and nothing is drawn over. Line by line it joins the daemon of the folder too, or runs one
until it ends. It prints what happens in its own group, and on standard error what handlers print, whatever the group.
All forms have the same commands; where the full screen asks with a list or a form, a line needs everything at once.
\`NO_COLOR=1\` takes the colours away.

Each window is a person of its own (\`--as bob\`), and \`/as carol\` lets one window speak as several. When the daemon
goes, the window says so and finds it again, or starts one.
`;

const names: Record<Mode, string> = {
  input: 'prompt',
  threads: 'groups',
  conversation: 'conversation',
  inspector: 'inspector',
  picker: 'lists',
  form: 'form',
  help: 'help',
  preview: 'preview',
};

/** Every key and where it works. */
export function keysTable(): string {
  const rows = keymap.map(({ shown, help, modes }) => [
    shown,
    help,
    modes.map((mode) => names[mode]).join(', '),
  ]);
  return table('## Keys', ['Key', 'What it does', 'Where'], rows);
}

/** Every command. */
export function commandsTable(): string {
  const rows = commands.map((command) => [`\`${usageOf(command)}\``, command.summary]);
  return table('## Commands', ['Command', 'What it does'], rows);
}

/** A table as the formatter leaves it: every column as wide as its widest cell. */
function table(title: string, head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const [first = '', ...others] = cells.map(
    (row) => `| ${row.map((cell, column) => padded(cell, widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return `${title}\n\n${[first, rule, ...others].join('\n')}\n`;
}
