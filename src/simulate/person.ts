import type { ParticipantJson } from '../client/index.ts';

const rights = {
  manage_bots: 'add bots',
  add_participants: 'add people',
  manage_invites: 'invite',
  send_knocks: 'knock',
} as const;

const isRight = (name: string): name is keyof typeof rights => Object.hasOwn(rights, name);

/** What a participant may do in a group: `may write, add bots`. */
export function rightsOf(participant: ParticipantJson): string {
  if (participant.admin) return 'may do everything';
  const held = Object.keys(rights).filter((name) => isRight(name) && participant[name]);
  const names = held.map((name) => (isRight(name) ? rights[name] : name));
  const all = [...(participant.send_messages ? ['write'] : []), ...names];
  return all.length === 0 ? 'may only read' : `may ${all.join(', ')}`;
}

/** Whether a participant is online: `online`, `away` or `offline`. */
export const statusOf = ({ owner }: ParticipantJson): string =>
  owner.options.online_status_verbose.toLowerCase();

/** A participant in one line. */
export function personLine(participant: ParticipantJson, notes: readonly string[]): string {
  const all = [...(participant.admin ? ['admin'] : []), ...notes, rightsOf(participant)];
  return `${participant.owner.name}: ${all.join(', ')}`;
}
