import type { z } from 'zod';
import type { newFileBody } from '../api/message.ts';

/** The fields sent along with a message or a file, as the use case names them. */
export const sendingOf = (body: z.output<ReturnType<typeof newFileBody>>) => ({
  temporaryId: body.temporary_id,
  replyToId: body.reply_to_id ?? null,
  extra: body.extra ?? null,
});
