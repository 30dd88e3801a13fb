import { botSchema } from '../../api/bot.ts';
import { removeBotAvatar, setBotAvatar } from '../../services/bots/bot-avatar.ts';
import { botView } from '../../services/bots/bot-views.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentBot } from '../presenters/bot.ts';
import { botParams } from '../route-params.ts';
import { avatarRule } from '../upload.ts';

/** The picture of a bot. */
export function botAvatarEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/threads/:thread/bots/:bot/avatar',
      summary: 'Set the picture of a bot',
      place: botParams,
      file: () => avatarRule(app.settings()),
      answer: botSchema,
      async handle({ user, place, file }) {
        const bot = await setBotAvatar(app, { ...place, user, picture: file });
        return presentBot(await botView(app, bot));
      },
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread/bots/:bot/avatar',
      summary: 'Remove the picture of a bot',
      place: botParams,
      status: 204,
      handle: ({ user, place }) => removeBotAvatar(app, { ...place, user }),
    }),
  ];
}
