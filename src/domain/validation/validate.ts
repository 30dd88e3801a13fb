import { z } from 'zod';
import { type FieldErrors, messageOf } from '../../base/errors.ts';
import { isRecord } from '../../base/is-record.ts';
import { coerceInput, isMissing } from './coerce.ts';
import { type Fault, faultOf, fieldPath, markIssue, plainIssues } from './faults.ts';

export { isMissing } from './coerce.ts';

/** The result of `validateFields`: every field that has a value, or the errors by field. */
export type Validated = { values: Record<string, unknown> } | { errors: FieldErrors };

/** An author's messages by `field.rule`, with `*` for list positions. */
export type Messages = Readonly<Record<string, string>>;

type FieldFaults = ReadonlyMap<string, readonly Fault[]>;
type Checked = { value: unknown } | { faults: FieldFaults };

/** How many fields are reported, so that a list of a hundred thousand wrong items gets a bounded answer. */
const maxErrors = 1_000;

/**
 * Checks input against the fields of a zod raw shape, with messages like the original's.
 *
 * @param shape The fields and their zod 4 schemas; input is converted first (see `coerceInput`).
 * @param input Anything; what is not an object counts as one without fields. It is never changed.
 * @param messages The author's messages by `field.rule`: `'replies.required'`, `'replies.*.string'`,
 *   `'replies.*'`.
 * @returns The fields that have a value, without unknown ones; or the errors by field, in the shape's order.
 * @throws Error where a field's rule is not a zod schema or is asynchronous; what an author's check throws.
 * @example validateFields({ limit: z.int() }, {}) // { errors: { limit: ['The limit field is required.'] } }
 */
export function validateFields(shape: z.ZodRawShape, input: unknown, messages: Messages = {}): Validated {
  const given = isRecord(input) ? input : {};
  const values: [string, unknown][] = [];
  const errors: [string, string[]][] = [];
  for (const [field, schema] of Object.entries(shape)) {
    const checked = checkField(field, schema, Object.hasOwn(given, field) ? given[field] : undefined);
    if ('faults' in checked) errors.push(...errorsOfFaults(checked.faults, messages));
    else if (checked.value !== undefined) values.push([field, checked.value]);
  }
  return errors.length > 0
    ? { errors: Object.fromEntries(errors.slice(0, maxErrors)) }
    : { values: Object.fromEntries(values) };
}

function checkField(field: string, schema: z.core.$ZodType, input: unknown): Checked {
  if (!(schema instanceof z.core.$ZodType)) throw new Error(notASchema(field));
  try {
    return parseField(field, schema, input);
  } catch (cause) {
    const message = messageOf(cause);
    if (message.startsWith('Encountered Promise')) throw new Error(asynchronous(field), { cause });
    if (message.startsWith('Maximum call stack')) return tooDeep(field);
    throw cause;
  }
}

const notASchema = (field: string): string =>
  `The rule of the field "${field}" is not a zod 4 schema, so nothing can be checked by it. ` +
  'Return a plain object of schemas, for example { replies: z.array(z.string()) }.';

const asynchronous = (field: string): string =>
  `The rule of the field "${field}" uses an asynchronous check. Rules are checked synchronously, so its answer ` +
  'would come too late. Make the check synchronous, or do it later, when the handler runs.';

const tooDeep = (field: string): Checked => ({
  faults: new Map([
    [field, [{ rule: 'depth', message: `The ${field.replaceAll('_', ' ')} field is nested too deeply.` }]],
  ]),
});

function parseField(field: string, schema: z.core.$ZodType, input: unknown): Checked {
  const value = coerceInput(schema, input);
  // Zod also reads inherited fields. Without a prototype, a field `constructor` can be absent.
  const given = value === undefined ? { __proto__: null } : { __proto__: null, [field]: value };
  const result = z.safeParse(objectOf(field, schema), given, { error: markIssue, jitless: true });
  if (!result.success) return { faults: groupFaults(result.error.issues, given) };
  return { value: Object.hasOwn(result.data, field) ? result.data[field] : undefined };
}

const objects = new WeakMap<z.core.$ZodType, Map<string, z.ZodObject>>();

/**
 * The schema of an object with this one field, since only there zod distinguishes absent from undefined. It is kept:
 * making one takes longer than checking with it.
 */
function objectOf(field: string, schema: z.core.$ZodType): z.ZodObject {
  const known = objects.get(schema) ?? new Map<string, z.ZodObject>();
  const object = known.get(field) ?? z.object({ [field]: schema });
  objects.set(schema, known.set(field, object));
  return object;
}

function groupFaults(issues: readonly z.core.$ZodIssue[], given: unknown): FieldFaults {
  const faults = new Map<string, Fault[]>();
  for (const issue of issues.flatMap(plainIssues)) {
    const path = fieldPath(issue.path);
    const found = faults.get(path) ?? [];
    found.push(faultOf(issue, isAbsent(issue, given), isInexact(issue, given)));
    faults.set(path, found);
  }
  return faults;
}

/** Whether a number was expected and the text given would lose precision. */
function isInexact(issue: z.core.$ZodIssue, given: unknown): boolean {
  const value = valueAt(given, issue.path);
  const wantsNumber = issue.code === 'invalid_type' && ['number', 'int'].includes(issue.expected);
  return wantsNumber && typeof value === 'string' && /^\s*[+-]?\d{16,}\s*$/.test(value);
}

/** As in the original, an empty list counts as missing wherever it is not allowed. */
function isAbsent(issue: z.core.$ZodIssue, given: unknown): boolean {
  if (issue.code === 'custom') return false;
  const value = valueAt(given, issue.path);
  return isMissing(value) || (Array.isArray(value) && value.length === 0);
}

function valueAt(given: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (key === undefined || typeof given !== 'object' || given === null) return given;
  return Object.hasOwn(given, key) ? valueAt(Reflect.get(given, key), rest) : undefined;
}

function errorsOfFaults(faults: FieldFaults, messages: Messages): [string, string[]][] {
  return [...faults].map(([path, all]) => {
    const missing = all.filter(({ rule }) => rule === 'required');
    const shown = missing.length > 0 ? missing.slice(0, 1) : all;
    return [
      path,
      [...new Set(shown.map((fault) => messageFor(path, fault.rule, messages) ?? fault.message))],
    ];
  });
}

/** The author's message, from the most specific key to a rule alone. */
function messageFor(path: string, rule: string, messages: Messages): string | undefined {
  const names = [`${path}.${rule}`, path];
  const wild = names.map((name) => Object.keys(messages).find((key) => matchesWild(key, name)));
  const found = [...names, ...wild, rule].find((key) => key !== undefined && Object.hasOwn(messages, key));
  return found === undefined ? undefined : messages[found];
}

/** `*` matches any one part of a name: a list position, a field, and in the last place also a rule. */
function matchesWild(pattern: string, name: string): boolean {
  const parts = name.split('.');
  const wanted = pattern.split('.');
  return wanted.length === parts.length && wanted.every((want, at) => want === '*' || want === parts[at]);
}
