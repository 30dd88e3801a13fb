import type { z } from 'zod';
import type { newFileBody } from '../api/message.ts';

/** What goes with a message or a file, in the words of its use case. */
export const sendingOf = (body: z.output<ReturnType<typeof newFileBody>>) => ({
  temporaryId: body.temporary_id,
  replyToId: body.reply_to_id ?? null,
  extra: body.extra ?? null,
});
