import { z } from 'zod';
import { isExact } from '../../base/exact-json.ts';
import { isRecord } from '../../base/is-record.ts';
import { trim } from '../text.ts';

type Schema = z.core.$ZodType;

/** The definition of any zod type. Read by shape, because an author may use another copy of zod. */
interface Definition extends z.core.$ZodTypeDef {
  readonly format?: string;
  readonly coerce?: boolean;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly left?: Schema;
  readonly right?: Schema;
  readonly getter?: () => Schema;
  readonly options?: readonly Schema[];
  readonly discriminator?: string;
  readonly element?: Schema;
  readonly items?: readonly Schema[];
  readonly rest?: Schema | null;
  readonly valueType?: Schema;
  readonly shape?: z.core.$ZodShape;
  readonly catchall?: Schema | undefined;
}

/** What `z.int()` and the check in `z.number().int()` have in common. */
interface NumberFormat {
  readonly check?: string;
  readonly format?: string;
  readonly checks?: readonly z.core.$ZodCheck<never>[];
}

type Coercer = (value: unknown, definition: Definition, schema: Schema) => unknown;

const wholeText = /^[+-]?(?:0|[1-9]\d*)$/;
const decimalText = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)$/;
const booleans = new Map<unknown, boolean>([
  [1, true],
  ['1', true],
  [0, false],
  ['0', false],
]);
const nullableTypes = new Set(['null', 'nullable', 'any', 'unknown']);

/**
 * Stands for a missing text. `z.coerce.string()` would turn an undefined list item into the text "undefined".
 */
const noText: unknown = Object.freeze(Object.create(null));

/**
 * Whether a value counts as missing: undefined, null, an empty text or only white space.
 *
 * @example isMissing(' ') // true; isMissing(0) and isMissing([]) are false
 */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === noText || isBlank(value);
}

const isBlank = (value: unknown): boolean => typeof value === 'string' && trim(value) === '';

/**
 * Whether a number schema, or a check on one, allows only whole numbers.
 *
 * @example isWhole(z.number().int()) // true
 */
export function isWhole(schema: Schema | z.core.$ZodCheck): boolean {
  const { format, checks = [] }: NumberFormat = schema._zod.def;
  return (format?.includes('int') ?? false) || checks.some((check) => isWhole(check));
}

/**
 * Converts input to the types that a schema expects, as the original does.
 *
 * Numbers may be given as text, booleans as 1, 0, "1" or "0". Empty text, white space and null become
 * undefined (null where the schema accepts null). Values that cannot be converted are left for the schema to
 * reject.
 *
 * @param schema Any zod 4 schema; fields, items and options are converted by their own schemas.
 * @param value Any input; it is never changed.
 * @returns A value for `schema` to check. Throws what the schema's own functions throw (unions try their
 *   options).
 * @example coerceInput(z.object({ limit: z.int() }), { limit: ' 30 ' }) // { limit: 30 }
 */
export function coerceInput(schema: Schema, value: unknown): unknown {
  const definition: Definition = schema._zod.def;
  if (isMissing(value)) return missingFor(schema, definition, value);
  const coerce = coercers[definition.type];
  return coerce === undefined ? value : coerce(value, definition, schema);
}

function missingFor(schema: Schema, definition: Definition, value: unknown): unknown {
  if (accepts(schema, value)) return value;
  if (value !== undefined && accepts(schema, null)) return null;
  return definition.type === 'string' && definition.coerce ? noText : undefined;
}

/** Whether the author meant to accept this null or blank text: a literal, `nullable()`, a `preprocess`. */
function accepts(schema: Schema, value: unknown): boolean {
  const definition: Definition = schema._zod.def;
  if (definition.type === 'transform' || hasChoice(schema, value)) return true;
  if (value === null && nullableTypes.has(definition.type)) return true;
  return sameValueSchemas(definition).some((inner) => accepts(inner, value));
}

const hasChoice = (schema: Schema, value: unknown): boolean =>
  new Set<unknown>(schema._zod.values).has(value);

/** The inner schemas that receive the same value as the outer one. */
export function sameValueSchemas({
  innerType,
  in: input,
  left,
  getter,
  options,
}: Definition): readonly Schema[] {
  const inner = innerType ?? input ?? left ?? getter?.();
  return inner === undefined ? (options ?? []) : [inner];
}

function readNumber(value: unknown, pattern: RegExp): number | undefined {
  const text = typeof value === 'string' ? trim(value) : '';
  // "-0" means 0 to those who write it, and -0 would not survive JSON.
  return pattern.test(text) && isExact(text.replace(/^\+/, '')) ? Number(text) || 0 : undefined;
}

