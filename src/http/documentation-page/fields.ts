import { disclosure, element } from './elements.ts';
import type { Parameter, Schema, Schemas } from './open-api.ts';
import { type ObjectShape, objectsIn, rulesOf, typeOf } from './schemas.ts';

/** A value without a name: its type, its rules, and the fields of the objects that it contains. */
export function valueView(schema: Schema, schemas: Schemas): Node[] {
  const objects = objectsIn(schema, schemas);
  const heading = element('p', { class: 'value' }, element('span', { class: 'type' }, typeOf(schema)));
  const [only] = objects;
  const fields =
    only && objects.length === 1
      ? [fieldList(only, schemas)]
      : objects.map((one) => objectView(one, schemas));
  return [heading, ...notes(schema), ...fields];
}

/** The parameters of an operation. */
export const parameterList = (parameters: readonly Parameter[], schemas: Schemas): HTMLElement =>
  element(
    'ul',
    { class: 'fields' },
    ...parameters.map(({ name, in: place, required = false, description, schema = {} }) =>
      fieldView({ name, place, required }, description ? { ...schema, description } : schema, schemas),
    ),
  );

const fieldList = ({ properties, required }: ObjectShape, schemas: Schemas): HTMLElement =>
  element(
    'ul',
    { class: 'fields' },
    ...Object.entries(properties).map(([name, schema]) =>
      fieldView({ name, required: required.includes(name) }, schema, schemas),
    ),
  );

interface Field {
  name: string;
  required: boolean;
  /** Where a parameter is sent: in the path or a header. */
  place?: string;
}

const fieldView = ({ name, required, place }: Field, schema: Schema, schemas: Schemas): HTMLElement =>
  element(
    'li',
    {},
    element('code', { class: 'name' }, name),
    ' ',
    element('span', { class: 'type' }, typeOf(schema)),
    ...(required ? [] : [' ', element('span', { class: 'optional' }, 'optional')]),
    ...(place ? [' ', element('span', { class: 'place' }, `in ${place}`)] : []),
    ...notes(schema),
    ...objectsIn(schema, schemas).map((shape) => objectView(shape, schemas)),
  );

const objectView = (shape: ObjectShape, schemas: Schemas): HTMLElement =>
  disclosure(
    element('summary', { class: 'more' }, shape.name === undefined ? 'Fields' : `Fields of ${shape.name}`),
    () => [fieldList(shape, schemas)],
  );

function notes(schema: Schema): Node[] {
  const texts = [...(schema.description ? [schema.description] : []), ...rulesOf(schema)];
  return texts.map((text) => element('p', { class: 'note' }, text));
}
