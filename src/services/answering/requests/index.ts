import { checkArguments, type RequestKind } from '../../../authoring/request-arguments.ts';
import { isQuery } from '../../../authoring/requests.ts';
import type { Deadline } from '../../../base/deadline.ts';
import { createError } from '../../../base/errors.ts';
import { isShortage } from '../../../base/shortage.ts';
import type { TraceRecorder } from '../../../domain/run-trace.ts';
import { wellFormed } from '../../../domain/well-formed.ts';
import type { RequestListener } from '../../../sandbox/worker.ts';
import { type ActiveRun, type Answerer, assertNotAborted, type OpenRun } from './active-run.ts';
import { archive } from './archive.ts';
import { beginStep } from './begin-step.ts';
import { fetch } from './fetch.ts';
import { invite } from './invite.ts';
import { knock } from './knock.ts';
import { markRead } from './mark-read.ts';
import { message } from './message.ts';
import { read, sleep, stopTyping, typing } from './presence.ts';
import { bots, documents, invites, messages, participants } from './queries.ts';
import { reaction } from './reaction.ts';
import { upload } from './upload.ts';

/** The function that answers each kind of request. */
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
  fetch,
};

/** Answers the requests of one run until the run ends. */
export interface RequestDispatcher {
  /** Requests that change the thread are done in the order in which they were made. */
  listen: RequestListener;
  /**
   * Resolves once everything that is being stored is stored. Requests that arrive later or are not yet being
   * stored are rejected, since they may hang. Bots that are shown as typing are shown as stopped.
   */
  close(): Promise<void>;
}

/** The reason for which requests after the end of a run are rejected. One for all: making an error takes long. */
const isOver = createError('HANDLER_OUTSIDE_RUN', 'composer()');

/**
 * Creates the dispatcher of a run. It is closed when `end` aborts; `active.signal` must follow its signal. On
 * a temporary shortage of the machine or the database, it aborts `end` itself.
 *
 * @throws HANDLER_OUTSIDE_RUN from the listener, once the run has ended
 */
export function createRequestDispatcher(
  active: ActiveRun,
  { end, isAgain, trace }: Pick<OpenRun, 'end' | 'isAgain'> & { trace?: TraceRecorder },
): RequestDispatcher {
  let before: Promise<unknown> = Promise.resolve();
  const open: OpenRun = { ...active, end, isAgain, begun: new Set(), storing: new Set(), typing: new Map() };
  const perform = <Kind extends RequestKind>(
    kind: Kind,
    args: unknown,
    step: number,
    deadline: Deadline | undefined,
  ): Promise<unknown> => {
    const answerer: Answerer<Kind> = answerers[kind];
    return answerer(open, wellFormed(checkArguments(kind, args)), step, deadline);
  };
  const listen: RequestListener = (kind, step, args, deadline) => {
    const ended = trace && beginStep(trace, kind, args);
    const answer = async (): Promise<unknown> => {
      assertNotAborted(active, kind);
      return perform(kind, args, step ?? 0, deadline).catch((error: unknown) => {
        // The handler gets no answer: the run ends here and starts again.
        if (isShortage(error)) end.abort(error);
        throw error;
      });
    };
    const turn = isQuery(kind) ? answer() : before.then(answer);
    if (!isQuery(kind)) before = turn.catch(() => undefined);
    if (ended) turn.then(ended.answered, ended.failed);
    return turn;
  };
  const close = async () => {
    end.abort(isOver);
    await Promise.all(open.storing);
    for (const typing of open.typing.values()) active.context.events.emit('StoppedTyping', typing);
  };
  return { listen, close };
}
