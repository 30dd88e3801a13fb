import { submitForm } from '../actions/attaching.ts';
import { runLine } from '../actions/run-line.ts';
import type { Controller } from '../controller.ts';
import { textOf } from '../state/editor.ts';
import { cycleChoice, type Form, isChosen, moveField } from '../state/form.ts';
import { matches, type Overlay } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import { begin } from '../state/unsent.ts';
import type { Binding } from './binding.ts';

const close = (controller: Controller): void => controller.store.set({ overlay: null });

/** Changes the open overlay if it is of this kind. */
function changeOverlay<Kind extends Overlay['kind']>(
  kind: Kind,
  change: (overlay: Extract<Overlay, { kind: Kind }>) => Overlay,
): (controller: Controller) => void {
  const isIt = (overlay: Overlay | null): overlay is Extract<Overlay, { kind: Kind }> =>
    overlay?.kind === kind;
  return ({ store }) =>
    store.update((state) => (isIt(state.overlay) ? { ...state, overlay: change(state.overlay) } : state));
}

const changeForm = (change: (form: Form) => Form) =>
  changeOverlay('form', (overlay) => ({ ...overlay, form: change(overlay.form) }));

const movePick = (by: number) =>
  changeOverlay('picker', (picker) => {
    const count = matches(picker, textOf(picker.query)).length;
    return { ...picker, index: Math.max(0, Math.min(count - 1, picker.index + by)) };
  });

const scrollHelp = (by: number) =>
  changeOverlay('help', (help) => ({ ...help, top: Math.max(0, help.top + by) }));

/** Runs the chosen line. A command that needs more arguments is put into the prompt instead. */
async function choose(controller: Controller): Promise<void> {
  const { overlay } = controller.state;
  if (overlay?.kind !== 'picker') return;
  const choice = matches(overlay, textOf(overlay.query))[overlay.index];
  if (choice === undefined) return;
  close(controller);
  if (choice.isIncomplete) controller.store.update((state) => begin(state, `${choice.line} `));
  else await runLine(controller, choice.line);
}

async function accept(controller: Controller): Promise<void> {
  const { overlay } = controller.state;
  close(controller);
  if (overlay?.kind === 'preview') await runLine(controller, overlay.line);
}

async function submit(controller: Controller): Promise<void> {
  const { overlay } = controller.state;
  if (overlay?.kind === 'form') await submitForm(controller, overlay.form);
}

/** Enter moves to the next input. On the last one, it attaches the handler. */
async function enterForm(controller: Controller): Promise<void> {
  const { overlay } = controller.state;
  if (overlay?.kind !== 'form') return;
  const isLast = overlay.form.index >= overlay.form.fields.length - 1;
  if (isLast) await submit(controller);
  else changeForm((form) => moveField(form, 1))(controller);
}

const hasChoices = ({ overlay }: State): boolean => overlay?.kind === 'form' && isChosen(overlay.form);

/** Keys that work while an overlay is open. */
export const overlayKeys: readonly Binding[] = [
  {
    keys: ['escape'],
    modes: ['picker', 'form', 'help', 'preview'],
    shown: 'Esc',
    help: 'close',
    run: close,
  },
  { keys: ['enter'], modes: ['picker'], shown: 'Enter', help: 'choose', run: choose },
  { keys: ['up'], modes: ['picker'], shown: '↑', help: 'previous item', run: movePick(-1) },
  { keys: ['down'], modes: ['picker'], shown: '↓', help: 'next item', run: movePick(1) },
  { keys: ['enter'], modes: ['preview'], shown: 'Enter', help: 'run the command', run: accept },
  {
    keys: ['enter'],
    modes: ['form'],
    shown: 'Enter',
    help: 'next field; on the last one, attach',
    run: enterForm,
  },
  { keys: ['ctrl+s'], modes: ['form'], shown: 'Ctrl+S', help: 'attach', run: submit },
  {
    keys: ['tab', 'down'],
    modes: ['form'],
    shown: 'Tab or ↓',
    help: 'next field',
    run: changeForm((form) => moveField(form, 1)),
  },
  {
    keys: ['shift+tab', 'up'],
    modes: ['form'],
    shown: 'Shift+Tab or ↑',
    help: 'previous field',
    run: changeForm((form) => moveField(form, -1)),
  },
  {
    keys: ['right', ' '],
    modes: ['form'],
    shown: '→ or blank',
    help: 'next value',
    when: hasChoices,
    run: changeForm((form) => cycleChoice(form, 1)),
  },
  {
    keys: ['left'],
    modes: ['form'],
    shown: '←',
    help: 'previous value',
    when: hasChoices,
    run: changeForm((form) => cycleChoice(form, -1)),
  },
  { keys: ['up'], modes: ['help'], shown: '↑', help: 'scroll up', run: scrollHelp(-1) },
  { keys: ['down'], modes: ['help'], shown: '↓', help: 'scroll down', run: scrollHelp(1) },
  { keys: ['pageup'], modes: ['help'], shown: 'PgUp', help: 'page up', run: scrollHelp(-10) },
  { keys: ['pagedown'], modes: ['help'], shown: 'PgDn', help: 'page down', run: scrollHelp(10) },
  { keys: ['q', '?'], modes: ['help'], shown: 'q', help: 'close', run: close },
];
