import type { Message } from '../domain/message.ts';
import type { Participant } from '../domain/participant.ts';
import type { Reaction } from '../domain/reaction.ts';
import {
  locateInvite,
  locateMessage,
  locateMessageEdge,
  locateParticipant,
  locateParticipantEdge,
  locateReaction,
} from '../services/messages/locate-message.ts';
import type { InviteView } from '../services/threads/join-by-invite.ts';
import type { HttpApp, PathIds } from './endpoint.ts';
import { type ThreadParams, threadParams } from './route-params.ts';

/** A message of a thread, as named by a path. */
export interface AtMessage extends ThreadParams {
  message: Message;
}

/** A reaction to a message, as named by a path. */
export interface AtReaction extends AtMessage {
  reaction: Reaction;
}

/** A participant of a thread, as named by a path. */
export interface AtParticipant extends ThreadParams {
  participant: Participant;
}

/** For `/threads/:thread/messages/:message…` */
export async function atMessage(app: HttpApp, ids: PathIds): Promise<AtMessage> {
  const { thread } = await threadParams(app, ids);
  return { thread, message: await locateMessage(app, thread, ids.message ?? '') };
}

/** For `/threads/:thread/messages/page/:message` and similar paths */
export async function behindMessage(app: HttpApp, ids: PathIds): Promise<AtMessage> {
  const { thread } = await threadParams(app, ids);
  return { thread, message: await locateMessageEdge(app, thread, ids.message ?? '') };
}

/** For `/threads/:thread/messages/:message/reactions/:reaction` */
export async function atReaction(app: HttpApp, ids: PathIds): Promise<AtReaction> {
  const { thread, message } = await atMessage(app, ids);
  return { thread, message, reaction: await locateReaction(app, message, ids.reaction ?? '') };
}

/** For `/threads/:thread/participants/:participant…` */
export async function atParticipant(app: HttpApp, ids: PathIds): Promise<AtParticipant> {
  const { thread } = await threadParams(app, ids);
  return { thread, participant: await locateParticipant(app, thread, ids.participant ?? '') };
}

/** For `/threads/:thread/participants/page/:participant` */
export async function behindParticipant(app: HttpApp, ids: PathIds): Promise<AtParticipant> {
  const { thread } = await threadParams(app, ids);
  return { thread, participant: await locateParticipantEdge(app, thread, ids.participant ?? '') };
}

/** For `/join/:code` */
export const atInvite = (app: HttpApp, { code = '' }: PathIds): Promise<InviteView> =>
  locateInvite(app, code);
