import type { ClockChange, ClockState } from '../domain/clock-state.ts';
import type { Replay, ReplayRequest } from '../domain/replay.ts';

/** The address of a daemon. */
export interface Address {
  url: string;
  realtime: { url: string; key: string };
}

/** A person who may speak, and their token. */
export interface Login {
  id: string;
  name: string;
  token: string;
}

/** The status of the daemon. */
export interface DaemonState {
  botsEnabled: boolean;
  /** Null if its clock cannot be moved. */
  clock: ClockState | null;
  queue: { waiting: number; running: number; failed: number };
  /** Changes whenever the known handlers do, or the problems of their files. */
  handlersRevision: number;
  /** The handlers that have run for a while, in all groups. */
  runs: readonly LongRun[];
}

/** A handler that has run for a while. */
export interface LongRun {
  id: string;
  threadId: string;
  /** Its alias. */
  handler: string;
  seconds: number;
  /** The second at which it is ended. */
  endsAtSecond: number;
}

/** A handler that can be attached. */
export interface KnownHandler {
  alias: string;
  /** The name of its class. */
  class: string;
  name: string;
  description: string;
  /** What it still needs before it can work, one sentence each. */
  needs: readonly string[];
}

/** What the daemon reports outside the API. */
export type News =
  | { kind: 'printed'; source: string; text: string }
  | { kind: 'failed'; source: string; text: string; stack: string | null; messageId: string | undefined }
  | { kind: 'warned'; source: string; text: string; stack: string | null; messageId: string | undefined }
  | { kind: 'reloaded'; text: string }
  | { kind: 'broken'; text: string }
  | { kind: 'clock'; state: ClockState; text: string }
  | { kind: 'log'; source: string; text: string };

/** A chat that is being recorded as a transcript. */
export interface Recording {
  readonly file: string;
  /** Its group. */
  readonly threadId: string;
  /**
   * Notes a command of somebody.
   *
   * @returns takes it back, when it has failed
   */
  command(who: string, line: string): () => void;
}

/** What every form of `simulate` needs from its workspace besides the HTTP API. */
export interface WorkspaceAccess {
  /** The chat that is being recorded now. */
  readonly recording: Recording | undefined;
  /**
   * Records the chat of a group into a new file, from now on.
   *
   * @returns what the person should know
   * @throws WRONG_USE when the file exists or another chat is being recorded; SYSTEM_REFUSED
   */
  record(file: string, threadId: string): Promise<readonly string[]>;
  /** Ends the recording. Returns what was recorded, in words; undefined if nothing is being recorded. */
  stopRecording(): Promise<string | undefined>;
  /**
   * Replaces the playground with a new one, of which the person is an admin. Ends the recording of the old one.
   *
   * @returns its id, and what the person should know
   */
  resetPlayground(name: string): Promise<{ threadId: string; notices: readonly string[] }>;
  /** Finds the daemon of the workspace, or starts one. */
  locate(): Promise<Address>;
  /** Logs in the person with this name, who is created if missing. */
  login(name: string): Promise<Login>;
  /** Sends messages of a group again in a copy of it, and compares what bots did. */
  replay(request: ReplayRequest): Promise<Replay>;
  /** Reloads all handlers. */
  reload(): Promise<string>;
  /** All handlers that can be attached, ordered by name. */
  handlers(): Promise<readonly KnownHandler[]>;
  /** Changes the product's clock, and returns what it shows then. Only that of a simulation's own daemon can be changed. */
  clock(change: ClockChange): Promise<ClockState>;
}

/** What a simulation line by line needs from its workspace besides the HTTP API. */
export interface LinesAccess extends WorkspaceAccess {
  /** Where the daemon is. */
  readonly address: Address;
  /** Aborts when the simulation is interrupted or ends. */
  readonly signal: AbortSignal;
  /** Resolves at once, unless the daemon has gone and is being found again. */
  located(): Promise<void>;
  /** Finds the daemon again after it did not answer. Returns false if it is one of this process. */
  reconnect(): Promise<boolean>;
  /** Makes a person a plain participant of a thread, without a message about it. */
  join(threadId: string, name: string): Promise<void>;
}

/** What the full screen needs from its workspace besides the HTTP API. */
export interface Host extends WorkspaceAccess {
  /** The group that is opened first. The person is made an admin in it. */
  openPlayground(name: string): Promise<{ threadId: string; notices: readonly string[] }>;
  /** Calls `onStatus` with the daemon's status and whenever it changes; with null while there is no daemon. */
  watchStatus(onStatus: (status: DaemonState | null) => void): void;
  /** Calls `onNews` with all news from now on. */
  follow(onNews: (news: News) => void): void;
}
