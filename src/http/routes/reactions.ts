import { newReactionBody, reactionSchema, reactionsSchema } from '../../api/reaction.ts';
import { viewReactions } from '../../services/messages/list-messages.ts';
import { addReaction, removeReaction } from '../../services/reactions/add-reaction.ts';
import { messageParams, reactionParams } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentReaction, presentReactions } from '../presenters/reaction.ts';

const list = '/threads/:thread/messages/:message/reactions';

/** The reactions to a message. */
export function reactionEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: list,
      summary: 'The reactions to a message, by their emoji',
      place: messageParams,
      answer: reactionsSchema,
      handle: async ({ user, place }) =>
        presentReactions(await viewReactions(app, { thread: place.thread, user, message: place.message })),
    }),
    endpoint({
      method: 'POST',
      path: list,
      summary: 'React to a message',
      place: messageParams,
      body: newReactionBody,
      status: 201,
      answer: reactionSchema,
      async handle({ user, place, body }) {
        const reaction = await addReaction(app, {
          thread: place.thread,
          user,
          message: place.message,
          text: body.reaction,
        });
        return presentReaction({ reaction, owner: { type: 'user', user } });
      },
    }),
    endpoint({
      method: 'DELETE',
      path: `${list}/:reaction`,
      summary: 'Remove a reaction',
      place: reactionParams,
      status: 204,
      handle: ({ user, place }) =>
        removeReaction(app, { thread: place.thread, user, message: place.message, reaction: place.reaction }),
    }),
  ];
}
