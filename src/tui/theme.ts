import type { TextProps } from 'ink';

/** The style of a text, as Ink expects it. */
type StyleProps = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'italic' | 'underline'>;

/** Styles by meaning. */
const colours = {
  plain: {},
  strong: { bold: true },
  faint: { dimColor: true },
  me: { color: 'cyan', bold: true },
  person: { color: 'blue', bold: true },
  bot: { color: 'magenta', bold: true },
  admin: { color: 'yellow' },
  system: { dimColor: true, italic: true },
  quote: { dimColor: true },
  reaction: { color: 'yellow' },
  file: { color: 'cyan' },
  unread: { color: 'green', bold: true },
  good: { color: 'green' },
  warning: { color: 'yellow' },
  bad: { color: 'red' },
  title: { bold: true, dimColor: true },
  focused: { bold: true, inverse: true },
  chosen: { inverse: true },
  /** The character under the cursor. The terminal shows its own cursor there. */
  cursor: {},
  key: { color: 'cyan' },
  divider: { dimColor: true },
} satisfies Record<string, StyleProps>;

export type Style = keyof typeof colours;
export type Theme = Record<Style, StyleProps>;

/** The style without colours. Weight, dimness and inversion remain, and words replace colours. */
const withoutColours = ({ color: _, ...styleProps }: StyleProps): StyleProps => styleProps;

/** The styles of the screen. A non-empty `NO_COLOR` removes the colours (no-color.org). */
export function themeOf(environment: NodeJS.ProcessEnv): Theme {
  if (!environment.NO_COLOR) return colours;
  const entries = Object.entries(colours).map(([style, styleProps]) => [style, withoutColours(styleProps)]);
  return { ...colours, ...Object.fromEntries(entries) };
}
