import { z } from 'zod';
import { pageOf } from './page.ts';
import { personSchema } from './person.ts';
import { providersField } from './providers-field.ts';

const permissionFields = z.object({
  admin: z.boolean(),
  pending: z.boolean(),
  send_knocks: z.boolean(),
  send_messages: z.boolean(),
  add_participants: z.boolean(),
  manage_invites: z.boolean(),
  manage_bots: z.boolean(),
  start_calls: z.boolean(),
});
/** What a participant may do. */
export type PermissionsJson = z.output<typeof permissionFields>;

const recordFields = permissionFields.extend({
  id: z.string(),
  thread_id: z.string(),
  owner_id: z.string(),
  owner_type: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
/** The fields shown for every participant. */
export type ParticipantFieldsJson = z.output<typeof recordFields>;

/** A participant with their name and what they have read. */
export const participantSchema = recordFields
  .extend({
    owner: personSchema,
    last_read: z.object({ time: z.string().nullable(), message_id: z.string().nullable() }),
  })
  .meta({ id: 'Participant' });
export type ParticipantJson = z.output<typeof participantSchema>;

/** A participant as a bare record. */
export const participantRecordSchema = recordFields
  .extend({ muted: z.boolean(), last_read: z.string().nullable(), deleted_at: z.null() })
  .meta({ id: 'ParticipantRecord' });
export type ParticipantRecordJson = z.output<typeof participantRecordSchema>;

/** A page of participants. */
export const participantPageSchema = pageOf(participantSchema);

/** The people to add to a group. */
export const newParticipantsBody = z.object({ providers: providersField(1) });
export type NewParticipantsBody = z.input<typeof newParticipantsBody>;

/** The new permissions of a participant. The configuration decides which fields are required. */
export const permissionsBody = z.object({
  send_messages: z.boolean(),
  add_participants: z.boolean(),
  start_calls: z.boolean(),
  send_knocks: z.boolean(),
  manage_invites: z.boolean(),
  manage_bots: z.boolean(),
});
