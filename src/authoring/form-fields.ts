import { z } from 'zod';
import { isRecord } from '../base/is-record.ts';
import type { FormField, FormLimits } from '../domain/form-field.ts';
import { matchMethods } from '../domain/match.ts';
import type { BotActionHandlerDTO } from './descriptions.ts';

/** The inputs for a handler's own `rules()`. */
export const ownFields = (rules: z.ZodRawShape): FormField[] =>
  Object.entries(rules).map(([name, rule]) => ownField(name, rule));

function ownField(name: string, rule: z.core.$ZodType): FormField {
  const { required = [], properties = {} } = jsonSchema(name, rule);
  const property = isRecord(properties[name]) ? properties[name] : {};
  const limits = limitsOf(withoutNull(property));
  return {
    name,
    ...typeOf(property),
    required: required.includes(name),
    default: property.default ?? null,
    description: typeof property.description === 'string' ? property.description : null,
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

/** A rule that JSON schema cannot express is described by its name alone. */
function jsonSchema(name: string, rule: z.core.$ZodType): z.core.JSONSchema.BaseSchema {
  try {
    return z.toJSONSchema(z.object({ [name]: rule }), { io: 'input', unrepresentable: 'any' });
  } catch {
    return { required: [name] };
  }
}

const simpleTypes: Record<string, FormField['type']> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

function typeOf(schema: Record<string, unknown>): Pick<FormField, 'type' | 'choices'> {
  const { enum: values, items } = schema;
  const type = [schema.type].flat().find((each) => each !== 'null');
  const choices = Array.isArray(values) && values.every((value) => typeof value === 'string') ? values : null;
  if (choices !== null) return { type: 'choice', choices };
  const only = withoutNull(schema);
  if (only !== schema) return typeOf(only);
  if (type === 'array' && isRecord(items) && items.type === 'string') return { type: 'list', choices: null };
  return { type: simpleTypes[String(type)] ?? 'json', choices: null };
}

/** The schema of a value that may also be null. */
function withoutNull(schema: Record<string, unknown>): Record<string, unknown> {
  const [only, ...others] = (Array.isArray(schema.anyOf) ? schema.anyOf : [])
    .filter(isRecord)
    .filter(isNoNull);
  return only !== undefined && others.length === 0 ? only : schema;
}

/** The limits of each type, as JSON Schema has them. */
function limitsOf(schema: Record<string, unknown>): FormLimits {
  const whole = schema.type === 'integer';
  const named = {
    min: schema.minLength ?? schema.minItems ?? schema.minimum,
    max: schema.maxLength ?? schema.maxItems ?? schema.maximum,
    above: schema.exclusiveMinimum,
    below: schema.exclusiveMaximum,
  };
  // Any whole number has the limits of what can be kept exactly.
  const numbers = Object.entries(named).filter(
    ([, value]) => typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER,
  );
  return {
    ...Object.fromEntries(numbers),
    ...(whole && { whole }),
    ...(typeof schema.format === 'string' && { format: schema.format }),
    ...shapeOf(schema),
  };
}

function shapeOf(schema: Record<string, unknown>): FormLimits {
  const { type } = schema;
  return (type === 'object' || type === 'array') && typeOf(schema).type === 'json' ? { shape: type } : {};
}

const isNoNull = (schema: Record<string, unknown>): boolean => schema.type !== 'null';

const field = (
  name: string,
  type: FormField['type'],
  fallback: unknown,
  more: Partial<FormField> = {},
): FormField => ({
  name,
  type,
  required: true,
  default: fallback,
  choices: null,
  description: null,
  ...more,
});

/** All inputs for attaching a handler: its match and triggers, its own fields, and the common ones. */
export function formFields(handler: BotActionHandlerDTO, own: readonly FormField[]): FormField[] {
  const match = field('match', 'choice', 'contains:caseless', { choices: [...matchMethods] });
  const triggers = field('triggers', 'list', null, {
    required: false,
    description: 'What it listens to. Not needed with the match "any".',
  });
  const choosesTriggers = handler.triggers === null && handler.matchMethod !== 'any';
  return [
    ...(handler.matchMethod === null ? [match] : []),
    ...(choosesTriggers ? [triggers] : []),
    ...own,
    field('cooldown', 'number', 0, {
      description: 'Seconds of cooldown after it has acted, 0 to 900.',
      limits: { min: 0, max: 900, whole: true },
    }),
    field('admin_only', 'boolean', false, { description: 'Acts only for admins of the group.' }),
    field('enabled', 'boolean', true),
  ];
}
