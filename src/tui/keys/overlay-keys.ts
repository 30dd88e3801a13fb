import { closeForm, submitForm } from '../actions/attaching.ts';
import { runLine } from '../actions/run-line.ts';
import type { Controller } from '../controller.ts';
import { textOf } from '../state/editor.ts';
import { cycleChoice, emptyChoice, type Form, isChosen, moveField, moveRow } from '../state/form.ts';
import { matches, type Overlay } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import { begin } from '../state/unsent.ts';
import { sheetSize } from '../view/sizes.ts';
import { pickerRows } from '../view/window.ts';
import type { Binding } from './binding.ts';

/** Closes the overlay. A form keeps what was filled in. */
function close(controller: Controller): void {
  const { overlay } = controller.state;
  if (overlay?.kind === 'form') closeForm(controller, overlay.form);
  else controller.store.set({ overlay: null });
}

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

/** Moves the cursor of a list by so many choices, which may depend on how many are shown. */
const movePick =
  (by: number | ((rows: number) => number)) =>
  (controller: Controller): void => {
    const rows = pickerRows(sheetSize(controller.state).height);
    changeOverlay('picker', (picker) => {
      const count = matches(picker, textOf(picker.query)).length;
      const to = picker.index + (typeof by === 'number' ? by : by(rows));
      return { ...picker, index: Math.max(0, Math.min(count - 1, to)) };
    })(controller);
  };

/** Runs the chosen line. A command that needs more arguments is put into the prompt instead. */
async function choose(controller: Controller): Promise<void> {
  const { overlay } = controller.state;
  if (overlay?.kind !== 'picker') return;
  const choice = matches(overlay, textOf(overlay.query))[overlay.index];
  if (choice === undefined) return;
  close(controller);
  if (choice.run) await choice.run(controller);
  else if (choice.isIncomplete) controller.store.update((state) => begin(state, `${choice.line} `));
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

/** Keys that work while a list, a form or a question is open. The hints have them in this order. */
export const overlayKeys: readonly Binding[] = [
  { keys: ['up'], modes: ['picker'], shown: '↑', help: 'previous item', hint: 'choose', run: movePick(-1) },
  { keys: ['down'], modes: ['picker'], shown: '↓', help: 'next item', hint: 'choose', run: movePick(1) },
  { keys: ['enter'], modes: ['picker'], shown: 'Enter', help: 'take it', hint: 'choose', run: choose },
  {
    keys: ['enter', 'y'],
    modes: ['preview'],
    shown: 'Enter or y',
    help: 'run the command',
    hint: 'run it',
    run: accept,
  },
  {
    keys: ['ctrl+s'],
    modes: ['form'],
    shown: 'Ctrl+S',
    help: 'attach',
    hint: 'attach',
    when: ({ overlay }) => overlay?.kind === 'form' && overlay.form.actionId === null,
    run: submit,
  },
  {
    keys: ['ctrl+s'],
    modes: ['form'],
    shown: 'Ctrl+S',
    help: 'change the action',
    hint: 'save',
    when: ({ overlay }) => overlay?.kind === 'form' && overlay.form.actionId !== null,
    run: submit,
  },
  { keys: ['escape'], modes: ['picker'], shown: 'Esc', help: 'close', hint: 'close', run: close },
  {
    keys: ['escape'],
    modes: ['form'],
    shown: 'Esc',
    help: 'close; what is filled in is kept',
    hint: 'cancel',
    run: close,
  },
  { keys: ['escape'], modes: ['preview'], shown: 'Esc', help: 'close', hint: 'cancel', run: close },
  {
    keys: ['pageup'],
    modes: ['picker'],
    shown: 'PgUp',
    help: 'a page up',
    run: movePick((rows) => 1 - rows),
  },
  {
    keys: ['pagedown'],
    modes: ['picker'],
    shown: 'PgDn',
    help: 'a page down',
    run: movePick((rows) => rows - 1),
  },
  {
    keys: ['home'],
    modes: ['picker'],
    shown: 'Home',
    help: 'first item',
    run: movePick(Number.NEGATIVE_INFINITY),
  },
  {
    keys: ['end'],
    modes: ['picker'],
    shown: 'End',
    help: 'last item',
    run: movePick(Number.POSITIVE_INFINITY),
  },
  {
    keys: ['enter'],
    modes: ['form'],
    shown: 'Enter',
    help: 'next field; on the last one, done',
    run: enterForm,
  },
  {
    keys: ['tab'],
    modes: ['form'],
    shown: 'Tab',
    help: 'next field',
    hint: 'next',
    run: changeForm((form) => moveField(form, 1)),
  },
  {
    keys: ['shift+tab'],
    modes: ['form'],
    shown: 'Shift+Tab',
    help: 'previous field',
    run: changeForm((form) => moveField(form, -1)),
  },
  {
    keys: ['left'],
    modes: ['form'],
    shown: '←',
    help: 'previous value',
    hint: 'change',
    when: hasChoices,
    run: changeForm((form) => cycleChoice(form, -1)),
  },
  {
    keys: ['right', ' '],
    modes: ['form'],
    shown: '→ or blank',
    help: 'next value',
    hint: 'change',
    when: hasChoices,
    run: changeForm((form) => cycleChoice(form, 1)),
  },
  {
    keys: ['backspace', 'delete'],
    modes: ['form'],
    shown: 'Backspace',
    help: 'no value, if it may be empty',
    when: hasChoices,
    run: changeForm(emptyChoice),
  },
  {
    keys: ['up'],
    modes: ['form'],
    shown: '↑',
    help: 'previous line, or previous field',
    run: changeForm((form) => moveRow(form, -1)),
  },
  {
    keys: ['down'],
    modes: ['form'],
    shown: '↓',
    help: 'next line, or next field',
    run: changeForm((form) => moveRow(form, 1)),
  },
];
