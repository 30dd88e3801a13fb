import { z } from 'zod';
import { formFieldTypes, type HandlerForm } from '../../services/handlers/handler-form.ts';
import { handlerSchema, presentHandler } from './handler.ts';

/** A handler and the inputs with which it is attached. */
export const handlerFormSchema = z
  .object({
    handler: handlerSchema,
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.enum(formFieldTypes),
        required: z.boolean(),
        default: z.unknown(),
        choices: z.array(z.string()).nullable(),
        description: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'HandlerForm' });
export type HandlerFormAnswer = z.output<typeof handlerFormSchema>;

/** A form as clients draw it. */
export const presentHandlerForm = ({ handler, fields }: HandlerForm): HandlerFormAnswer => ({
  handler: presentHandler(handler),
  fields,
});
