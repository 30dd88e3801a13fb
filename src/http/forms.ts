import { UnreadableBody } from '../api/json-body.ts';
import { createError } from '../base/errors.ts';
import { maxDepth } from '../domain/depth.ts';

/** Fields by name, to which more can be added. */
type Branch = Map<string, unknown>;

/** More than the longest form has, and few enough to read at once. */
export const maxFields = 2_000;

/**
 * Turns the fields of a form into what a JSON body would contain. As in the original, names with brackets
 * become lists and objects.
 *
 * @throws UnreadableBody
 * @example nestedFields([['triggers[]', 'a'], ['providers[0][id]', '1']]) // { triggers: ['a'], providers: [{ id: '1' }] }
 */
export function nestedFields(
  fields: Iterable<readonly [name: string, value: unknown]>,
): Record<string, unknown> {
  const root: Branch = new Map();
  for (const [name, value] of fields) put(root, pathOf(name), value);
  return Object.fromEntries([...root].map(([name, value]) => [name, closed(value)]));
}

/**
 * Parses a form-encoded body.
 *
 * @throws UnreadableBody, BODY_IN_TOO_MANY_PARTS
 */
export function readForm(text: string): Record<string, unknown> {
  const fields = new URLSearchParams(text);
  if (fields.size > maxFields) throw createError('BODY_IN_TOO_MANY_PARTS', maxFields);
  return nestedFields(fields);
}

/** The parts of a name such as `providers[0][id]`. A name with an unclosed bracket is a single part. */
function pathOf(name: string): [string, ...string[]] {
  const [, first, rest = ''] = /^([^[]+)((?:\[[^\]]*\])+)$/.exec(name) ?? [];
  if (first === undefined) return [name];
  const parts = rest.slice(1, -1).split('][');
  if (parts.length > maxDepth) throw new UnreadableBody('The body is nested too deeply.');
  return [first, ...parts];
}

function put(branch: Branch, [part, ...deeper]: readonly string[], value: unknown): void {
  const name = part || String(branch.size);
  if (deeper.length === 0) {
    branch.set(name, value);
    return;
  }
  const known = branch.get(name);
  const next: Branch = known instanceof Map ? known : new Map();
  branch.set(name, next);
  put(next, deeper, value);
}

/** A branch whose names count up from 0 becomes a list. */
function closed(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const fields = [...value].map(([name, field]): [string, unknown] => [String(name), closed(field)]);
  const isList = fields.every(([name], index) => name === String(index));
  return isList ? fields.map(([, field]) => field) : Object.fromEntries(fields);
}
