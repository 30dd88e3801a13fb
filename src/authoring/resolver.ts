import { z } from 'zod';
import { type FieldErrors, messageOf } from '../base/errors.ts';
import { InexactNumber, kindOf, parseExactJson, rejectLoss } from '../base/exact-json.ts';
import { isRecord } from '../base/is-record.ts';
import { isMatchMethod, type MatchMethod, matchMethods } from '../domain/match.ts';
import { formatTriggers } from '../domain/triggers.ts';
import { runAlways } from '../domain/validation/run-always.ts';
import { isMissing, type Validated, validateFields } from '../domain/validation/validate.ts';
import { payloadErrors, triggerErrors, triggerListErrors } from './action-limits.ts';
import type { BotActionHandlerDTO, Payload, ResolvedBotHandlerDTO } from './descriptions.ts';

/** The fields that every action has; a handler's `rules()` may not define them. */
export const reservedFields = ['cooldown', 'admin_only', 'enabled', 'match', 'triggers', 'handler'] as const;

/** The parts of a handler needed for resolving: its rules, its messages, and how it stores the payload. */
export interface HandlerRules {
  rules(): z.ZodRawShape;
  errorMessages(): Record<string, string>;
  serializePayload(payload: Payload | null): unknown;
}

/** Valid parameters, or the errors by field. */
export type Resolution = { resolved: ResolvedBotHandlerDTO } | { errors: FieldErrors };

type Matching = Pick<ResolvedBotHandlerDTO, 'matchMethod' | 'triggers'>;
type Result<Value> = { value: Value } | { errors: FieldErrors };

const cooldownRange = 'The cooldown field must be between 0 and 900.';

/** The fields in the order in which their errors are listed. */
export const commonFields = z.object({
  cooldown: z.int().min(0, cooldownRange).max(900, cooldownRange),
  admin_only: z.boolean(),
  enabled: z.boolean(),
});

const matchField = z.string().check(
  runAlways(({ value, issues }) => {
    if (!isMatchMethod(value))
      issues.push({ code: 'invalid_value', values: [...matchMethods], input: value });
  }),
);

const triggersRequired: FieldErrors = { triggers: ['The triggers field is required.'] };

const triggerMessages = {
  'triggers.*.required': 'Trigger field is required.',
  'triggers.*.string': 'A trigger must be a string.',
};

/**
 * Checks the parameters for attaching a handler. Every way of attaching uses it.
 *
 * What the handler fixes (match, triggers) silently overrides the parameters. The payload contains only the
 * fields of the handler's own rules, after its `serializePayload()`. It is null for a handler without rules.
 *
 * @param description The handler as plain data, with what it fixes.
 * @param handler Its own rules, messages and serialization.
 * @param params What was posted; a value that is not an object counts as an empty one. It is never changed.
 * @returns The resolved action; or the errors by field: common fields, the handler's own, match, triggers.
 * @throws Error where the payload cannot be stored as JSON, and whatever the handler's own methods throw.
 * @example
 * resolveParameters(hello, new HelloBot(), { cooldown: '30', admin_only: 0, enabled: 1 })
 * // { resolved: { cooldown: 30, adminOnly: false, enabled: true, triggers: 'hello|hi|hey', … } }
 */
export function resolveParameters(
  description: BotActionHandlerDTO,
  handler: HandlerRules,
  params: unknown,
): Resolution {
  const rules = handler.rules();
  const common = validateFields(commonFields.shape, params);
  const own = checkOwn(rules, params, handler.errorMessages());
  const matching = resolveMatching(description, params);
  if ('errors' in common || 'errors' in own || 'errors' in matching) {
    return { errors: { ...errorsOf(common), ...errorsOf(own), ...errorsOf(matching) } };
  }
  const { cooldown, admin_only, enabled } = commonFields.parse(common.values);
  const hasRules = Object.keys(rules).length > 0;
  const payload = hasRules ? serialize(description, handler, own.values) : null;
  const failed = errorResult(payloadErrors(payload ?? {}));
  if (failed) return failed;
  const options = { cooldown, adminOnly: admin_only, enabled };
  return { resolved: { handlerDTO: description, ...matching.value, ...options, payload } };
}

