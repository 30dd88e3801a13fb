import { z } from 'zod';
import type { ThreadKind } from '../../domain/thread.ts';
import { archiveThread } from '../../services/threads/archive-thread.ts';
import { createGroup } from '../../services/threads/create-group.ts';
import {
  type Loadable,
  listThreads,
  loadables,
  loadThread,
  viewThread,
} from '../../services/threads/list-threads.ts';
import { checkedBody } from '../body.ts';
import { type Endpoint, endpoint, type HttpApp, nowhere, type PathIds } from '../endpoint.ts';
import { subjectField } from '../fields.ts';
import { presentationOf } from '../presentation.ts';
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
import { type ThreadParams, threadEdgeParams, threadParams } from '../route-params.ts';

/** The lists of threads: where each is, and which threads it has. */
const lists: ReadonlyArray<readonly [path: string, kind: ThreadKind | undefined, summary: string]> = [
  ['/threads', undefined, "One's threads, newest activity first"],
  ['/groups', 'group', "One's groups, newest activity first"],
];

/** Where a thread stood in the list: any activity moves it, its leaving and its end too. */
const position = z.object({ before: z.iso.datetime().optional() });

const listSchema = pageOf(listedThreadSchema).extend({ system_features: featuresSchema });

/** Threads: lists of them, each of them, their begin and their end. */
export const threadEndpoints = (app: HttpApp): Endpoint[] => [
  ...listEndpoints(app),
  ...ownEndpoints(app),
  ...loadEndpoints(app),
];

function listEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const look = presentationOf(app);
  const answerPage = (page: Awaited<ReturnType<typeof listThreads>>, path: string) => ({
    ...presentPage(
      page,
      `/api/messenger${path}`,
      (view) => presentListedThread(view, settings, look),
      ({ thread }) => `?before=${thread.updatedAt}`,
    ),
    system_features: presentFeatures(settings),
  });
  return lists.flatMap(([path, kind, summary]) => [
    endpoint({
      method: 'GET',
      path,
      summary,
      place: nowhere,
      answer: listSchema,
      handle: async ({ user }) => answerPage(await listThreads(app, { user, kind }), path),
    }),
    endpoint({
      method: 'GET',
      path: `${path}/page/:thread`,
      summary: `${summary}: those before one of them`,
      place: threadEdgeParams,
      answer: listSchema,
      async handle({ user, place: { thread }, request }) {
        const { before = thread.updatedAt } = checkedBody(position, request.query);
        return answerPage(
          await listThreads(app, { user, kind, before: { id: thread.id, updatedAt: before } }),
          path,
        );
      },
    }),
  ]);
}

function ownEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const look = presentationOf(app);
  return [
    endpoint({
      method: 'POST',
      path: '/groups',
      summary: 'Make a group',
      place: nowhere,
      body: z.object({ subject: subjectField, providers: providersField(0).nullable().optional() }),
      answer: threadSchema,
      async handle({ user, body: { subject, providers } }) {
        return presentThread(
          await createGroup(app, { user, subject, providers: providers ?? [] }),
          settings,
          look,
        );
      },
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread',
      summary: 'A thread',
      place: threadParams,
      answer: threadSchema,
      handle: async ({ user, place }) =>
        presentThread(await viewThread(app, place.thread, user), settings, look),
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread',
      summary: 'Move a thread into the archive',
      place: threadParams,
      status: 204,
      handle: ({ user, place }) => archiveThread(app, place.thread, user),
    }),
  ];
}

/** A thread to be loaded, with what was asked for. */
interface Loading extends ThreadParams {
  asked: readonly Loadable[];
}

/** `messages|participants` as what it asks for; without it everything is asked for. */
async function loading(app: HttpApp, ids: PathIds): Promise<Loading> {
  const { relations } = ids;
  const names = relations?.split('|');
  return {
    ...(await threadParams(app, ids)),
    asked: loadables.filter((one) => names?.includes(one) ?? true),
  };
}

const loads = [
  ['/threads/:thread/load', 'A thread with its people and its newest messages, which are read by that'],
  ['/threads/:thread/load/:relations', 'A thread with some of participants, messages and mark-read, by bars'],
] as const;

function loadEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const look = presentationOf(app);
  return loads.map(([path, summary]) =>
    endpoint({
      method: 'GET',
      path,
      summary,
      place: loading,
      answer: threadSchema,
      async handle({ user, place: { thread, asked } }) {
        const { view, participants, messages } = await loadThread(app, { thread, user, asked });
        const route = `/api/messenger/threads/${thread.id}`;
        return presentThread(view, settings, look, {
          ...(participants && {
            participants: presentPage(participants, `${route}/participants`, (one) =>
              presentParticipant(one, look),
            ),
          }),
          ...(messages && {
            messages: presentPage(messages, `${route}/messages`, (one) => presentMessage(one)),
          }),
        });
      },
    }),
  );
}
