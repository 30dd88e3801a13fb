import { createError } from '../base/errors.ts';
import { BotActionHandler } from './bot-action-handler.ts';
import { PackagedBot } from './packaged-bot.ts';

/**
 * Rejects what looks like a handler or a packaged bot but is neither, which would otherwise be silently
 * ignored.
 *
 * @param name its export name
 * @throws NOT_A_HANDLER
 */
export function rejectLookalike(value: unknown, name: string, where: string): void {
  if (value === BotActionHandler || value === PackagedBot) return;
  const parent = probableParent(value);
  if (parent === undefined) return;
  throw createError('NOT_A_HANDLER', where, nameOf(value, name), parent, reasonAgainst(value, parent));
}

/** The error for a registered value that is not one of our classes. */
export const notRegistrable = (value: unknown, call: string, parent: string): Error =>
  createError(
    'NOT_A_HANDLER',
    `MessengerBots.${call}()`,
    nameOf(value, 'what was given'),
    parent,
    reasonAgainst(value, parent),
  );

/** What a value was probably meant to be; undefined for a valid class or anything unrelated. */
function probableParent(value: unknown): string | undefined {
  if (value instanceof BotActionHandler) return 'BotActionHandler';
  if (value instanceof PackagedBot) return 'PackagedBot';
  if (!isFunction(fieldOf(value, 'getSettings'))) return undefined;
  const prototype = isFunction(value) ? value.prototype : value;
  if (prototype instanceof BotActionHandler || prototype instanceof PackagedBot) return undefined;
  if (isFunction(fieldOf(prototype, 'handle'))) return 'BotActionHandler';
  return isFunction(fieldOf(value, 'installs')) ? 'PackagedBot' : undefined;
}

function reasonAgainst(value: unknown, parent: string): string {
  if (!isFunction(value)) return 'is an object and not a class';
  const parents = parentsOf(value);
  return parents.includes(parent)
    ? `extends the ${parent} of a different copy of "messenger-bots" from the one that is running`
    : `does not extend ${parent}`;
}

/** The names of a class's parent classes. */
function parentsOf(value: object): string[] {
  const parent: unknown = Object.getPrototypeOf(value);
  return isFunction(parent) && parent !== Function.prototype ? [parent.name, ...parentsOf(parent)] : [];
}

const nameOf = (value: unknown, name: string): string =>
  isFunction(value) && value.name !== '' ? `the class ${value.name}` : `"${name}"`;

const isFunction = (value: unknown): value is { prototype: unknown; name: string } =>
  typeof value === 'function';

const fieldOf = (value: unknown, name: string): unknown =>
  (typeof value === 'object' && value !== null) || isFunction(value) ? Reflect.get(value, name) : undefined;
