import { formFields } from '../../authoring/form-fields.ts';
import { createError } from '../../base/errors.ts';
import type { FormField } from '../../domain/form-field.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import { checkBotManager } from '../bots/bot-rights.ts';
import type { Context } from '../context.ts';

/** A handler and the form inputs to attach it. */
export interface HandlerForm {
  handler: HandlerDescription;
  fields: FormField[];
}

/**
 * The form to attach a handler to a bot of a thread.
 *
 * @throws NOT_PERMITTED, NOT_LOCATED
 */
export async function handlerForm(
  context: Pick<Context, 'store' | 'settings' | 'catalogue'>,
  { thread, user, alias }: { thread: Thread; user: User; alias: string },
): Promise<HandlerForm> {
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized add bot actions.' });
  await context.catalogue.whenKnown([alias]);
  const handler = context.catalogue.find(alias);
  if (handler === undefined) throw createError('NOT_LOCATED', 'handler');
  return { handler, fields: fieldsOf(handler) };
}

/** All inputs for attaching a handler. */
export const fieldsOf = (handler: HandlerDescription): FormField[] => formFields(handler, handler.fields);
