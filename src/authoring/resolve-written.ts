import { z } from 'zod';
import type { FieldErrors } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { matchMethods } from '../domain/match.ts';
import { readWritten } from '../domain/validation/read-written.ts';
import type { BotActionHandlerDTO } from './descriptions.ts';
import { commonFields, type HandlerRules, type Resolution, resolveParameters } from './resolver.ts';

/** Parameters as a person wrote them: JSON values, and texts whose type depends on the rules. */
export interface WrittenParameters {
  values: Record<string, unknown>;
  texts: Record<string, string>;
}

/**
 * Checks parameters from a command line. Like {@link resolveParameters}, but unknown names, and values for
 * what the handler fixes, are errors.
 */
export function resolveWritten(
  description: BotActionHandlerDTO,
  handler: HandlerRules,
  { values, texts }: WrittenParameters,
): Resolution {
  const rules = handler.rules();
  const schemas: z.core.$ZodShape = { ...writtenFields, ...rules };
  const read = Object.entries(texts).map(([name, text]) => {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    return [name, schema ? readWritten(schema, text) : text] as const;
  });
  const params = Object.fromEntries([...Object.entries(values), ...read]);
  const unread = unreadErrors(description, Object.keys(rules), params);
  const resolution = resolveParameters(description, handler, params);
  const errors = { ...unread, ...listHints('errors' in resolution ? resolution.errors : {}, texts) };
  return Object.keys(errors).length > 0 ? { errors } : resolution;
}

/** How texts for the common fields are parsed. Triggers are text or a JSON list. */
const writtenFields = {
  ...commonFields.shape,
  match: z.enum(matchMethods),
  triggers: z.array(z.unknown()),
};

/** Adds a hint that a list is written as JSON, where a text was given instead of one. */
const listHints = (errors: FieldErrors, texts: Record<string, string>): FieldErrors =>
  Object.fromEntries(
    Object.entries(errors).map(([name, messages]) => [
      name,
      messages.map((message) =>
        Object.hasOwn(texts, name) && message.endsWith('must be an array.')
          ? `${message} A list is JSON here: ${name}='["a","b"]'.`
          : message,
      ),
    ]),
  );

function unreadErrors(
  { alias, class: className, matchMethod, triggers }: BotActionHandlerDTO,
  own: readonly string[],
  params: Record<string, unknown>,
): FieldErrors {
  const isAny = (matchMethod ?? params.match) === 'any';
  const known = [
    ...(matchMethod === null ? ['match'] : []),
    ...(triggers === null && !isAny ? ['triggers'] : []),
    ...own,
    ...Object.keys(commonFields.shape),
  ];
  const reasons: Record<string, string | undefined> = {
    handler: [alias, className].includes(String(params.handler))
      ? undefined
      : `The parameters are for another handler: they name "${params.handler}", and this is "${alias}".`,
    match: `The handler fixes the match (${matchMethod}); leave it out.`,
    triggers: isAny
      ? 'With the match "any" there are no triggers; leave them out.'
      : `The handler fixes the triggers (${triggers?.join(', ')}); leave them out.`,
  };
  const errors = Object.keys(params)
    .filter((name) => !known.includes(name))
    .map((name): [string, string | undefined] => [
      name,
      Object.hasOwn(reasons, name)
        ? reasons[name]
        : `There is no parameter "${name}".${didYouMean(name, known)} "${alias}" takes ${known.join(', ')}.`,
    ]);
  return Object.fromEntries(errors.flatMap(([name, reason]) => (reason ? [[name, [reason]]] : [])));
}
