import { selectedMessage } from '../state/conversation.ts';
import { type SideView, shownSide } from '../state/side.ts';
import type { State } from '../state/state.ts';
import { type Line, lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import { botLines } from '../view/bot-lines.ts';
import { verdictLines } from '../view/verdict-lines.ts';
import { Pane } from './pane.tsx';

/** The side pane: how bots answered the selected message; without a selection, the view that was chosen. */
export function Inspector({ state, width, height }: { state: State; width: number; height: number }) {
  const { title, all } = views[shownSide(state)](state, width - 2);
  const top = Math.min(state.inspectorTop, Math.max(0, all.length - height));
  const shown = all.slice(top, top + height).map((line) => [{ text: ' ' }, ...line]);
  return (
    <Pane title={title} lines={shown} width={width} height={height} isFocused={state.pane === 'inspector'} />
  );
}

interface Contents {
  title: string;
  all: readonly Line[];
}

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
