import type { FormField } from '../../domain/form-field.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import { fieldsOf } from '../handlers/handler-form.ts';

/** The example value of each type. */
const examples: Record<FormField['type'], unknown> = {
  text: '…',
  number: 1,
  boolean: true,
  choice: '…',
  list: ['…'],
  json: {},
};

/**
 * The command that attaches a handler which needs parameters, with an example for each required one.
 *
 * @example attachCommand(reply) // '/attach reply {"match":"contains:caseless","triggers":["…"],"replies":["…"]}'
 */
export function attachCommand(handler: HandlerDescription): string {
  const needed = fieldsOf(handler).filter(
    ({ name, required }) => name === 'triggers' || (required && !common.has(name)),
  );
  const params = needed.map((field) => [
    field.name,
    field.default ?? field.choices?.[0] ?? examples[field.type],
  ]);
  return `/attach ${handler.alias} ${JSON.stringify(Object.fromEntries(params))}`;
}

/** Parameters that every action has. Attaching sets their defaults. */
const common = new Set(['cooldown', 'admin_only', 'enabled']);
