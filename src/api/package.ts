import { z } from 'zod';
import { handlerSchema } from './handler.ts';
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
export type PackageJson = z.output<typeof packageSchema>;

/**
 * Which packaged bot to install.
 *
 * @param aliases of all registered packages, if known
 */
export const packageChoiceBody = (aliases?: readonly string[]) =>
  z.object({ alias: aliases === undefined ? z.string() : z.enum(aliases) });
export type PackageChoiceBody = z.input<ReturnType<typeof packageChoiceBody>>;
