import { usageOf } from '../../simulate/command.ts';
import { commands } from '../../simulate/table.ts';
import { workingKeys } from '../keys/press.ts';
import { textOf } from '../state/editor.ts';
import { choicesOf, type Field, type Form } from '../state/form.ts';
import { matches, type Overlay, type Picker } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import { type Line, line, lines, lineWidth } from '../text/line.ts';
import { padded, safe, safeLine, widthOf } from '../text/width.ts';
import { editorLines, windowAround } from './editor-lines.ts';

/** An overlay as a title, lines, and a hint about its keys. */
export interface Sheet {
  title: string;
  lines: Line[];
  hint: string;
}

/** The sheet of an overlay in a space of this size. */
export function sheetOf(state: State, overlay: Overlay, width: number, height: number): Sheet {
  switch (overlay.kind) {
    case 'help':
      return helpSheet(state, overlay.top, width, height);
    case 'picker':
      return pickerSheet(overlay, width, height);
    case 'form':
      return formSheet(overlay.form, width, height);
    case 'preview': {
      const rows = overlay.rows.flatMap((row) => lines(safe(row), width));
      return { title: overlay.title, lines: rows, hint: 'Enter: run it · Esc: cancel' };
    }
  }
}

function helpSheet(state: State, top: number, width: number, height: number): Sheet {
  const keys = workingKeys({ ...state, overlay: null }).map(({ shown, help }) =>
    helpLine(shown, 16, help, width),
  );
  const doings = commands.map((command) => helpLine(usageOf(command), 24, command.summary, width));
  const all: Line[] = [
    line('Keys that work now', 'strong'),
    ...keys,
    line(''),
    line('Commands', 'strong'),
    ...doings,
  ];
  const start = Math.min(top, Math.max(0, all.length - height));
  const hint = all.length > height ? '↑ ↓: scroll · Esc: close' : 'Esc: close';
  return { title: 'Help', lines: all.slice(start, start + height), hint };
}

const helpLine = (key: string, width: number, text: string, room: number): Line => [
  { text: `  ${padded(key, Math.min(width, Math.floor(room / 2)))} `, style: 'key' },
  { text },
];

function pickerSheet(picker: Picker, width: number, height: number): Sheet {
  const choices = matches(picker, textOf(picker.query));
  const room = Math.max(1, height - 2);
  const top = Math.max(0, Math.min(picker.index - room + 1, choices.length - room));
  const labels = Math.min(
    Math.floor(width / 2),
    Math.max(8, ...choices.map(({ label }) => widthOf(safeLine(label)))) + 2,
  );
  const rows = choices.slice(top, top + room).map(({ label, detail }, place): Line => {
    const isChosen = top + place === picker.index;
    return [
      {
        text: `${isChosen ? '▸' : ' '} ${padded(safeLine(label), labels)}`,
        style: isChosen ? 'chosen' : 'plain',
      },
      { text: ` ${safeLine(detail)}`, style: 'faint' },
    ];
  });
  const lead: Line = [{ text: '› ', style: 'key' }];
  const [query] = editorLines(picker.query, true, 1);
  const none = choices.length === 0 ? [line('  Nothing fits.', 'faint')] : [];
  return {
    title: picker.title,
    lines: [
      [...lead, ...(query ? windowAround(query, width - lineWidth(lead)) : [])],
      line(''),
      ...rows,
      ...none,
    ],
    hint: 'type to search · ↑ ↓ Enter: choose · Esc: close',
  };
}

function formSheet(form: Form, width: number, height: number): Sheet {
  const intro = [...lines(safe(form.handler.description), width, 'faint'), line('')];
  const blocks = form.fields.map((field, place) => fieldLines(field, place === form.index, width));
  const problem = form.problem === null ? [] : lines(safe(form.problem), width, 'bad', '! ');
  const before = [...intro, ...blocks.slice(0, form.index + 1).flat()].length;
  const all = [...intro, ...blocks.flat(), ...problem];
  const top = Math.max(0, Math.min(before - height, all.length - height));
  return {
    title: `Attach ${safeLine(form.handler.name)} to ${safeLine(form.botName)}`,
    lines: all.slice(top, top + height),
    hint: hintOf(form.fields[form.index]),
  };
}

function hintOf(field: Field | undefined): string {
  const isList = field?.definition.type === 'list';
  const isChoice = choicesOf(field?.definition).length > 0;
  const own = isList ? 'Alt+Enter: add an item · ' : isChoice ? '← →: change · ' : '';
  return `${own}Tab: next · Ctrl+S: attach · Esc: cancel`;
}

const labelWidth = 16;

/** One input: its name, its value, and its errors. */
function fieldLines({ definition, editor, errors }: Field, isFocused: boolean, width: number): Line[] {
  const { name, required, description } = definition;
  const label = `${isFocused ? '▸ ' : '  '}${padded(`${name}${required ? ' *' : ''}`, labelWidth)} `;
  const blank = ' '.repeat(labelWidth + 3);
  const isChoice = choicesOf(definition).length > 0;
  const values = isChoice
    ? [
        [
          {
            text: isFocused ? `‹ ${textOf(editor) || '…'} ›` : textOf(editor),
            style: isFocused ? 'chosen' : 'plain',
          } as const,
        ],
      ]
    : editorLines(editor, isFocused).map((text) => windowAround(text, width - blank.length));
  const rows = values.map(
    (spans, place): Line => [
      { text: place === 0 ? label : blank, style: isFocused ? 'strong' : 'plain' },
      ...spans,
    ],
  );
  const help = isFocused && description !== null ? lines(safe(description), width, 'faint', blank) : [];
  return [...rows, ...help, ...errors.flatMap((error) => lines(safe(error), width, 'bad', `${blank}! `))];
}
