import type { PageJson } from '../../api/page.ts';
import type { NewParticipantsBody, ParticipantJson, ParticipantRecordJson } from '../../api/participant.ts';
import type { Call } from '../transport.ts';

/** The people of a thread. */
export const participants = (call: Call) => {
  const below = (thread: string, rest = '') => `threads/${thread}/participants${rest}`;
  return {
    list: (thread: string) => call<PageJson<ParticipantJson>>('GET', below(thread)),
    /** Adds people by their ids. */
    add: (thread: string, ids: readonly string[]) =>
      call<ParticipantRecordJson[]>('POST', below(thread), {
        providers: ids.map((id) => ({ id, alias: 'user' })),
      } satisfies NewParticipantsBody),
    promote: (thread: string, participant: string) =>
      call<ParticipantJson>('POST', below(thread, `/${participant}/promote`)),
    demote: (thread: string, participant: string) =>
      call<ParticipantJson>('POST', below(thread, `/${participant}/demote`)),
  };
};
