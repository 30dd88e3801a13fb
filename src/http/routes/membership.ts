import { successSchema } from '../../api/success.ts';
import { unreadCountSchema, unreadSchema } from '../../api/thread.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import { leaveThread } from '../../services/threads/leave-thread.ts';
import { isThreadUnread } from '../../services/threads/list-threads.ts';
import { markRead } from '../../services/threads/mark-read.ts';
import { muteThread } from '../../services/threads/mute-thread.ts';
import { sendKnock } from '../../services/threads/send-knock.ts';
import { type Endpoint, endpoint, type HttpApp, nowhere } from '../endpoint.ts';
import { success } from '../presenters/success.ts';
import { threadParams } from '../route-params.ts';

/** An operation of a participant that returns nothing but success. */
type MembershipAction = readonly [
  method: 'GET' | 'POST',
  name: string,
  summary: string,
  act: (app: HttpApp, thread: Thread, user: User) => Promise<void>,
];

/** Reading, knocking, muting and leaving. */
export function membershipEndpoints(app: HttpApp): Endpoint[] {
  const membershipActions: MembershipAction[] = [
    ['GET', 'mark-read', 'Mark a thread as read', markRead],
    ['POST', 'knock-knock', 'Knock at everybody in a thread', sendKnock],
    ['POST', 'mute', 'Mute a thread', (app, thread, user) => muteThread(app, { thread, user, muted: true })],
    [
      'POST',
      'unmute',
      'Unmute a thread',
      (app, thread, user) => muteThread(app, { thread, user, muted: false }),
    ],
    ['POST', 'leave', 'Leave a group', leaveThread],
  ];
  return [
    ...membershipActions.map(([method, name, summary, act]) =>
      endpoint({
        method,
        path: `/threads/:thread/${name}`,
        summary,
        place: threadParams,
        answer: successSchema,
        async handle({ user, place }) {
          await act(app, place.thread, user);
          return success;
        },
      }),
    ),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/is-unread',
      summary: 'Whether a thread has unread messages',
      place: threadParams,
      answer: unreadSchema,
      handle: async ({ user, place }) => ({ unread: await isThreadUnread(app, place.thread, user) }),
    }),
    endpoint({
      method: 'GET',
      path: '/unread-threads-count',
      summary: 'The number of threads with unread messages',
      place: nowhere,
      answer: unreadCountSchema,
      handle: async ({ user }) => ({
        unread_threads_count: await app.store.conversations.countUnread(user.id),
      }),
    }),
  ];
}
