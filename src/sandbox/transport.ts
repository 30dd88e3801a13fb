import type { ToWorker } from './protocol.ts';

/** The daemon's handle of a worker, a thread or a process, that runs authors' code. */
export interface WorkerTransport {
  send(message: ToWorker): void;
  /** Sets whether an operation is running. Memory is watched only then. */
  setBusy(isBusy: boolean): void;
  /**
   * Whether new work may still run there. False for a worker that shares its process with one that cannot be
   * ended.
   */
  readonly isUsable: boolean;
  /** Whether others in its process may be blocking it. */
  readonly isHeldUp: boolean;
  /** Whether it has a process of its own. */
  readonly isAlone: boolean;
  /**
   * Ends the worker, whatever its code does. Resolves once it is gone or can no longer be heard.
   *
   * @param isClean whether its code left nothing behind; otherwise its child processes are searched for
   */
  end(isClean: boolean): Promise<void>;
}

/** Why a worker is gone although nobody ended it. */
export type Death = (
  | { exitCode: number }
  | { signal: NodeJS.Signals }
  | { usedMemory: true }
  | { error: Error }
  /** It sent more than the limit of a message. */
  | { protocol: true }
) & {
  /** Whether its process died with other operations running in it, any of which may be the cause. */
  isShared?: boolean;
};

/** Receives the events of a worker. */
export interface TransportListener {
  /** The message is unchecked. */
  onMessage(message: unknown): void;
  /** Text outside the protocol: written straight to standard output, or by Node itself. */
  onRawText(text: string): void;
  onDeath(death: Death): void;
}

export interface TransportOptions {
  workspace: string;
  /** Megabytes. */
  memory: number;
  /** The largest message in bytes. */
  messageLimit: number;
  /** The environment variables of the code inside. */
  environment: NodeJS.ProcessEnv;
  /** Whether our process may end, and the worker with it, although nobody ended it. */
  isUnreferenced?: boolean | undefined;
}

/** Starts a worker. It sends `ready` once it has started. */
export type SpawnWorker = (options: TransportOptions, listener: TransportListener) => WorkerTransport;
