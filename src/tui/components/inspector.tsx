import { hintIn } from '../keys/hints.ts';
import { hasFocus, type State } from '../state/state.ts';
import { sideContents, topOf } from '../view/side-lines.ts';
import { sideSize } from '../view/sizes.ts';
import { Pane } from './pane.tsx';

/** The side pane: how bots answered the selected message; without a selection, the view that was chosen. */
export function Inspector({ state, width, height }: { state: State; width: number; height: number }) {
  const { height: room } = sideSize(state);
  const contents = sideContents(state, { width: width - 2, height: room });
  const { title, all } = contents;
  const top = topOf(contents, state.inspectorTop, room);
  const shown = all.slice(top, top + room).map((line) => [{ text: ' ' }, ...line]);
  return (
    <Pane
      title={title}
      lines={shown}
      width={width}
      height={height}
      isFocused={hasFocus(state, 'inspector')}
      hint={hintIn(state, 'inspector', width)}
    />
  );
}
