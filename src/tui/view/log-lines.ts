import { type LogLevel, type LogLine, shownLogs } from '../state/log.ts';
import type { State } from '../state/state.ts';
import { type Line, lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import type { Style } from '../theme.ts';

/** How each level looks, also without colours. */
const levels: Record<LogLevel, { mark: string; style: Style }> = {
  info: { mark: '·', style: 'faint' },
  printed: { mark: '›', style: 'plain' },
  warn: { mark: '!', style: 'warning' },
  error: { mark: '✗', style: 'bad' },
};

/** The title of the log, with what it leaves out and how much is further down. */
export function logTitle(state: Pick<State, 'logs' | 'logView'>): string {
  const { source, troublesOnly } = state.logView;
  const { below } = shownLogs(state);
  const parts = [
    'log',
    ...(source === null ? [] : [safeLine(source)]),
    ...(troublesOnly ? ['warnings'] : []),
    ...(below > 0 ? [`↓ ${below} more`] : []),
  ];
  return parts.join(' · ');
}

/** What handlers print and what the daemon reports, newest last. */
export function logLines(state: Pick<State, 'logs' | 'logView'>, width: number): Line[] {
  const { shown } = shownLogs(state);
  if (shown.length > 0) return shown.flatMap((entry) => entryLines(entry, width));
  const text =
    state.logs.length === 0 ? 'Handlers have printed nothing yet.' : 'Nothing here. l or f shows more.';
  return lines(text, width, 'faint');
}

function entryLines({ at, level, source, text }: LogLine, width: number): Line[] {
  const { mark, style } = levels[level];
  const time = new Date(at).toTimeString().slice(0, 8);
  const lead = `${time} ${mark} `;
  // Only the time stands before what is wrapped: in a narrow pane, names would leave no room.
  return lines(`${safeLine(source)} | ${safe(text)}`, width - lead.length, style).map((spans, place) => [
    { text: place === 0 ? lead : ' '.repeat(lead.length), style: place === 0 ? 'faint' : style },
    ...spans,
  ]);
}
