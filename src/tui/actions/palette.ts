import { type Command, usageOf } from '../../simulate/command.ts';
import { commands } from '../../simulate/table.ts';
import type { Controller } from '../controller.ts';
import { type Binding, type Mode, paneMode } from '../keys/binding.ts';
import type { PickerChoice } from '../state/overlay.ts';
import { pick } from './attaching.ts';

/** Opens the palette with all possible actions: open a thread, change the speaker, press a key, or run a command. */
export function openPalette(controller: Controller, keymap: readonly Binding[]): void {
  const { threads, threadId, people, me } = controller.state;
  const threadChoices = threads
    .filter(({ id }) => id !== threadId)
    .map(
      ({ name }): PickerChoice => ({ label: `#${name}`, detail: 'open this group', line: `/thread ${name}` }),
    );
  const speakerChoices = people
    .filter(({ id }) => id !== me)
    .map(({ name }): PickerChoice => ({ label: name, detail: 'speak as', line: `/as ${name}` }));
  const commandChoices = commands.map(
    (command): PickerChoice => ({
      label: usageOf(command),
      detail: command.summary,
      line: `/${command.name}`,
      isIncomplete: needsMore(command),
    }),
  );
  pick(controller, 'What next?', [
    ...threadChoices,
    ...speakerChoices,
    ...keyChoices(controller, keymap),
    ...commandChoices,
  ]);
}

/** Keys that do more than to move or to edit: those of where one is, and those for the selected message. */
function keyChoices({ state }: Controller, keymap: readonly Binding[]): PickerChoice[] {
  const modes: readonly Mode[] = [paneMode(state), 'conversation'];
  return keymap
    .filter(
      ({ keys, modes: own, when }) =>
        modes.some((mode) => own.includes(mode)) &&
        !own.includes('history') &&
        isAction(keys[0] ?? '') &&
        (when?.(state) ?? true),
    )
    .map(({ shown, help, run }) => ({ label: help, detail: shown, line: '', run }));
}

const isAction = (key: string): boolean => /^(f\d+|ctrl\+[a-z]|[^?/])$/.test(key) && !moves.has(key);

/** Keys that only move, and that of the palette itself. */
const moves = new Set(['ctrl+o', 'ctrl+p', 'ctrl+n', 'ctrl+d']);

/** Whether a command needs an argument that it does not ask for itself. */
const needsMore = ({ usage, asksForMissing }: Command): boolean =>
  usage !== '' && !usage.startsWith('[') && !asksForMissing;
