import { messagePageSchema } from '../../api/message.ts';
import { listMessages, type MessageFilter } from '../../services/messages/list-messages.ts';
import { messageEdgeParams } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentMessage } from '../presenters/message.ts';
import { presentPage } from '../presenters/page.ts';
import { threadParams } from '../route-params.ts';

/** All lists of messages: the path, and what the list contains. */
const lists: ReadonlyArray<readonly [name: string, filter: MessageFilter, what: string]> = [
  ['messages', 'all', 'The messages of a thread'],
  ['logs', 'system', 'The system messages of a thread'],
  ['images', 'image', 'The images of a thread'],
  ['documents', 'document', 'The documents of a thread'],
  ['audio', 'audio', 'The audio files of a thread'],
  ['videos', 'video', 'The videos of a thread'],
];

/** The messages of a thread, all or some of them, newest first. */
export function messageListEndpoints(app: HttpApp): Endpoint[] {
  const answer = (page: Awaited<ReturnType<typeof listMessages>>, threadId: string, name: string) =>
    presentPage(page, `/api/messenger/threads/${threadId}/${name}`, (view) => presentMessage(view));
  return lists.flatMap(([name, filter, summary]) => [
    endpoint({
      method: 'GET',
      path: `/threads/:thread/${name}`,
      summary: `${summary}, newest first`,
      place: threadParams,
      answer: messagePageSchema,
      handle: async ({ user, place: { thread } }) =>
        answer(await listMessages(app, { thread, user, filter }), thread.id, name),
    }),
    endpoint({
      method: 'GET',
      path: `/threads/:thread/${name}/page/:message`,
      summary: `${summary}, older than one of them`,
      place: messageEdgeParams,
      answer: messagePageSchema,
      handle: async ({ user, place: { thread, message } }) =>
        answer(await listMessages(app, { thread, user, filter, before: message }), thread.id, name),
    }),
  ]);
}
