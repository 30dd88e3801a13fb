import { selectedMessage } from '../state/conversation.ts';
import { type SideView, shownSide } from '../state/side.ts';
import { openThread, type State } from '../state/state.ts';
import { type Line, lines } from '../text/line.ts';
import { botContents } from './bot-lines.ts';
import { logLines, logTitle } from './log-lines.ts';
import { peopleLines } from './people-lines.ts';
import { replayLines } from './replay-lines.ts';
import { signLines } from './sign-lines.ts';
import { rawLines, verdictLines } from './verdict-lines.ts';
import type { Focus } from './window.ts';

interface Contents {
  title: string;
  all: readonly Line[];
  /** Where its cursor is, if it has one. */
  focus?: Focus;
}

/** The first row that is shown in so many rows: where a person has scrolled to, as far as the cursor is seen there. */
export function topOf({ all, focus }: Contents, wanted: number, rows: number): number {
  const top = Math.min(wanted, Math.max(0, all.length - rows));
  if (focus === undefined) return top;
  const [from, to] = [focus.from, Math.max(0, focus.to - rows)];
  return Math.max(Math.min(from, to), Math.min(Math.max(from, to), top));
}

const noBotsInPrivate =
  'Bots answer only in groups. In a private conversation none is asked, and none can be added. /thread new NAME makes a group.';

interface Size {
  width: number;
  height: number;
}

/** What the side pane shows in a size: its title and all of its lines. */
export const sideContents = (state: State, size: Size): Contents => views[shownSide(state)](state, size);

/** The bots, and above them what is going on and what is wrong. */
function withSigns(state: State, width: number): Omit<Contents, 'title'> {
  const signs = signLines(state, width);
  const { all, focus } = botContents(state, width);
  const shifted = focus && { from: focus.from + signs.length, to: focus.to + signs.length };
  return { all: [...signs, ...all], ...(shifted && { focus: shifted }) };
}

/** The lines of each view of the side pane. A view with a cursor has as many as fit, the others can be scrolled. */
const views: Record<SideView | 'inspector', (state: State, size: Size) => Contents> = {
  inspector: ({ conversation, verdicts, showsRaw }, { width }) => {
    const message = selectedMessage(conversation);
    if (showsRaw) return { title: 'what the bots made of it, JSON', all: rawLines(verdicts, width) };
    return {
      title: 'what the bots made of it',
      all: message ? verdictLines(message, verdicts, width) : [],
    };
  },
  bots: (state, { width }) => ({
    title: 'bots',
    ...(openThread(state)?.group === false
      ? { all: lines(noBotsInPrivate, width, 'faint') }
      : withSigns(state, width)),
  }),
  people: (state, { width, height }) => ({
    title: `people ${state.members.total > 0 ? `(${state.members.total})` : ''}`.trim(),
    all: peopleLines(state, width, height),
  }),
  replay: ({ replay }, { width }) => ({
    title: replay.isOn ? 'replay (on)' : 'replay',
    all: replayLines(replay, width),
  }),
  log: (state, { width }) => {
    const all = logLines(state, width);
    return { title: logTitle(state), all, focus: { from: all.length - 1, to: all.length } };
  },
};
