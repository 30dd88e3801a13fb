import { selectedMessage } from '../state/conversation.ts';
import type { State } from '../state/state.ts';
import { lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import { botLines } from '../view/bot-lines.ts';
import { verdictLines } from '../view/verdict-lines.ts';
import { Pane } from './pane.tsx';

/** How bots answered the selected message; without a selection, the bots or the output of handlers. */
export function Inspector({ state, width, height }: { state: State; width: number; height: number }) {
  const { title, all } = contents(state, width - 2);
  const top = Math.min(state.inspectorTop, Math.max(0, all.length - height));
  const shown = all.slice(top, top + height).map((line) => [{ text: ' ' }, ...line]);
  return (
    <Pane title={title} lines={shown} width={width} height={height} isFocused={state.pane === 'inspector'} />
  );
}

function contents(state: State, width: number) {
  const message = selectedMessage(state.conversation);
  if (state.showLogs) return { title: 'log', all: logLines(state, width) };
  if (message)
    return { title: 'what the bots made of it', all: verdictLines(message, state.verdicts, width) };
  return { title: 'bots', all: botLines(state.bots, state.failed, width) };
}

function logLines({ logs }: State, width: number) {
  const newestFirst = logs.toReversed();
  const all = newestFirst.flatMap(({ source, text }) =>
    lines(safe(text), width, 'plain', `${safeLine(source)} | `),
  );
  return all.length > 0 ? all : lines('Handlers have printed nothing yet.', width, 'faint');
}
