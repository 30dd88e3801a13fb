import { z } from 'zod';
import { isThreadUnread } from '../../services/threads/list-threads.ts';
import { type Endpoint, endpoint, type HttpApp, nowhere } from '../endpoint.ts';
import { success, successSchema } from '../presenters/success.ts';
import { type ThreadParams, threadParams } from '../route-params.ts';

/** What somebody does in a thread that is answered with nothing but success. */
type Deed = readonly [
  method: 'GET' | 'POST',
  name: string,
  summary: string,
  act: (...args: [thread: ThreadParams['thread'], user: Parameters<HttpApp['markRead']>[1]]) => Promise<void>,
];

/** Reading, knocking, muting and leaving. */
export function beingInThreadsEndpoints(app: HttpApp): Endpoint[] {
  const deeds: Deed[] = [
    ['GET', 'mark-read', 'Everything in a thread is read', app.markRead],
    ['POST', 'knock-knock', 'Knock at everybody in a thread', app.knockAtThread],
    ['POST', 'mute', 'Hear nothing more of a thread', (thread, user) => app.muteThread(thread, user, true)],
    ['POST', 'unmute', 'Hear of a thread again', (thread, user) => app.muteThread(thread, user, false)],
    ['POST', 'leave', 'Leave a group', app.leaveThread],
  ];
  return [
    ...deeds.map(([method, name, summary, act]) =>
      endpoint({
        method,
        path: `/threads/:thread/${name}`,
        summary,
        place: threadParams,
        answer: successSchema,
        async handle({ user, place }) {
          await act(place.thread, user);
          return success;
        },
      }),
    ),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/is-unread',
      summary: 'Whether anything in a thread is unread',
      place: threadParams,
      answer: z.object({ unread: z.boolean() }),
      handle: async ({ user, place }) => ({ unread: await isThreadUnread(app, place.thread, user) }),
    }),
    endpoint({
      method: 'GET',
      path: '/unread-threads-count',
      summary: 'In how many threads something is unread',
      place: nowhere,
      answer: z.object({ unread_threads_count: z.int() }),
      handle: async ({ user }) => ({
        unread_threads_count: await app.store.conversations.countUnread(user.id),
      }),
    }),
  ];
}
