import type { DaemonState } from './state/state.ts';

/** Where a daemon is reached. */
export interface Address {
  url: string;
  realtime: { url: string; key: string };
}

/** Somebody with the right to speak. */
export interface Login {
  id: string;
  name: string;
  token: string;
}

/** What the daemon tells of itself beside the API. */
export type News =
  | { kind: 'printed'; source: string; text: string }
  | { kind: 'failed'; source: string; text: string; stack: string | null; messageId: string | undefined }
  | { kind: 'warned'; source: string; text: string; stack: string | null; messageId: string | undefined }
  | { kind: 'reloaded'; text: string }
  | { kind: 'broken'; text: string }
  | { kind: 'log'; source: string; text: string };

/** What the full screen needs of the workspace it is opened in, beside the HTTP API. */
export interface Host {
  /** Finds the daemon of the workspace, or starts one. */
  locate(): Promise<Address>;
  /** The person of a name; made when there is none. */
  login(name: string): Promise<Login>;
  /** The group that is opened first, with this person as an admin in it. */
  home(name: string): Promise<{ threadId: string; words: readonly string[] }>;
  status(): Promise<DaemonState>;
  /** Reads all handlers anew. */
  reload(): Promise<string>;
  /** Tells what happens from now on. */
  follow(tell: (news: News) => void): void;
}
