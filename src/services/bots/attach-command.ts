import { type FormField, formFields } from '../../authoring/form-fields.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';

/** What stands in an example for a value of a type. */
const examples: Record<FormField['type'], unknown> = {
  text: '…',
  number: 1,
  boolean: true,
  choice: '…',
  list: ['…'],
  json: {},
};

/**
 * The line that attaches a handler which needs parameters, with an example of each that has to be there.
 *
 * @example attachCommand(reply) // '/attach reply {"match":"contains:caseless","triggers":["…"],"replies":["…"]}'
 */
export function attachCommand(handler: HandlerDescription): string {
  const needed = formFields(handler, handler.fields).filter(
    ({ name, required }) => name === 'triggers' || (required && !common.has(name)),
  );
  const params = needed.map((field) => [
    field.name,
    field.default ?? field.choices?.[0] ?? examples[field.type],
  ]);
  return `/attach ${handler.alias} ${JSON.stringify(Object.fromEntries(params))}`;
}

/** What every action has; attaching fills these in. */
const common = new Set(['cooldown', 'admin_only', 'enabled']);
