import { z } from 'zod';
import type { AvailablePackage } from '../../services/bots/available-handlers.ts';
import { handlerSchema, presentHandler } from './handler.ts';
import { avatarSchema } from './provider.ts';

/** A packaged bot that can be installed in a thread. */
export const packageSchema = z
  .object({
    alias: z.string(),
    name: z.string(),
    description: z.string(),
    avatar: avatarSchema,
    installs: z.array(handlerSchema),
    already_installed: z.array(handlerSchema),
  })
  .meta({ id: 'PackagedBot' });
export type PackageAnswer = z.output<typeof packageSchema>;

const picturePath = (size: string, { package: { alias, avatarExtension } }: AvailablePackage): string =>
  `/messenger/assets/bot-package/${size}/${alias}/avatar.${avatarExtension}`;

/** A packaged bot with what it would install here. */
export const presentPackage = (offer: AvailablePackage): PackageAnswer => ({
  alias: offer.package.alias,
  name: offer.package.name,
  description: offer.package.description,
  avatar: { sm: picturePath('sm', offer), md: picturePath('md', offer), lg: picturePath('lg', offer) },
  installs: offer.installs.map(presentHandler),
  already_installed: offer.alreadyInstalled.map(presentHandler),
});
