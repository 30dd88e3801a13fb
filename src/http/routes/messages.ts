import { messageEditBody, messageHistorySchema, messageSchema, newMessageBody } from '../../api/message.ts';
import { userProfile } from '../../domain/profile.ts';
import { archiveMessage } from '../../services/messages/archive-message.ts';
import { editMessage, messageHistory } from '../../services/messages/edit-message.ts';
import { viewMessage } from '../../services/messages/list-messages.ts';
import { messageView, newMessageView } from '../../services/messages/message-views.ts';
import { sendMessage } from '../../services/messages/send-message.ts';
import { messageParams } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentMessage } from '../presenters/message.ts';
import { threadParams } from '../route-params.ts';
import { sendingOf } from '../sending.ts';

const list = '/threads/:thread/messages';
const one = `${list}/:message`;

/** The text messages of a thread. Lists of messages are in message-lists.ts. */
export function messageEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const limits = { message: () => settings().messageLimit, extra: () => settings().limits.extra };
  return [
    endpoint({
      method: 'POST',
      path: list,
      summary: 'Send a text message',
      place: threadParams,
      body: newMessageBody(limits),
      limit: 'message',
      status: 201,
      answer: messageSchema,
      async handle({ user, place: { thread }, body, request }) {
        const sending = sendingOf(body);
        const outgoing = { ...sending, body: body.message, senderIp: request.ip };
        const stored = await sendMessage(app, { threadId: thread.id, sender: user, outgoing });
        const event = { thread, ...stored, profile: userProfile(user) };
        return presentMessage(await newMessageView(app.store, event), sending);
      },
    }),
    endpoint({
      method: 'GET',
      path: one,
      summary: 'A message',
      place: messageParams,
      answer: messageSchema,
      handle: async ({ user, place }) =>
        presentMessage(await viewMessage(app, { thread: place.thread, user, message: place.message })),
    }),
    endpoint({
      method: 'PUT',
      path: one,
      summary: 'Change the text of a message',
      place: messageParams,
      body: messageEditBody(limits),
      answer: messageSchema,
      async handle({ user, place: { thread, message: before }, body }) {
        const edited = await editMessage(app, { thread, user, message: before, text: body.message });
        return presentMessage(await messageView(app.store, thread, edited));
      },
    }),
    endpoint({
      method: 'GET',
      path: `${one}/history`,
      summary: 'The edit history of a message',
      place: messageParams,
      answer: messageHistorySchema,
      async handle({ user, place }) {
        const edits = await messageHistory(app, { thread: place.thread, user, message: place.message });
        return edits.map(({ body, editedAt }) => ({ body, edited_at: editedAt }));
      },
    }),
    endpoint({
      method: 'DELETE',
      path: one,
      summary: 'Remove a message',
      place: messageParams,
      status: 204,
      handle: ({ user, place }) =>
        archiveMessage(app, { thread: place.thread, user, message: place.message }),
    }),
  ];
}
