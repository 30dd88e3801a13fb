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
export const attachCommand = (handler: HandlerDescription): string =>
  `/attach ${handler.alias} ${JSON.stringify(attachParameters(handler))}`;

/** The parameters without which a handler cannot be attached, each with its default or an example. */
export function attachParameters(handler: HandlerDescription): Record<string, unknown> {
  const needed = fieldsOf(handler).filter(
    ({ name, required }) => name === 'triggers' || (required && !common.has(name)),
  );
  const params = needed.map((field) => [
    field.name,
    field.default ?? field.choices?.[0] ?? examples[field.type],
  ]);
  return Object.fromEntries(params);
}

/** Parameters that every action has. Attaching sets their defaults. */
const common = new Set(['cooldown', 'admin_only', 'enabled']);
