import { usageOf } from '../../simulate/command.ts';
import { commands } from '../../simulate/table.ts';
import {
  type Binding,
  everywhere,
  type Mode,
  modeNames,
  overlays,
  paneMode,
  reading,
  writing,
} from '../keys/binding.ts';
import type { State } from '../state/state.ts';
import { type Line, line, lines } from '../text/line.ts';
import { padded } from '../text/width.ts';

const hasAll = (modes: readonly Mode[], all: readonly Mode[]): boolean =>
  all.every((mode) => modes.includes(mode));

/** Keys that work in many places stand under a title of their own, and not in each of them again. */
const shared: ReadonlyArray<{ title: string; modes: readonly Mode[] }> = [
  { title: 'Every pane', modes: everywhere },
  { title: 'Every pane but the prompt', modes: reading },
  { title: 'Wherever you write', modes: writing },
];

const titleOf = (mode: Mode): string => modeNames[mode].charAt(0).toUpperCase() + modeNames[mode].slice(1);

interface Section {
  title: string;
  keys: readonly Binding[];
}

/** Every key under the name of what it works in: that of what had the keys first. */
function sections(state: State, keymap: readonly Binding[]): Section[] {
  const sharedOf = ({ modes }: Binding) => shared.find((each) => hasAll(modes, each.modes));
  const common = shared.map(({ title }) => ({
    title,
    keys: keymap.filter((binding) => sharedOf(binding)?.title === title),
  }));
  const focus = (state.overlay?.kind === 'help' ? state.overlay.over?.kind : undefined) ?? paneMode(state);
  const own = [...new Set([focus, ...everywhere, 'history' as const, 'finder' as const, ...overlays])].map(
    (mode) => ({
      title: titleOf(mode),
      keys: keymap.filter((binding) => binding.modes.includes(mode) && sharedOf(binding) === undefined),
    }),
  );
  return [...own.slice(0, 1), ...common, ...own.slice(1)].filter(({ keys }) => keys.length > 0);
}

/** Every key of every pane, and every command, in a width. */
export function helpLines(state: State, keymap: readonly Binding[], width: number): Line[] {
  const keys = sections(state, keymap).flatMap(({ title, keys: list }) => [
    line(title, 'strong'),
    ...list.flatMap(({ shown, help }) => entry(shown, 18, help, width)),
    line(''),
  ]);
  const doings = commands.flatMap((command) => entry(usageOf(command), 24, command.summary, width));
  return [...keys, line('Commands', 'strong'), ...doings];
}

/** A key or a command, and what it does. */
function entry(key: string, room: number, text: string, width: number): Line[] {
  const column = Math.min(room, Math.floor(width / 2) - 2);
  const lead = `  ${padded(key, column)} `;
  return lines(text, Math.max(8, width - lead.length)).map((row, place) => [
    { text: place === 0 ? lead : ' '.repeat(lead.length), style: 'key' },
    ...row,
  ]);
}
