import {
  newGroupBody,
  type ThreadPageJson,
  threadPageQuery,
  threadPageSchema,
  threadSchema,
  threadSearchQuery,
} from '../../api/thread.ts';
import type { ThreadKind } from '../../domain/thread.ts';
import { archiveThread } from '../../services/threads/archive-thread.ts';
import { createGroup } from '../../services/threads/create-group.ts';
import {
  type Loadable,
  listThreads,
  loadables,
  loadThread,
  searchThreads,
  viewThread,
} from '../../services/threads/list-threads.ts';
import { checkedBody } from '../body.ts';
import { type Endpoint, endpoint, type HttpApp, nowhere, type PathIds } from '../endpoint.ts';
import { presentationOf } from '../presentation.ts';
import { presentFeatures } from '../presenters/features.ts';
import { presentMessage } from '../presenters/message.ts';
import { presentPage } from '../presenters/page.ts';
import { presentParticipant } from '../presenters/participant.ts';
import { presentListedThread, presentThread, type Resources } from '../presenters/thread.ts';
import { type ThreadParams, threadEdgeParams, threadParams } from '../route-params.ts';

/** The lists of threads: the path, and which threads the list contains. */
const lists: ReadonlyArray<readonly [path: string, kind: ThreadKind | undefined, summary: string]> = [
  ['/threads', undefined, 'Your threads, newest activity first'],
  ['/groups', 'group', 'Your groups, newest activity first'],
];

/** Threads: listing, showing, creating and ending them. */
export const threadEndpoints = (app: HttpApp): Endpoint[] => [
  ...listEndpoints(app),
  ...ownEndpoints(app),
  ...loadEndpoints(app),
];

function listEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const presentation = presentationOf(app);
  const answerPage = (page: Awaited<ReturnType<typeof listThreads>>, path: string): ThreadPageJson => ({
    ...presentPage(
      page,
      `/api/messenger${path}`,
      (view) => presentListedThread(view, settings(), presentation),
      ({ thread }) => `?before=${thread.updatedAt}`,
    ),
    system_features: presentFeatures(settings()),
  });
  const search = endpoint({
    method: 'GET',
    path: '/threads/search',
    summary: 'Your threads whose name contains the text of the query "q", the one with this very name first',
    place: nowhere,
    answer: threadPageSchema,
    async handle({ user, request }) {
      const { q } = checkedBody(threadSearchQuery, request.query);
      return answerPage(await searchThreads(app, { user, text: q }), '/threads/search');
    },
  });
  const pages = lists.flatMap(([path, kind, summary]) => [
    endpoint({
      method: 'GET',
      path,
      summary,
      place: nowhere,
      answer: threadPageSchema,
      handle: async ({ user }) => answerPage(await listThreads(app, { user, kind }), path),
    }),
    endpoint({
      method: 'GET',
      path: `${path}/page/:thread`,
      summary: `${summary}, before one of them`,
      place: threadEdgeParams,
      answer: threadPageSchema,
      async handle({ user, place: { thread }, request }) {
        const { before = thread.updatedAt } = checkedBody(threadPageQuery, request.query);
        return answerPage(
          await listThreads(app, { user, kind, before: { id: thread.id, updatedAt: before } }),
          path,
        );
      },
    }),
  ]);
  return [search, ...pages];
}

function ownEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const presentation = presentationOf(app);
  return [
    endpoint({
      method: 'POST',
      path: '/groups',
      summary: 'Create a group',
      place: nowhere,
      body: newGroupBody,
      answer: threadSchema,
      async handle({ user, body: { subject, providers } }) {
        return presentThread(
          await createGroup(app, { user, subject, providers: providers ?? [] }),
          settings(),
          presentation,
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
        presentThread(await viewThread(app, place.thread, user), settings(), presentation),
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread',
      summary: 'Archive a thread',
      place: threadParams,
      status: 204,
      handle: ({ user, place }) => archiveThread(app, place.thread, user),
    }),
  ];
}

/** A thread to load, with the requested resources. */
interface Loading extends ThreadParams {
  asked: readonly Loadable[];
}

/** Parses `messages|participants`. Without it, everything is requested. */
async function loading(app: HttpApp, ids: PathIds): Promise<Loading> {
  const { relations } = ids;
  const names = relations?.split('|');
  return {
    ...(await threadParams(app, ids)),
    asked: loadables.filter((one) => names?.includes(one) ?? true),
  };
}

const loads = [
  ['/threads/:thread/load', 'A thread with its participants and newest messages, which are marked as read'],
  [
    '/threads/:thread/load/:relations',
    'A thread with some of participants, messages and mark-read, separated by |',
  ],
] as const;

function loadEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const presentation = presentationOf(app);
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
        const resources: Resources = {};
        if (participants)
          resources.participants = presentPage(participants, `${route}/participants`, (one) =>
            presentParticipant(one, presentation),
          );
        if (messages)
          resources.messages = presentPage(messages, `${route}/messages`, (one) => presentMessage(one));
        return presentThread(view, settings(), presentation, resources);
      },
    }),
  );
}
