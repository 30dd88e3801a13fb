import { botView } from '../../services/bot-views.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { atBot } from '../places.ts';
import { botSchema, presentBot } from '../presenters/bot.ts';
import { writing } from '../writing.ts';

/** The picture of a bot. */
export function botAvatarEndpoints(app: HttpApp): Endpoint[] {
  const { http, avatarLimit: limit, avatarTypes: types } = app.settings;
  const write = writing(http);
  return [
    endpoint({
      method: 'POST',
      path: '/threads/:thread/bots/:bot/avatar',
      summary: 'Give a bot a picture',
      place: atBot,
      file: { field: 'image', kind: 'image', limit, types },
      answer: botSchema,
      async handle({ user, place, file }) {
        const bot = await app.setBotAvatar({ ...place, user }, file);
        return presentBot(await botView(app, bot), write);
      },
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread/bots/:bot/avatar',
      summary: 'Take its picture from a bot',
      place: atBot,
      status: 204,
      handle: ({ user, place }) => app.removeBotAvatar({ ...place, user }),
    }),
  ];
}
