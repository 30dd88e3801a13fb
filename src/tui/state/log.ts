import type { State } from './state.ts';

/** How much a line of the log matters; `printed` is what handlers print. */
export type LogLevel = 'info' | 'printed' | 'warn' | 'error';

export interface LogLine {
  /** Increases from line to line. */
  id: number;
  /** When it arrived, as ISO 8601 text. */
  at: string;
  level: LogLevel;
  source: string;
  text: string;
}

/** What the log pane shows of the log. */
export interface LogView {
  /** The id of the line at the bottom; null for the newest, which it then follows. */
  end: number | null;
  /** Only the lines of this source. */
  source: string | null;
  /** Only warnings and errors. */
  troublesOnly: boolean;
}

export const newLogView: LogView = { end: null, source: null, troublesOnly: false };

/** Number of log lines kept. */
const keptLogs = 500;

type Logged = Pick<State, 'logs' | 'logView'>;

export const withLog = (state: State, entry: Omit<LogLine, 'id'>): State => ({
  ...state,
  logs: [...state.logs, { id: (state.logs.at(-1)?.id ?? 0) + 1, ...entry }].slice(-keptLogs),
});

/** The lines that the log pane is to show, oldest first, whether or not it is scrolled up. */
const wantedLogs = ({ logs, logView }: Logged): LogLine[] =>
  logs.filter(
    ({ source, level }) =>
      (logView.source === null || source === logView.source) &&
      (!logView.troublesOnly || level === 'warn' || level === 'error'),
  );

/** The lines up to the one at the bottom of the log pane, and how many are below it. */
export function shownLogs(state: Logged): { shown: LogLine[]; below: number } {
  const wanted = wantedLogs(state);
  const { end } = state.logView;
  const shown = end === null ? wanted : wanted.filter(({ id }) => id <= end);
  return { shown, below: wanted.length - shown.length };
}

/** Scrolls the log by lines. At its end it follows what is added. */
export function scrollLog(state: State, by: number): State {
  const wanted = wantedLogs(state);
  const last = wanted.length - 1;
  const place = Math.max(0, Math.min(last, shownLogs(state).shown.length - 1 + by));
  const end = place >= last ? null : (wanted[place]?.id ?? null);
  return { ...state, logView: { ...state.logView, end } };
}

export const toggleTroubles = (state: State): State => ({
  ...state,
  logView: { ...state.logView, end: null, troublesOnly: !state.logView.troublesOnly },
});

/** Shows the lines of the next source only; after the last one, those of all. */
export function nextLogSource(state: State): State {
  const sources = [...new Set(state.logs.map(({ source }) => source))];
  const source = sources[sources.indexOf(state.logView.source ?? '') + 1] ?? null;
  return { ...state, logView: { ...state.logView, end: null, source } };
}
