import { selectedMessage } from '../state/conversation.ts';
import { type SideView, shownSide } from '../state/side.ts';
import type { State } from '../state/state.ts';
import { type Line, lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import { botLines } from './bot-lines.ts';
import { verdictLines } from './verdict-lines.ts';

interface Contents {
  title: string;
  all: readonly Line[];
}

/** What the side pane shows in a width: its title and all of its lines. */
export const sideContents = (state: State, width: number): Contents => views[shownSide(state)](state, width);

/** The lines of each view of the side pane in a width. */
const views: Record<SideView | 'inspector', (state: State, width: number) => Contents> = {
  inspector: ({ conversation, verdicts }, width) => {
    const message = selectedMessage(conversation);
    return {
      title: 'what the bots made of it',
      all: message ? verdictLines(message, verdicts, width) : [],
    };
  },
  bots: ({ bots, failed }, width) => ({ title: 'bots', all: botLines(bots, failed, width) }),
  log: (state, width) => ({ title: 'log', all: logLines(state, width) }),
};

function logLines({ logs }: State, width: number) {
  const newestFirst = logs.toReversed();
  const all = newestFirst.flatMap(({ source, text }) =>
    lines(safe(text), width, 'plain', `${safeLine(source)} | `),
  );
  return all.length > 0 ? all : lines('Handlers have printed nothing yet.', width, 'faint');
}
