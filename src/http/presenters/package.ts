import type { PackageJson } from '../../api/package.ts';
import type { AvailablePackage } from '../../services/bots/available-handlers.ts';
import { presentHandler } from './handler.ts';

const picturePath = (size: string, { package: { alias, avatarExtension } }: AvailablePackage): string =>
  `/messenger/assets/bot-package/${size}/${alias}/avatar.${avatarExtension}`;

/** A packaged bot, with what it would install in this thread. */
export const presentPackage = (offer: AvailablePackage): PackageJson => ({
  alias: offer.package.alias,
  name: offer.package.name,
  description: offer.package.description,
  avatar: { sm: picturePath('sm', offer), md: picturePath('md', offer), lg: picturePath('lg', offer) },
  installs: offer.installs.map(presentHandler),
  already_installed: offer.alreadyInstalled.map(presentHandler),
});
