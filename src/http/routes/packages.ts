import { z } from 'zod';
import { botSchema } from '../../api/bot.ts';
import { packageChoiceBody, packageSchema } from '../../api/package.ts';
import { availablePackages } from '../../services/bots/available-handlers.ts';
import { botView } from '../../services/bots/bot-views.ts';
import { installPackage } from '../../services/packages/install-package.ts';
import { checkedBody } from '../body.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentBot } from '../presenters/bot.ts';
import { presentPackage } from '../presenters/package.ts';
import { threadParams } from '../route-params.ts';

/** The packaged bots of a thread. */
export function packageEndpoints(app: HttpApp): Endpoint[] {
  const packages = () => app.catalogue.registeredPackages().map(({ alias }) => alias);
  return [
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots/packages',
      summary: 'The packaged bots that can be installed',
      place: threadParams,
      answer: z.array(packageSchema),
      handle: async ({ user, place }) =>
        (await availablePackages(app, place.thread, user)).map(presentPackage),
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/bots/packages',
      summary: 'Install a packaged bot',
      place: threadParams,
      described: packageChoiceBody(),
      status: 201,
      answer: botSchema,
      async handle({ user, place: { thread }, input }) {
        if (!packageChoiceBody(packages()).safeParse(input).success) await app.catalogue.whenLoaded();
        const { alias } = checkedBody(packageChoiceBody(packages()), input);
        const { bot } = await installPackage(app, { thread, user, name: alias });
        return presentBot(await botView(app, bot));
      },
    }),
  ];
}
