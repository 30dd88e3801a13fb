import type { NewReactionBody, ReactionJson } from '../../api/reaction.ts';
import type { Call } from '../transport.ts';

/** The reactions of a message. */
export const reactions = (call: Call) => {
  const below = (thread: string, message: string) => `threads/${thread}/messages/${message}/reactions`;
  return {
    add: (thread: string, message: string, reaction: string) =>
      call<ReactionJson>('POST', below(thread, message), { reaction } satisfies NewReactionBody),
    remove: (thread: string, message: string, reaction: string) =>
      call<null>('DELETE', `${below(thread, message)}/${reaction}`),
  };
};
