import type { ToWorker } from './protocol.ts';

/** Where authors' code runs, a thread or a process, seen from the main thread. */
export interface Enclosure {
  send(message: ToWorker): void;
  /** Tells it whether an operation goes on: memory is watched only then. */
  setBusy(busy: boolean): void;
  /** Ends it, whatever its code does, and resolves once it is gone. */
  end(): Promise<void>;
}

/** Why an enclosure is gone although nobody ended it. */
export type Death =
  | { exitCode: number }
  | { signal: NodeJS.Signals }
  | { usedMemory: true }
  | { error: Error };

/** Told what happens in an enclosure. */
export interface EnclosureListener {
  onMessage(message: unknown): void;
  /** Text that went past the protocol: written straight to standard output, or by Node itself. */
  onRawText(text: string): void;
  onDeath(death: Death): void;
}

export interface EnclosureOptions {
  workspace: string;
  /** Megabytes. */
  memory: number;
  /** What the code inside finds in `process.env`. */
  environment: NodeJS.ProcessEnv;
}

/** Opens an enclosure. It says `ready` once it has started. */
export type OpenEnclosure = (options: EnclosureOptions, listener: EnclosureListener) => Enclosure;
