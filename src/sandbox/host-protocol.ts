import type { Death } from './transport.ts';

/** Messages from the daemon to a host. */
export type ToHost =
  | {
      type: 'start';
      channel: number;
      workspace: string;
      memory: number;
      environment: NodeJS.ProcessEnv;
      /** The environment variable's value that marks what the worker starts. */
      marker: string;
    }
  | { type: 'end'; channel: number; isClean: boolean };

/** Messages from a host to the daemon. */
export type FromHost =
  | { type: 'text'; channel: number; text: string }
  | { type: 'ended'; channel: number; death: Death }
  /** Calls of handlers block the host's thread pool. */
  | { type: 'blocked' };
