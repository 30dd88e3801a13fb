import type { HandlerFormJson } from '../../api/handler.ts';
import type { HandlerForm } from '../../services/handlers/handler-form.ts';
import { presentHandler } from './handler.ts';

/** A form, as clients display it. */
export const presentHandlerForm = ({ handler, fields }: HandlerForm): HandlerFormJson => ({
  handler: presentHandler(handler),
  fields,
});
