import type { Call } from '../transport.ts';
import type { Page, ParticipantJson } from '../types.ts';

/** The people of a thread. */
export const participants = (call: Call) => {
  const below = (thread: string, rest = '') => `threads/${thread}/participants${rest}`;
  return {
    list: (thread: string) => call<Page<ParticipantJson>>('GET', below(thread)),
    /** Adds people by their ids. */
    add: (thread: string, ids: readonly string[]) =>
      call<ParticipantJson[]>('POST', below(thread), {
        providers: ids.map((id) => ({ id, alias: 'user' })),
      }),
    promote: (thread: string, participant: string) =>
      call<ParticipantJson>('POST', below(thread, `/${participant}/promote`)),
    demote: (thread: string, participant: string) =>
      call<ParticipantJson>('POST', below(thread, `/${participant}/demote`)),
  };
};
