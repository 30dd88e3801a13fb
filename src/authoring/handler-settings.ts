import { inspect, isDeepStrictEqual } from 'node:util';
import { createError } from '../base/errors.ts';
import { characters, isLonger } from '../domain/characters.ts';
import { isMatchMethod, matchMethods } from '../domain/match.ts';
import { formatTriggers, splitTriggers } from '../domain/triggers.ts';
import { fixedTriggersProblem } from './action-limits.ts';
import type { BotActionHandlerClass } from './bot-action-handler.ts';
import type { BotActionHandlerDTO } from './descriptions.ts';
import { reservedFields } from './resolver.ts';

/** The longest texts of a handler's settings, in characters. */
const maxLengths = { alias: 255, name: 255, description: 1_000 };

/**
 * Checks the settings and rules of a handler class and returns its plain description.
 *
 * @param where its name in errors: its file, or the name of the class
 * @throws HANDLER_SETTINGS_INVALID, HANDLER_WITHOUT_HANDLE, HANDLER_RULES_RESERVED
 */
export function describeHandler(handler: BotActionHandlerClass, where = handler.name): BotActionHandlerDTO {
  const settings: object = { ...handler.getSettings() };
  const invalid = (field: string, problem: string) =>
    createError('HANDLER_SETTINGS_INVALID', where, field, problem);
  const text = (field: keyof typeof maxLengths): string => {
    const value = Reflect.get(settings, field);
    if (typeof value !== 'string' || value.trim() === '')
      throw invalid(field, 'it must be a non-empty string');
    if (isLonger(value, maxLengths[field])) {
      throw invalid(
        field,
        `it has ${characters(value)} characters, and at most ${maxLengths[field]} are allowed`,
      );
    }
    return value.trim();
  };
  const instance = new handler();
  if (typeof instance.handle !== 'function') throw createError('HANDLER_WITHOUT_HANDLE', where, handler.name);
  checkRules(instance.rules(), where);
  return {
    class: handler.name,
    alias: text('alias'),
    description: text('description'),
    name: text('name'),
    unique: Reflect.get(settings, 'unique') === true,
    shouldAuthorize: typeof handler.prototype.authorize === 'function',
    triggers: checkTriggers(Reflect.get(settings, 'triggers'), invalid),
    matchMethod: checkMatch(Reflect.get(settings, 'match'), invalid),
  };
}

/**
 * Returns the environment variables that a handler class reads, each once; a `?` at the end marks optional
 * ones.
 *
 * @param where its name in errors: its file, or the name of the class
 * @throws HANDLER_ENVIRONMENT_INVALID
 */
export function neededEnvironment(handler: BotActionHandlerClass, where = handler.name): string[] {
  const names: unknown = handler.environment ?? [];
  if (!Array.isArray(names)) throw createError('HANDLER_ENVIRONMENT_INVALID', where, 'it is not a list');
  const wrong = names.find((name) => typeof name !== 'string' || !/^[A-Za-z_]\w*\??$/.test(name));
  if (wrong === undefined) return [...new Set(names)];
  throw createError('HANDLER_ENVIRONMENT_INVALID', where, `"${String(wrong)}" is not the name of a variable`);
}

/** How many triggers of a list are kept as they were written. */
const maxWritten = 1_000;

/**
 * Returns the list of triggers of a handler class as its author wrote it; null unless it is a list that is stored in
 * another form, because triggers in it were split, trimmed or dropped.
 */
export function writtenTriggers(handler: BotActionHandlerClass): string[] | null {
  const given: unknown = Reflect.get(Object(handler.getSettings()), 'triggers');
  if (!Array.isArray(given)) return null;
  const written = given
    .slice(0, maxWritten)
    .map((one) => (typeof one === 'string' || typeof one === 'number' ? String(one) : ''));
  return isDeepStrictEqual(written, splitTriggers(formatTriggers(given))) ? null : written;
}

const maxRetries = 10;

/**
 * Returns how often failed runs of a handler class are retried.
 *
 * @param where its name in errors: its file, or the name of the class
 * @throws HANDLER_RETRIES_INVALID
 */
export function neededRetries(handler: BotActionHandlerClass, where = handler.name): number {
  const retries: unknown = handler.retries ?? 0;
  if (typeof retries === 'number' && Number.isInteger(retries) && retries >= 0 && retries <= maxRetries)
    return retries;
  throw createError('HANDLER_RETRIES_INVALID', where, inspect(retries), maxRetries);
}

/** The longest deadline: a day, in milliseconds. */
const maxTimeout = 86_400_000;

/**
 * Returns the timeout of a handler class in milliseconds; null if it uses the configured one.
 *
 * @param where its name in errors: its file, or the name of the class
 * @throws HANDLER_TIMEOUT_INVALID
 */
export function ownTimeout(handler: BotActionHandlerClass, where = handler.name): number | null {
  const timeout: unknown = handler.timeout;
  if (timeout === undefined || timeout === null) return null;
  const isValid =
    typeof timeout === 'number' && Number.isInteger(timeout) && timeout >= 1 && timeout <= maxTimeout;
  if (isValid) return timeout;
  throw createError('HANDLER_TIMEOUT_INVALID', where, inspect(timeout, { depth: 0 }));
}

type InvalidSetting = (field: string, problem: string) => Error;

function checkMatch(match: unknown, invalid: InvalidSetting) {
  if (match === undefined || match === null) return null;
  if (isMatchMethod(match)) return match;
  const found = typeof match === 'string' ? `"${match}"` : inspect(match, { depth: 0 });
  throw invalid('match', `${found} is none of ${matchMethods.join(', ')}`);
}

function checkTriggers(triggers: unknown, invalid: InvalidSetting): string[] | null {
  if (triggers === undefined || triggers === null) return null;
  const list = splitTriggers(formatTriggers(triggers));
  if (list.length === 0) throw invalid('triggers', 'it must contain at least one non-empty trigger');
  const problem = fixedTriggersProblem(list);
  if (problem !== undefined) throw invalid('triggers', problem);
  return list;
}

function checkRules(rules: object, where: string): void {
  const reserved = reservedFields.find((field) => Object.hasOwn(rules, field));
  if (reserved) throw createError('HANDLER_RULES_RESERVED', where, reserved);
}
