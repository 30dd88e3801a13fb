import type { ParticipantJson } from '../../client/index.ts';
import { rightsOf, statusOf } from '../../simulate/person.ts';
import { memberAt, memberPlace } from '../state/members.ts';
import { openThread, type State } from '../state/state.ts';
import { justified, type Line, line, lines } from '../text/line.ts';
import { safeLine } from '../text/width.ts';
import { listWindow, windowLines } from './list-window.ts';
import { clock } from './message-lines.ts';

/** The people of the open group, and below them what the one under the cursor may do. */
export function peopleLines(state: State, width: number, height: number): Line[] {
  const chosen = memberAt(state);
  if (chosen === undefined) return lines('Nobody is here.', width, 'faint');
  const details = [line(''), ...detailLines(state, chosen, width)];
  const room = height - details.length;
  // In a low pane the list is worth more than what is said about one of them.
  const rows = room >= 4 ? room : height;
  const { participants, members } = state;
  const place = memberPlace(state);
  const shown = listWindow({ count: participants.length, cursor: place, total: members.total }, rows);
  const list = windowLines(participants, shown, (person, at) =>
    personRow(state, person, width, at === place && state.pane === 'inspector'),
  );
  return rows === height ? list : [...list, ...details];
}

/** How each status is marked. */
const marks: Record<string, Line[number]> = {
  online: { text: '● ', style: 'good' },
  away: { text: '◐ ', style: 'warning' },
  offline: { text: '○ ', style: 'faint' },
};

const statusIn = (state: State, person: ParticipantJson): string =>
  isHere(state, person) || state.members.present.includes(person.owner_id) ? 'online' : statusOf(person);

const isHere = ({ people }: State, { owner_id }: ParticipantJson): boolean =>
  people.some(({ id }) => id === owner_id);

function personRow(state: State, person: ParticipantJson, width: number, isChosen: boolean): Line {
  const isMe = person.owner_id === state.me;
  const left: Line = [
    marks[statusIn(state, person)] ?? { text: '○ ', style: 'faint' },
    { text: safeLine(person.owner.name), style: isChosen ? 'chosen' : isMe ? 'me' : 'person' },
  ];
  const right: Line = [
    { text: person.admin ? ' admin' : '', style: 'admin' },
    { text: isMe ? ' you' : isHere(state, person) ? ' here' : '', style: 'faint' },
  ];
  return justified(
    left,
    right.filter(({ text }) => text !== ''),
    width,
  );
}

/** What there is to know about the person under the cursor. */
function detailLines(state: State, person: ParticipantJson, width: number): Line[] {
  const status = statusIn(state, person);
  const isMuted = person.owner_id === state.me && openThread(state)?.options.muted === true;
  return [
    ...lines(safeLine(person.owner.name), width, 'strong'),
    ...lines(`${rightsOf(person)}${isMuted ? '; has muted this group' : ''}`, width, 'plain', '  '),
    ...lines(`${status}${isHere(state, person) ? ', logged in here' : ''}`, width, 'faint', '  '),
    ...lines(readText(state, person), width, 'faint', '  '),
  ];
}

/** Up to where somebody has read. */
function readText({ conversation }: State, { last_read }: ParticipantJson): string {
  if (last_read.time === null) return 'has read nothing yet';
  const newest = conversation.entries.findLast(({ kind }) => kind === 'message');
  const hasAll = conversation.detached === false && newest?.id === last_read.message_id;
  return hasAll ? 'has read everything' : `has read up to ${clock(last_read.time)}`;
}
