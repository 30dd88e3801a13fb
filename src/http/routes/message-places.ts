import {
  messagePageSchema,
  messageSearchQuery,
  messageStretchSchema,
  momentParam,
} from '../../api/message.ts';
import { timestamp } from '../../base/clock.ts';
import {
  type MessageStretch,
  messagesAfter,
  messagesAround,
  messagesSince,
} from '../../services/messages/messages-around.ts';
import { searchMessages } from '../../services/messages/search-messages.ts';
import { checkedBody } from '../body.ts';
import { messageEdgeParams, messageParams } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentMessage } from '../presenters/message.ts';
import { presentPage, presentStretch } from '../presenters/page.ts';
import { threadParams } from '../route-params.ts';

const list = '/threads/:thread/messages';
const answer = (stretch: MessageStretch) => presentStretch(stretch, (view) => presentMessage(view));

/** Messages from the middle of a thread: by their text, by their time, and around one of them. */
export const messagePlaceEndpoints = (app: HttpApp): Endpoint[] => [
  ...searchEndpoints(app),
  endpoint({
    method: 'GET',
    path: `${list}/around/:message`,
    summary: 'A message with those before and after it, newest first',
    place: messageParams,
    answer: messageStretchSchema,
    handle: async ({ user, place }) => answer(await messagesAround(app, { ...place, user })),
  }),
  endpoint({
    method: 'GET',
    path: `${list}/newer/:message`,
    summary: 'The messages after one of them, newest first',
    place: messageEdgeParams,
    answer: messageStretchSchema,
    handle: async ({ user, place }) => answer(await messagesAfter(app, { ...place, user })),
  }),
  endpoint({
    method: 'GET',
    path: `${list}/since/:moment`,
    summary: 'The first message from a moment on, with those before and after it, newest first',
    place: async (context, ids) => ({
      ...(await threadParams(context, ids)),
      ...checkedBody(momentParam, ids),
    }),
    answer: messageStretchSchema,
    handle: async ({ user, place: { thread, moment } }) =>
      answer(await messagesSince(app, { thread, user, moment: timestamp(Date.parse(moment)) })),
  }),
];

function searchEndpoints(app: HttpApp): Endpoint[] {
  const answerPage = (page: Awaited<ReturnType<typeof searchMessages>>, threadId: string, text: string) =>
    presentPage(
      page,
      `/api/messenger/threads/${threadId}/messages/search`,
      (view) => presentMessage(view),
      () => `?q=${encodeURIComponent(text)}`,
    );
  return [
    endpoint({
      method: 'GET',
      path: `${list}/search`,
      summary: 'The messages that contain the text of the query "q", newest first',
      place: threadParams,
      answer: messagePageSchema,
      async handle({ user, place: { thread }, request }) {
        const { q } = checkedBody(messageSearchQuery, request.query);
        return answerPage(await searchMessages(app, { thread, user, text: q }), thread.id, q);
      },
    }),
    endpoint({
      method: 'GET',
      path: `${list}/search/page/:message`,
      summary: 'The messages that contain the text of the query "q", older than one of them',
      place: messageEdgeParams,
      answer: messagePageSchema,
      async handle({ user, place: { thread, message }, request }) {
        const { q } = checkedBody(messageSearchQuery, request.query);
        return answerPage(
          await searchMessages(app, { thread, user, text: q, before: message }),
          thread.id,
          q,
        );
      },
    }),
  ];
}
