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
export interface MessageParams extends ThreadParams {
  message: Message;
}

/** A reaction to a message, as named by a path. */
export interface ReactionParams extends MessageParams {
  reaction: Reaction;
}

/** A participant of a thread, as named by a path. */
export interface ParticipantParams extends ThreadParams {
  participant: Participant;
}

/** For `/threads/:thread/messages/:message…` */
export async function messageParams(app: HttpApp, ids: PathIds): Promise<MessageParams> {
  const { thread } = await threadParams(app, ids);
  return { thread, message: await locateMessage(app, thread, ids.message ?? '') };
}

/** For `/threads/:thread/messages/page/:message` and similar paths */
export async function messageEdgeParams(app: HttpApp, ids: PathIds): Promise<MessageParams> {
  const { thread } = await threadParams(app, ids);
  return { thread, message: await locateMessageEdge(app, thread, ids.message ?? '') };
}

/** For `/threads/:thread/messages/:message/reactions/:reaction` */
export async function reactionParams(app: HttpApp, ids: PathIds): Promise<ReactionParams> {
  const { thread, message } = await messageParams(app, ids);
  return { thread, message, reaction: await locateReaction(app, message, ids.reaction ?? '') };
}

/** For `/threads/:thread/participants/:participant…` */
export async function participantParams(app: HttpApp, ids: PathIds): Promise<ParticipantParams> {
  const { thread } = await threadParams(app, ids);
  return { thread, participant: await locateParticipant(app, thread, ids.participant ?? '') };
}

/** For `/threads/:thread/participants/page/:participant` */
export async function participantEdgeParams(app: HttpApp, ids: PathIds): Promise<ParticipantParams> {
  const { thread } = await threadParams(app, ids);
  return { thread, participant: await locateParticipantEdge(app, thread, ids.participant ?? '') };
}

/** For `/join/:code` */
export const inviteParams = (app: HttpApp, { code = '' }: PathIds): Promise<InviteView> =>
  locateInvite(app, code);
