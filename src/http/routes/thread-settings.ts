import { z } from 'zod';
import { threadSettingsBody, threadSettingsSchema } from '../../api/thread.ts';
import type { ThreadSettings } from '../../domain/thread.ts';
import { removeThreadAvatar, setThreadAvatar } from '../../services/threads/thread-avatar.ts';
import { checkSettingsViewer, updateSettings } from '../../services/threads/update-settings.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentThreadSettings } from '../presenters/thread.ts';
import { threadParams } from '../route-params.ts';
import { askedFor, type Switches, switchesOf } from '../switches.ts';
import { avatarRule } from '../upload.ts';

/** The settings and the picture of a group. */
export function threadSettingsEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const { subject, ...fields } = threadSettingsBody.shape;
  const switches = (): Switches<keyof typeof fields, keyof ThreadSettings> => ({
    add_participants: ['addParticipants', true],
    messaging: ['messaging', true],
    knocks: ['knocks', settings().knocksEnabled],
    calling: ['calling', settings().callingEnabled],
    invitations: ['invitations', settings().invitesEnabled],
    chat_bots: ['chatBots', settings().botsEnabled],
  });
  return [
    endpoint({
      method: 'GET',
      path: '/threads/:thread/settings',
      summary: 'The settings of a group',
      place: threadParams,
      answer: threadSettingsSchema,
      async handle({ user, place: { thread } }) {
        await checkSettingsViewer(app, thread, user);
        return presentThreadSettings(thread, settings());
      },
    }),
    endpoint({
      method: 'PUT',
      path: '/threads/:thread/settings',
      summary: 'Change the settings of a group',
      place: threadParams,
      body: () => z.object({ subject, ...askedFor(fields, switches()) }),
      answer: threadSettingsSchema,
      async handle({ user, place: { thread }, body }) {
        const change = { subject: String(body.subject), settings: switchesOf(switches(), body) };
        return presentThreadSettings(await updateSettings(app, { thread, user, ...change }), settings());
      },
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/avatar',
      summary: 'Set the picture of a group',
      place: threadParams,
      file: () => avatarRule(settings()),
      answer: threadSettingsSchema,
      handle: async ({ user, place: { thread }, file }) =>
        presentThreadSettings(await setThreadAvatar(app, { thread, user, picture: file }), settings()),
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread/avatar',
      summary: 'Remove the picture of a group',
      place: threadParams,
      status: 204,
      handle: ({ user, place }) => removeThreadAvatar(app, { ...place, user }),
    }),
  ];
}
