import { hintOf } from '../keys/hints.ts';
import { keymap } from '../keys/keymap.ts';
import { textOf } from '../state/editor.ts';
import { kindOf } from '../state/field-kind.ts';
import { choicesOf, errorsOf, type Field, type Form } from '../state/form.ts';
import { matches, type Overlay, type Picker, type PickerChoice } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import { type Line, line, lines, lineWidth } from '../text/line.ts';
import { padded, safe, safeLine, widthOf } from '../text/width.ts';
import { editorLines, windowAround } from './editor-lines.ts';
import { helpLines } from './help-lines.ts';
import { pickerRows, windowOf } from './window.ts';

/** An overlay as a title, lines, and a hint about its keys. */
export interface Sheet {
  title: string;
  lines: Line[];
  /** The place of the choice or the field in each of the lines, for the mouse. */
  items: ReadonlyArray<number | undefined>;
  hint: string;
}

/** The sheet of an overlay in a space of this size. */
export function sheetOf(state: State, overlay: Overlay, width: number, height: number): Sheet {
  switch (overlay.kind) {
    case 'help':
      return helpSheet(state, overlay.top, width, height);
    case 'picker':
      return pickerSheet(state, overlay, width, height);
    case 'form':
      return formSheet(state, overlay.form, width, height);
    case 'preview': {
      const rows = overlay.rows.flatMap((row) => lines(safe(row), width));
      return { title: overlay.title, lines: rows, items: [], hint: hintOf(state, width) };
    }
  }
}

function helpSheet(state: State, top: number, width: number, height: number): Sheet {
  const all = helpLines(state, keymap, width);
  const start = Math.min(top, Math.max(0, all.length - height));
  const shown = all.slice(start, start + height);
  return { title: 'Help', lines: shown, items: [], hint: hintOf(state, width) };
}

function pickerSheet(state: State, picker: Picker, width: number, height: number): Sheet {
  const choices = matches(picker, textOf(picker.query));
  const { top, size, above, below } = windowOf(choices.length, picker.index, pickerRows(height));
  const labels = Math.min(
    Math.floor(width / 2),
    Math.max(8, ...choices.map(({ label }) => widthOf(safeLine(label)))) + 2,
  );
  const rows = choices
    .slice(top, top + size)
    .map((choice, place) => choiceLine(choice, labels, top + place === picker.index));
  // Without room for rows that tell what is hidden, the place among all is told.
  const isCut = choices.length > size && above + below === 0;
  const place = isCut ? ` ${picker.index + 1}/${choices.length}` : '';
  const lead: Line = [{ text: '› ', style: 'key' }];
  const [query] = editorLines(picker.query, true, 1);
  const typed = query ? windowAround(query, width - lineWidth(lead) - place.length) : [];
  return {
    title: picker.title,
    lines: [
      [...lead, ...typed, { text: place, style: 'faint' }],
      line(''),
      ...(above > 0 ? [line(`  ↑ ${above} more above`, 'faint')] : []),
      ...rows,
      ...(below > 0 ? [line(`  ↓ ${below} more below`, 'faint')] : []),
      ...(choices.length === 0 ? [line('  Nothing fits.', 'faint')] : []),
    ],
    items: [...Array(above > 0 ? 3 : 2).fill(undefined), ...rows.map((_, place) => top + place)],
    hint: withHint('type to search', state, width),
  };
}

const choiceLine = ({ label, detail }: PickerChoice, labels: number, isChosen: boolean): Line => [
  {
    text: `${isChosen ? '▸' : ' '} ${padded(safeLine(label), labels)}`,
    style: isChosen ? 'chosen' : 'plain',
  },
  { text: ` ${safeLine(detail)}`, style: 'faint' },
];

/** The keys that work, behind words that are no key if there is room for them. */
function withHint(words: string, state: State, width: number): string {
  const hint = hintOf(state, width);
  return words.length + 3 + hint.length <= width ? `${words} · ${hint}` : hint;
}

function formSheet(state: State, form: Form, width: number, height: number): Sheet {
  const intro = [...lines(safe(form.handler.description), width, 'faint'), line('')];
  const blocks = form.fields.map((field, place) => fieldLines(field, place === form.index, width));
  const problem = form.problem === null ? [] : lines(safe(form.problem), width, 'bad', '! ');
  const before = [...intro, ...blocks.slice(0, form.index + 1).flat()].length;
  const all = [...intro, ...blocks.flat(), ...problem];
  const items = [...intro.map(() => undefined), ...blocks.flatMap((rows, place) => rows.map(() => place))];
  const top = Math.max(0, Math.min(before - height, all.length - height));
  return {
    title: titleOf(form),
    lines: all.slice(top, top + height),
    items: items.slice(top, top + height),
    hint: hintOf(state, width),
  };
}

const titleOf = ({ actionId, handler, botName }: Form): string => {
  const [verb, preposition] = actionId === null ? ['Attach', 'to'] : ['Change', 'of'];
  return `${verb} ${safeLine(handler.name)} ${preposition} ${safeLine(botName)}`;
};

const labelWidth = 16;

/** One input: its name and value, and below them what is wrong and, with the focus, what it takes. */
function fieldLines(field: Field, isFocused: boolean, width: number): Line[] {
  const { definition } = field;
  const { name, required, description } = definition;
  const label = `${isFocused ? '▸ ' : '  '}${padded(`${name}${required ? ' *' : ''}`, labelWidth)} `;
  const blank = ' '.repeat(label.length);
  const rows = valueLines(field, isFocused, width - blank.length).map(
    (spans, place): Line => [
      { text: place === 0 ? label : blank, style: isFocused ? 'strong' : 'plain' },
      ...spans,
    ],
  );
  // A narrow window has no room for words below the value alone.
  const indent = width < 60 ? '    ' : blank;
  const words = [kindOf(definition), ...(description === null ? [] : [description])];
  const help = isFocused ? words.flatMap((text) => lines(safe(text), width, 'faint', indent)) : [];
  const errors = errorsOf(field).flatMap((error) => lines(safe(error), width, 'bad', `${indent}! `));
  return [...rows, ...errors, ...help];
}

function valueLines({ definition, editor }: Field, isFocused: boolean, width: number): Line[] {
  if (choicesOf(definition).length === 0)
    return editorLines(editor, isFocused).map((text) => windowAround(text, width));
  const text = textOf(editor);
  return [isFocused ? line(`‹ ${text || '…'} ›`, 'chosen') : line(text)];
}
