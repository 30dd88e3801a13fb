import { core } from './0001-core.ts';
import { files } from './0002-files.ts';
import { invites } from './0003-invites.ts';
import { tokens } from './0005-tokens.ts';
import { conversations } from './0010-conversations.ts';
import { realtime } from './0015-realtime.ts';
import type { Migration } from './migration.ts';

/** Every migration by its number and name; they run in this order. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-core': core,
  '0002-files': files,
  '0003-invites': invites,
  '0005-tokens': tokens,
  '0010-conversations': conversations,
  '0015-realtime': realtime,
};
