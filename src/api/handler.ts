import { z } from 'zod';
import { type FormField, formField } from '../domain/form-field.ts';
import { matchMethods } from '../domain/match.ts';

/** A handler that can be attached to a bot. */
export const handlerSchema = z
  .object({
    alias: z.string(),
    description: z.string(),
    name: z.string(),
    unique: z.boolean(),
    authorize: z.boolean(),
    triggers: z.array(z.string()).nullable(),
    match: z.enum(matchMethods).nullable(),
  })
  .meta({ id: 'Handler' });
export type HandlerJson = z.output<typeof handlerSchema>;

/** An input of the form that attaches a handler. */
export type FormFieldJson = FormField;

/** A handler, with the inputs of the form that attaches it. */
export const handlerFormSchema = z
  .object({ handler: handlerSchema, fields: z.array(formField) })
  .meta({ id: 'HandlerForm' });
export type HandlerFormJson = z.output<typeof handlerFormSchema>;
