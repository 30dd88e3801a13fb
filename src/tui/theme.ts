import type { TextProps } from 'ink';

/** The style of a text, as Ink expects it. */
type StyleProps = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'italic' | 'underline'>;

/** Styles by meaning. Each colour can be read on a light background too, so there is neither yellow nor white. */
const colours = {
  plain: {},
  strong: { bold: true },
  faint: { dimColor: true },
  me: { color: 'cyan', bold: true },
  person: { color: 'blue', bold: true },
  bot: { color: 'magenta', bold: true },
  admin: { color: 'magenta' },
  system: { dimColor: true, italic: true },
  quote: { dimColor: true },
  reaction: { color: 'magenta' },
  file: { color: 'cyan' },
  unread: { color: 'green', bold: true },
  good: { color: 'green' },
  warning: { color: 'red', italic: true },
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

/** Whether colours are wanted. `FORCE_COLOR` counts more than `NO_COLOR` (no-color.org), as in Node. */
const wantsColours = ({ FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv): boolean =>
  FORCE_COLOR === undefined ? !NO_COLOR : !['0', 'false'].includes(FORCE_COLOR);

/** The styles of the screen. */
export function themeOf(environment: NodeJS.ProcessEnv): Theme {
  if (wantsColours(environment)) return colours;
  const entries = Object.entries(colours).map(([style, styleProps]) => [style, withoutColours(styleProps)]);
  return { ...colours, ...Object.fromEntries(entries) };
}
