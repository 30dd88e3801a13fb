import { core } from './0001-core.ts';
import { files } from './0002-files.ts';
import { invites } from './0003-invites.ts';
import { schedule } from './0004-schedule.ts';
import { retries } from './0005-retries.ts';
import { tokens } from './0006-tokens.ts';
import { conversations } from './0007-conversations.ts';
import { realtime } from './0008-realtime.ts';
import { idempotencyKeys } from './0009-idempotency-keys.ts';
import { warnings } from './0010-warnings.ts';
import { intervals } from './0011-intervals.ts';
import { names } from './0012-names.ts';
import { deaths } from './0013-deaths.ts';
import { turns } from './0014-turns.ts';
import { reads } from './0015-reads.ts';
import { messageCounts } from './0016-message-counts.ts';
import { runTraces } from './0017-run-traces.ts';
import type { Migration } from './migration.ts';

/** Every migration by number and name, in the order in which they run. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-core': core,
  '0002-files': files,
  '0003-invites': invites,
  '0004-schedule': schedule,
  '0005-retries': retries,
  '0006-tokens': tokens,
  '0007-conversations': conversations,
  '0008-realtime': realtime,
  '0009-idempotency-keys': idempotencyKeys,
  '0010-warnings': warnings,
  '0011-intervals': intervals,
  '0012-names': names,
  '0013-deaths': deaths,
  '0014-turns': turns,
  '0015-reads': reads,
  '0016-message-counts': messageCounts,
  '0017-run-traces': runTraces,
};
