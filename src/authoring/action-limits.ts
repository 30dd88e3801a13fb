import { isLonger } from '../domain/characters.ts';
import { trimInvisible } from '../domain/invisible.ts';
import { type ActionLimits, defaultActionLimits, jsonBytes, kilobytes } from '../domain/limits.ts';
import { splitTriggers } from '../domain/triggers.ts';
import { text } from '../domain/validation/text.ts';

/*
 * The configured limits that authors' code is subject to. A worker receives them with every question about
 * parameters. Code that runs elsewhere, such as an author's test, uses the defaults.
 */
let limits: Readonly<ActionLimits> = defaultActionLimits;

/** Sets the limits from now on. */
export function setActionLimits(configured: Readonly<ActionLimits>): void {
  limits = configured;
}

/**
 * A parameter that is sent as a message: a text no longer than `messages.sizeLimit`.
 *
 * @example rules() { return { replies: z.array(messageText()).min(1).max(5) }; }
 */
export const messageText = () => text(0, () => limits.message);

type Errors = Record<string, string[]>;

const tooLong = (path: string, max: number): Errors => ({
  [path]: [`The ${path.replaceAll('_', ' ')} field must not be greater than ${max} characters.`],
});

const tooMany = (max: number): Errors => ({
  triggers: [`The triggers field must not have more than ${max} items.`],
});

/** Checks a list of triggers before its items are read, so that a list that is far too long costs nothing. */
export const triggerListErrors = (given: unknown): Errors =>
  Array.isArray(given) && given.length > limits.triggers ? tooMany(limits.triggers) : {};

/**
 * Checks triggers against the limits.
 *
 * @param given each trigger with the field that contained it: `triggers.0`
 * @param stored all of them, as stored
 */
export function triggerErrors(
  given: ReadonlyArray<readonly [field: string, text: string]>,
  stored: string,
): Errors {
  if (splitTriggers(stored).length > limits.triggers) return tooMany(limits.triggers);
  const long = given.filter(([, one]) => one.split(/[|,]/).some((part) => isTooLong(part, limits)));
  return Object.assign({}, ...long.map(([field]) => tooLong(field, limits.triggerLength)));
}

/**
 * Checks the triggers that a handler fixes. Limits below the defaults apply to what people attach; they do
 * not make a handler unusable.
 */
export function fixedTriggersProblem(triggers: readonly string[]): string | undefined {
  const max = {
    triggers: Math.max(limits.triggers, defaultActionLimits.triggers),
    triggerLength: Math.max(limits.triggerLength, defaultActionLimits.triggerLength),
  };
  if (triggers.length <= max.triggers && !triggers.some((one) => isTooLong(one, max))) return undefined;
  return `it may hold at most ${max.triggers} triggers of at most ${max.triggerLength} characters`;
}

const isTooLong = (trigger: string, { triggerLength }: Pick<ActionLimits, 'triggerLength'>): boolean =>
  isLonger(trimInvisible(trigger), triggerLength);

/** Checks the fields that become a payload: each text, then the size of all together. */
export function payloadErrors(fields: Record<string, unknown>): Errors {
  const errors: Errors = Object.assign(
    {},
    ...longTexts(fields).map((path) => tooLong(path, limits.payloadText)),
  );
  if (Object.keys(errors).length > 0 || jsonBytes(fields) <= kilobytes(limits.payload)) return errors;
  const [largest = ''] =
    Object.entries(fields).sort(([, one], [, other]) => jsonBytes(other) - jsonBytes(one))[0] ?? [];
  return {
    [largest]: [
      `The ${largest.replaceAll('_', ' ')} field must not be greater than ${limits.payload} kilobytes.`,
    ],
  };
}

/** The paths of texts that are too long. What cannot be stored as JSON is reported later. */
function longTexts(fields: unknown): string[] {
  const found: string[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string' && isLonger(value, limits.payloadText)) found.push(path);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`);
  };
  visit(fields, '');
  return found;
}
