import { isExact, parseExactJson } from '../../base/exact-json.ts';
import type { FormFieldJson, HandlerFormJson } from '../../client/index.ts';
import { type Editor, editorOf, textOf } from './editor.ts';

/** One input of a form with its text. */
export interface Field {
  definition: FormFieldJson;
  editor: Editor;
  errors: readonly string[];
}

/** The form that attaches a handler to a bot. */
export interface Form {
  handler: { alias: string; name: string; description: string };
  botId: string;
  botName: string;
  fields: readonly Field[];
  index: number;
  /** An error that belongs to no field. */
  problem: string | null;
}

/** A form filled with the defaults. */
export const newForm = (
  { handler, fields }: HandlerFormJson,
  bot: { id: string; name: string },
  given: Record<string, unknown> = {},
): Form => ({
  handler,
  botId: bot.id,
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

/** Changes the focused input. */
export const changeField = (form: Form, change: (editor: Editor) => Editor): Form => ({
  ...form,
  fields: form.fields.map((field, index) =>
    index === form.index ? { ...field, editor: change(field.editor), errors: [] } : field,
  ),
});

export const moveField = (form: Form, by: number): Form => ({
  ...form,
  index: (form.index + by + form.fields.length) % Math.max(1, form.fields.length),
});

/** Sets an input with fixed values to the next one. Other inputs stay as they are. */
export function cycleChoice(form: Form, by: number): Form {
  const choices = choicesOf(form.fields[form.index]?.definition);
  if (choices.length === 0) return form;
  return changeField(form, (editor) => {
    const place = choices.indexOf(textOf(editor));
    // Before any value is chosen, the one before is the last.
    const from = place === -1 && by < 0 ? 0 : place;
    return editorOf(choices[(from + by + choices.length) % choices.length] ?? '');
  });
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
