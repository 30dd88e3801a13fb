import type { PageJson } from '../../api/page.ts';
import type { NewParticipantsBody, ParticipantJson, ParticipantRecordJson } from '../../api/participant.ts';
import { everyPage, findItem } from '../pages.ts';
import type { Call } from '../transport.ts';

/** The people of a thread. */
export const participants = (call: Call) => {
  const below = (thread: string, rest = '') => `threads/${thread}/participants${rest}`;
  return {
    /** The first page. Later ones are at the routes that each page names. */
    list: (thread: string, route = below(thread)) => call<PageJson<ParticipantJson>>('GET', route),
    /** All of them, page by page. */
    pages: (thread: string) => everyPage<ParticipantJson>(call, below(thread)),
    /** The one who fits, however many there are. */
    find: (thread: string, isIt: (participant: ParticipantJson) => boolean) =>
      findItem(everyPage<ParticipantJson>(call, below(thread)), isIt),
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
