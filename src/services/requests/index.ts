import type { RequestKind } from '../../authoring/requests.ts';
import type { RequestListener } from '../../sandbox/worker-thread.ts';
import { archive, markRead, message, reaction } from './acting.ts';
import type { ActiveRun, Answerer } from './active-run.ts';
import { invite } from './invite.ts';
import { knock } from './knock.ts';
import { read, sleep, stopTyping, typing } from './presence.ts';
import { bots, documents, invites, messages, participants } from './queries.ts';
import { upload } from './upload.ts';

/** Who answers each thing a handler may ask for. */
const answerers: { [Kind in RequestKind]: Answerer<Kind> } = {
  message,
  upload,
  reaction,
  knock,
  markRead,
  archive,
  invite,
  typing,
  stopTyping,
  read,
  bots,
  participants,
  messages,
  documents,
  invites,
  sleep,
};

/** Requests that change nothing, and need not wait for those before them. */
const besides = new Set<RequestKind>(['sleep', 'bots', 'participants', 'messages', 'documents', 'invites']);

/** Answers what one run asks for. What it does in the thread is done in the order in which it was asked for. */
export function requestListener(active: ActiveRun): RequestListener {
  let before: Promise<unknown> = Promise.resolve();
  return (kind, step, args) => {
    const answer = (): Promise<unknown> => answerers[kind](active, args, step ?? 0);
    if (besides.has(kind)) return answer();
    const turn = before.then(answer);
    before = turn.catch(() => undefined);
    return turn;
  };
}
