import { z } from 'zod';
import type { ThreadKind } from '../../domain/thread.ts';
import { listThreads, loadThread, viewThread } from '../../services/list-threads.ts';
import { type Endpoint, endpoint, type HttpApp, nowhere } from '../endpoint.ts';
import { text } from '../fields.ts';
import { lookOf } from '../looking.ts';
import { inThread } from '../places.ts';
import { featuresSchema, presentFeatures } from '../presenters/features.ts';
import { presentMessage } from '../presenters/message.ts';
import { pageOf, presentPage } from '../presenters/page.ts';
import { presentParticipant } from '../presenters/participant.ts';
import {
  listedThreadSchema,
  presentListedThread,
  presentThread,
  threadSchema,
} from '../presenters/thread.ts';
import { providersField } from '../provider-fields.ts';

/** The lists of threads: where each is, and which threads it has. */
const lists: ReadonlyArray<readonly [path: string, kind: ThreadKind | undefined, summary: string]> = [
  ['/threads', undefined, "One's threads, newest activity first"],
  ['/groups', 'group', "One's groups, newest activity first"],
];

const listSchema = pageOf(listedThreadSchema).extend({ system_features: featuresSchema });

/** Threads: lists of them, each of them, their begin and their end. */
export const threadEndpoints = (app: HttpApp): Endpoint[] => [...listEndpoints(app), ...ownEndpoints(app)];

function listEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const look = lookOf(app);
  const answerPage = (page: Awaited<ReturnType<typeof listThreads>>, path: string) => ({
    ...presentPage(page, `/api/messenger${path}`, (view) => presentListedThread(view, settings, look)),
    system_features: presentFeatures(settings),
  });
  return lists.flatMap(([path, kind, summary]) => [
    endpoint({
      method: 'GET',
      path,
      summary,
      place: nowhere,
      answer: listSchema,
      handle: async ({ user }) => answerPage(await listThreads(app, user, kind), path),
    }),
    endpoint({
      method: 'GET',
      path: `${path}/page/:thread`,
      summary: `${summary}: those before one of them`,
      place: inThread,
      answer: listSchema,
      handle: async ({ user, place }) => answerPage(await listThreads(app, user, kind, place.thread), path),
    }),
  ]);
}

function ownEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const look = lookOf(app);
  return [
    endpoint({
      method: 'POST',
      path: '/groups',
      summary: 'Make a group',
      place: nowhere,
      body: z.object({ subject: text(2, 255), providers: providersField.nullable().optional() }),
      answer: threadSchema,
      async handle({ user, body: { subject, providers } }) {
        return presentThread(await app.createGroup(user, subject, providers ?? []), settings, look);
      },
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread',
      summary: 'A thread',
      place: inThread,
      answer: threadSchema,
      handle: async ({ user, place }) =>
        presentThread(await viewThread(app, place.thread, user), settings, look),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/load',
      summary: 'A thread with its people and its newest messages, which are read by that',
      place: inThread,
      answer: threadSchema,
      async handle({ user, place: { thread } }) {
        const { view, participants, messages } = await loadThread(app, thread, user);
        const route = `/api/messenger/threads/${thread.id}`;
        return presentThread(view, settings, look, {
          participants: presentPage(participants, `${route}/participants`, (one) =>
            presentParticipant(one, look),
          ),
          messages: presentPage(messages, `${route}/messages`, (one) => presentMessage(one, look.write)),
        });
      },
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread',
      summary: 'Move a thread into the archive',
      place: inThread,
      status: 204,
      handle: ({ user, place }) => app.archiveThread(place.thread, user),
    }),
  ];
}
