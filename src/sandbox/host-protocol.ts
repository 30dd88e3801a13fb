import type { Death } from './transport.ts';

/** Daemon to host. */
export type ToHost =
  | {
      type: 'start';
      channel: number;
      workspace: string;
      memory: number;
      environment: NodeJS.ProcessEnv;
      /** Marks what the worker starts, in its environment. */
      marker: string;
    }
  | { type: 'end'; channel: number; isClean: boolean };

/** Host to daemon. */
export type FromHost =
  | { type: 'text'; channel: number; text: string }
  | { type: 'ended'; channel: number; death: Death }
  /** Calls that handlers made hold up the host's own pool for files, names and hashes. */
  | { type: 'blocked' };
