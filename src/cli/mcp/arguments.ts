import { z } from 'zod';
import type { TargetOptions } from '../target-options.ts';
import { userName } from '../user-name.ts';

/** The arguments that several tools share. */
export const thread = z
  .string()
  .optional()
  .describe('Name or id of the group. By default the playground, which is created if it is missing.');

export const actingUser = z
  .string()
  .optional()
  .describe('Name of the person to act as, who must be allowed to manage bots in the group.');

export const handlerName = z
  .string()
  .describe('Alias or class name of the handler, as list_handlers has it.');

export const parameters = z
  .record(z.string(), z.unknown())
  .optional()
  .describe(
    'Parameters by name, as the "fields" of list_handlers describe them. Left out are: cooldown 0, admin_only false, enabled true.',
  );

export const runId = z
  .string()
  .describe('Id of a failed run, as list_failed has it; its beginning is enough.');

/** The group and the person of a call. */
export const targetOf = (input: { thread?: string | undefined; as?: string | undefined }): TargetOptions => ({
  ...(input.thread !== undefined && { thread: input.thread }),
  as: input.as ?? userName(),
});