const coerceChoice: Coercer = (value, _definition, schema) => {
  if (hasChoice(schema, value)) return value;
  const readings = [readNumber(value, decimalText), booleans.get(value)];
  return readings.find((reading) => reading !== undefined && hasChoice(schema, reading)) ?? value;
};

const coerceInner: Coercer = (value, definition) => {
  const [inner] = sameValueSchemas(definition);
  return inner === undefined ? value : coerceInput(inner, value);
};

const coerceItems =
  (schemaAt: (definition: Definition, index: number) => Schema | null | undefined): Coercer =>
  (value, definition) => {
    if (!Array.isArray(value)) return value;
    return value.map((item, index) => coerceIf(schemaAt(definition, index), item));
  };

const coerceIf = (schema: Schema | null | undefined, value: unknown): unknown =>
  schema ? coerceInput(schema, value) : value;

const coerceObject: Coercer = (value, { shape = {}, catchall }) => {
  if (!isRecord(value)) return value;
  const schemaOf = (key: string) => (Object.hasOwn(shape, key) ? shape[key] : catchall);
  const fields = Object.entries(value).map(([key, field]) => [key, coerceIf(schemaOf(key), field)] as const);
  // Object.fromEntries defines fields instead of assigning them, so a field `__proto__` stays a field.
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined && field !== noText));
};

const coerceRecord: Coercer = (value, { valueType }) => {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, coerceIf(valueType, field)]));
};

const coerceBoth: Coercer = (value, { left, right }) => coerceIf(right, coerceIf(left, value));

/**
 * Uses the first option that fits without changing the value's type, otherwise the first that fits at all.
 */
const coerceUnion: Coercer = (value, definition) => {
  const options = likelyOptions(value, definition);
  const attempts: unknown[] = [];
  let firstFit: number | undefined;
  for (const option of options) {
    const coerced = coerceInput(option, value);
    // One candidate needs no trial: in a recursive schema, trials at every level would multiply.
    const fits = options.length === 1 || z.safeParse(option, coerced).success;
    if (fits && typeof coerced === typeof value) return coerced;
    if (fits) firstFit ??= attempts.length;
    attempts.push(coerced);
  }
  return firstFit === undefined
    ? (attempts.find((coerced) => coerced !== value) ?? value)
    : attempts[firstFit];
};

function likelyOptions(value: unknown, { options = [], discriminator }: Definition): readonly Schema[] {
  const possible = options.filter((option) => couldAccept(option, value));
  if (discriminator === undefined || !isRecord(value)) return possible;
  const kind = value[discriminator];
  return possible.filter(({ _zod: { propValues } }) =>
    new Set<unknown>(propValues?.[discriminator]).has(kind),
  );
}

/** Whether a schema could accept a value, judged by its type alone. */
export function couldAccept(schema: Schema, value: unknown): boolean {
  const definition: Definition = schema._zod.def;
  const inner = sameValueSchemas(definition);
  if (inner.length > 0) return inner.some((one) => couldAccept(one, value));
  return acceptedTypes[definition.type]?.(value) ?? true;
}

const isScalar = (value: unknown): boolean => typeof value !== 'object';

/** Which values each type could accept. Types that are not listed could accept any. */
const acceptedTypes: Partial<Record<Definition['type'], (value: unknown) => boolean>> = {
  array: Array.isArray,
  tuple: Array.isArray,
  object: isRecord,
  record: isRecord,
  string: isScalar,
  number: isScalar,
  boolean: isScalar,
  literal: isScalar,
  enum: isScalar,
  null: isScalar,
};

const coercers: Partial<Record<Definition['type'], Coercer>> = {
  number: (value, _definition, schema) =>
    readNumber(value, isWhole(schema) ? wholeText : decimalText) ?? value,
  boolean: (value) => booleans.get(value) ?? value,
  literal: coerceChoice,
  enum: coerceChoice,
  array: coerceItems(({ element }) => element),
  tuple: coerceItems(({ items, rest }, index) => items?.[index] ?? rest),
  object: coerceObject,
  record: coerceRecord,
  union: coerceUnion,
  intersection: coerceBoth,
  optional: coerceInner,
  nullable: coerceInner,
  nonoptional: coerceInner,
  default: coerceInner,
  prefault: coerceInner,
  catch: coerceInner,
  readonly: coerceInner,
  success: coerceInner,
  pipe: coerceInner,
  lazy: coerceInner,
};
