import { isExact, parseExactJson } from '../../base/exact-json.ts';
import type { FormFieldJson, HandlerFormJson } from '../../client/index.ts';
import { graphemes } from '../text/width.ts';
import { moveLine } from './editing.ts';
import { changed, clear, type Editor, editorOf, textOf } from './editor.ts';
import { problemOf } from './field-kind.ts';

/** One input of a form with its text. */
export interface Field {
  definition: FormFieldJson;
  editor: Editor;
  errors: readonly string[];
}

/** The form that attaches a handler to a bot, or changes an action. */
export interface Form {
  handler: { alias: string; name: string; description: string };
  botId: string;
  /** The action that is changed; null if one is attached. */
  actionId: string | null;
  botName: string;
  fields: readonly Field[];
  index: number;
  /** An error that belongs to no field. */
  problem: string | null;
}

/** What keeps the inputs of a form that was closed: one place for each handler of each bot. */
export const formKey = ({ handler, botId, actionId }: Form): string =>
  `${botId} ${actionId ?? handler.alias}`;

/** Whether something was filled in. */
export const isFilled = ({ fields }: Form): boolean => fields.some(({ editor }) => editor.past.length > 0);

/** A form with the inputs of one that was closed, except those that are given anew. */
export const withKept = (form: Form, kept: Form, given: Record<string, unknown>): Form => ({
  ...form,
  fields: form.fields.map((field) => {
    const { name } = field.definition;
    const before = kept.fields.find(({ definition }) => definition.name === name);
    return before === undefined || name in given ? field : { ...field, editor: before.editor };
  }),
});

/** A form filled with the defaults. */
export const newForm = (
  { handler, fields }: HandlerFormJson,
  bot: { id: string; name: string },
  given: Record<string, unknown> = {},
  actionId: string | null = null,
): Form => ({
  handler,
  botId: bot.id,
  actionId,
  botName: bot.name,
  fields: fields.map((definition) => ({
    definition,
    editor: editorOf(textOfValue(given[definition.name] ?? definition.default)),
    errors: [],
  })),
  index: 0,
  problem: null,
});

/** A value as text of an input: one line for each item of a list. */
function textOfValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOfValue).join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value that was written as text. Lists are JSON there, and rows in the form. */
export function readText(text: string): unknown {
  const value = parsed(text);
  return Array.isArray(value) ? value : text;
}

/** Changes the focused input. What was wrong with its text is no longer said of another one. */
export const changeField = (form: Form, change: (editor: Editor) => Editor): Form => ({
  ...form,
  fields: form.fields.map((field, index) => {
    if (index !== form.index) return field;
    const editor = change(field.editor);
    const isSame = editor.characters === field.editor.characters;
    return { ...field, editor, errors: isSame ? field.errors : [] };
  }),
});

/** What is wrong with an input: what the server found, or what can be told here. */
export function errorsOf({ definition, editor, errors }: Field): readonly string[] {
  if (errors.length > 0) return errors;
  const problem = problemOf(definition, textOf(editor));
  return problem === undefined ? [] : [problem];
}

/** The form with its focus on the first input whose text cannot be right; undefined if there is none. */
export function withOwnErrors(form: Form): Form | undefined {
  const first = form.fields.findIndex(
    ({ definition, editor }) => problemOf(definition, textOf(editor)) !== undefined,
  );
  return first === -1 ? undefined : { ...form, index: first };
}

export const moveField = (form: Form, by: number): Form => ({
  ...form,
  index: (form.index + by + form.fields.length) % Math.max(1, form.fields.length),
});

/** Sets an input with fixed values to the next one; one that may be empty has that too. Others stay as they are. */
export function cycleChoice(form: Form, by: number): Form {
  const definition = form.fields[form.index]?.definition;
  const choices = choicesOf(definition);
  if (choices.length === 0) return form;
  const values = definition?.required ? choices : ['', ...choices];
  return changeField(form, (editor) => {
    const place = values.indexOf(textOf(editor));
    // Before any value is chosen, the one before is the last.
    const from = place === -1 && by < 0 ? 0 : place;
    return withText(editor, values[(from + by + values.length) % values.length] ?? '');
  });
}

/** Empties an input with fixed values that may be empty. */
export const emptyChoice = (form: Form): Form =>
  form.fields[form.index]?.definition.required ? form : changeField(form, clear);

const withText = (editor: Editor, text: string): Editor => {
  const characters = graphemes(text);
  return changed(editor, { characters, cursor: characters.length });
};

/** Moves from row to row in an input, and from its first and last one to the input before or behind it. */
export function moveRow(form: Form, by: 1 | -1): Form {
  const editor = form.fields[form.index]?.editor;
  const moved = editor && !isChosen(form) ? moveLine(editor, by) : undefined;
  return moved ? changeField(form, () => moved) : moveField(form, by);
}

/** The fixed values of an input; empty if it takes any. */
export function choicesOf(definition: FormFieldJson | undefined): readonly string[] {
  if (definition?.type === 'boolean') return ['true', 'false'];
  return definition?.choices ?? [];
}

/** Whether the focused input has fixed values. */
export const isChosen = (form: Form): boolean => choicesOf(form.fields[form.index]?.definition).length > 0;

/** The values to send. Empty inputs are omitted, so that the server reports those that are required. */
export function valuesOf(form: Form): Record<string, unknown> {
  const filled = form.fields.filter(({ editor }) => textOf(editor).trim() !== '');
  return Object.fromEntries(
    filled.map(({ definition: { name, type }, editor }) => [name, readers[type](textOf(editor))]),
  );
}

/** Parsers for the text of an input, by type. The server validates what they cannot parse. */
const readers: Record<FormFieldJson['type'], (text: string) => unknown> = {
  text: (text) => text,
  choice: (text) => text,
  boolean: (text) => ({ true: true, false: false })[text] ?? text,
  number: (text) => (/^-?\d+(\.\d+)?$/.test(text.trim()) && isExact(text.trim()) ? Number(text) : text),
  list: (text) => text.split('\n').filter((item) => item.trim() !== ''),
  json: (text) => parsed(text),
};

/** Parses JSON. Other text is returned unchanged, and the server reports the error. */
function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

/** Puts the server's errors next to the inputs: `replies.0` belongs to `replies`. */
export function withErrors(form: Form, message: string, errors: Record<string, string[]>): Form {
  const names = new Set(form.fields.map(({ definition }) => definition.name));
  const own = Object.entries(errors).map(
    ([path, messages]) => [path.split('.')[0] ?? path, messages] as const,
  );
  const fields = form.fields.map((field) => ({
    ...field,
    errors: own.filter(([name]) => name === field.definition.name).flatMap(([, messages]) => messages),
  }));
  const unmatched = own.filter(([name]) => !names.has(name)).flatMap(([, messages]) => messages);
  const first = fields.findIndex((field) => field.errors.length > 0);
  const problem = Object.keys(errors).length === 0 ? message : unmatched.join(' ') || null;
  return { ...form, fields, index: first === -1 ? form.index : first, problem };
}
