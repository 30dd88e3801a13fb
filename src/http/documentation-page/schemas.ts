import type { Schema, Schemas } from './open-api.ts';

const prefix = '#/components/schemas/';

/** The name of the schema that a reference points to. Undefined for an inline schema. */
const nameOf = ({ $ref }: Schema): string | undefined =>
  $ref?.startsWith(prefix) ? $ref.slice(prefix.length) : undefined;

/** Follows references. A broken or circular one returns a schema that allows everything. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  const seen = new Set<Schema>();
  let found = schema;
  while (found.$ref !== undefined) {
    if (seen.has(found)) return {};
    seen.add(found);
    found = schemas[nameOf(found) ?? ''] ?? {};
  }
  return found;
}

const alternativesOf = ({ anyOf = [], oneOf = [] }: Schema): readonly Schema[] => [...anyOf, ...oneOf];

/** The schema of values with arbitrary names. Undefined if there are none, or if it is not described. */
const freeValues = ({ additionalProperties }: Schema): Schema | undefined =>
  typeof additionalProperties === 'object' ? additionalProperties : undefined;

/**
 * Describes the type of a value in a few words.
 *
 * @example typeOf({ anyOf: [{ type: 'array', items: { $ref: '#/components/schemas/Bot' } }, { type: 'null' }] })
 * // 'array of Bot or null'
 */
export function typeOf(schema: Schema): string {
  const name = nameOf(schema);
  if (name !== undefined) return name;
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return unique(alternatives.map(typeOf)).join(' or ');
  if (schema.allOf) return unique(schema.allOf.map(typeOf)).join(' and ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const { type } = schema;
  if (type === 'array') return schema.items ? `array of ${typeOf(schema.items)}` : 'array';
  if (type === 'object') return objectType(schema);
  if (type === undefined) return 'anything';
  return typeof type === 'string' ? type : type.join(' or ');
}

function objectType(schema: Schema): string {
  const values = freeValues(schema);
  return schema.properties || !values ? 'object' : `object with values of ${typeOf(values)}`;
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** The rules for a value besides its type, one per line. */
export function rulesOf(schema: Schema): string[] {
  const { enum: values, format, pattern, items } = schema;
  return [
    ...(values ? [`One of ${values.map((value) => JSON.stringify(value)).join(', ')}`] : []),
    ...range('Length', schema.minLength, schema.maxLength),
    ...range('Items', schema.minItems, schema.maxItems),
    ...range('Value', safe(schema.minimum), safe(schema.maximum)),
    ...(schema.exclusiveMinimum === undefined ? [] : [`Value: more than ${schema.exclusiveMinimum}`]),
    ...(schema.exclusiveMaximum === undefined ? [] : [`Value: less than ${schema.exclusiveMaximum}`]),
    ...(format ? [`Format: ${format}`] : []),
    // Zod writes the pattern of a format as well.
    ...(pattern && !format ? [`Pattern: ${pattern}`] : []),
    ...(schema.default === undefined ? [] : [`Default: ${JSON.stringify(schema.default)}`]),
    ...(schema.properties && freeValues(schema) ? ['Other fields are allowed'] : []),
    ...(items ? rulesOf(items).map((rule) => `Each item: ${rule}`) : []),
    ...unique(alternativesOf(schema).flatMap(rulesOf)),
  ];
}

/** Drops the bounds of safe integers: every integer has them, so they are of no use to readers. */
const safe = (bound: number | undefined): number | undefined =>
  bound !== undefined && Number.isSafeInteger(bound - 1) && Number.isSafeInteger(bound + 1)
    ? bound
    : undefined;

function range(what: string, min: number | undefined, max: number | undefined): string[] {
  if (min === undefined) return max === undefined ? [] : [`${what}: at most ${max}`];
  if (max === undefined) return [`${what}: at least ${min}`];
  return [`${what}: ${min === max ? min : `${min} to ${max}`}`];
}

/** An object whose fields can be shown. */
export interface ObjectShape {
  /** Undefined for an inline object. */
  name: string | undefined;
  properties: Readonly<Record<string, Schema>>;
  required: readonly string[];
}

/** The objects in a value, through references, alternatives, lists and maps but not through fields. */
export function objectsIn(
  schema: Schema,
  schemas: Schemas,
  above: ReadonlySet<Schema> = new Set(),
): ObjectShape[] {
  const found = resolve(schema, schemas);
  if (above.has(found)) return [];
  const seen = new Set(above).add(found);
  const { properties, required = [], items, allOf = [] } = found;
  if (properties) return [{ name: nameOf(schema), properties, required }];
  const inner = [...alternativesOf(found), ...allOf, items, freeValues(found)];
  return inner.flatMap((one) => (one ? objectsIn(one, schemas, seen) : []));
}