function checkOwn(rules: z.ZodRawShape, params: unknown, messages: Record<string, string>): Validated {
  const checked = validateFields(rules, params, messages);
  return 'errors' in checked ? checked : (errorResult(payloadErrors(checked.values)) ?? checked);
}

const errorResult = (errors: FieldErrors): { errors: FieldErrors } | undefined =>
  Object.keys(errors).length > 0 ? { errors } : undefined;

const errorsOf = (result: Validated | Result<unknown>): FieldErrors =>
  'errors' in result ? result.errors : {};

function resolveMatching(description: BotActionHandlerDTO, params: unknown): Result<Matching> {
  const match = resolveMatch(description.matchMethod, params);
  const isAny = 'value' in match && match.value === 'any';
  const triggers = isAny ? { value: null } : resolveTriggers(description.triggers, params);
  if ('errors' in match || 'errors' in triggers) {
    return { errors: { ...errorsOf(match), ...errorsOf(triggers) } };
  }
  return { value: { matchMethod: match.value, triggers: triggers.value } };
}

function resolveMatch(fixed: MatchMethod | null, params: unknown): Result<MatchMethod> {
  if (fixed !== null) return { value: fixed };
  const checked = validateFields({ match: matchField }, params);
  if ('errors' in checked) return checked;
  return { value: z.enum(matchMethods).parse(checked.values.match) };
}

function resolveTriggers(fixed: readonly string[] | null, params: unknown): Result<string> {
  if (fixed !== null) return { value: formatTriggers(fixed) };
  const given = isRecord(params) && Object.hasOwn(params, 'triggers') ? params.triggers : undefined;
  const triggers = typeof given === 'string' && !isMissing(given) ? [given] : given;
  const failed = errorResult(triggerListErrors(triggers));
  if (failed) return failed;
  const checked = validateFields({ triggers: z.array(z.string()).min(1) }, { triggers }, triggerMessages);
  if ('errors' in checked) return checked;
  const texts = z.array(z.string()).parse(checked.values.triggers);
  const value = formatTriggers(texts);
  if (value === '') return { errors: triggersRequired };
  const named = texts.map(
    (text, index) => [triggers === given ? `triggers.${index}` : 'triggers', text] as const,
  );
  return errorResult(triggerErrors(named, value)) ?? { value };
}

function serialize(description: BotActionHandlerDTO, handler: HandlerRules, fields: Payload): Payload | null {
  const returned = handler.serializePayload(fields);
  const payload = readStored(description, returned);
  if (payload === null || isRecord(payload)) return payload;
  throw unstorable(
    description,
    payload === undefined ? 'nothing' : `a payload of the type ${kindOf(payload)}`,
  );
}

/** The value that will be read from the database: the payload after a round trip through JSON. */
function readStored(description: BotActionHandlerDTO, returned: unknown): unknown {
  const isText = typeof returned === 'string';
  try {
    const text: string | undefined = isText ? returned : JSON.stringify(returned, rejectLoss);
    return text === undefined ? undefined : parseExactJson(text);
  } catch (cause) {
    // A syntax error quotes the text, which may contain secrets, so it is not passed on.
    if (cause instanceof InexactNumber) throw unstorable(description, 'a number that cannot be kept exactly');
    if (isText) throw unstorable(description, 'text that is not JSON');
    throw unstorable(description, `what JSON cannot hold (${messageOf(cause)})`, cause);
  }
}

const unstorable = (description: BotActionHandlerDTO, found: string, cause?: unknown): Error =>
  new Error(
    `serializePayload() of the handler ${description.class} ("${description.alias}") returned ${found}. ` +
      'The payload of an action is stored as JSON. Return a plain object, or the JSON text of one.',
    { cause },
  );
