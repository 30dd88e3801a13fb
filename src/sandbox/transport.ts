import type { ToWorker } from './protocol.ts';

/** A worker that runs authors' code, a thread or a process, seen from the daemon. */
export interface WorkerTransport {
  send(message: ToWorker): void;
  /** Says whether an operation goes on: memory is watched only then. */
  setBusy(isBusy: boolean): void;
  /**
   * Whether what it runs in is still used for new work. One that shares its process with a worker that cannot be
   * ended is used no more.
   */
  readonly isUsable: boolean;
  /** Whether others in its process may hold up what it does. */
  readonly isHeldUp: boolean;
  /** Whether its process is for it alone. */
  readonly isAlone: boolean;
  /**
   * Ends it, whatever its code does, and resolves once it is gone, or at least does nothing that anybody hears of.
   *
   * @param isClean whether its code has left nothing behind: else the processes that it started are looked for
   */
  end(isClean: boolean): Promise<void>;
}

/** Why a worker is gone although nobody ended it. */
export type Death = (
  | { exitCode: number }
  | { signal: NodeJS.Signals }
  | { usedMemory: true }
  | { error: Error }
  /** It sent more at once than is read. */
  | { protocol: true }
) & {
  /** Whether its process died with other work under way in it: any of that may be what ended it. */
  isShared?: boolean;
};

/** Is told what happens in a worker. */
export interface TransportListener {
  /** Nothing of it is checked. */
  onMessage(message: unknown): void;
  /** Text that went past the protocol: written straight to standard output, or by Node itself. */
  onRawText(text: string): void;
  onDeath(death: Death): void;
}

export interface TransportOptions {
  workspace: string;
  /** Megabytes. */
  memory: number;
  /** The most bytes that one message of it may have. */
  messageLimit: number;
  /** What the code inside finds in `process.env`. */
  environment: NodeJS.ProcessEnv;
}

/** Starts a worker. It says `ready` once it has started. */
export type SpawnWorker = (options: TransportOptions, listener: TransportListener) => WorkerTransport;
