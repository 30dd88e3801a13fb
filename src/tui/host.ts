import type { DaemonState } from './state/state.ts';

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

/** What the daemon reports outside the API. */
export type News =
  | { kind: 'printed'; source: string; text: string }
  | { kind: 'failed'; source: string; text: string; stack: string | null; messageId: string | undefined }
  | { kind: 'warned'; source: string; text: string; stack: string | null; messageId: string | undefined }
  | { kind: 'reloaded'; text: string }
  | { kind: 'broken'; text: string }
  | { kind: 'log'; source: string; text: string };

/** What the full screen needs from its workspace besides the HTTP API. */
export interface Host {
  /** Finds the daemon of the workspace, or starts one. */
  locate(): Promise<Address>;
  /** Logs in the person with this name, who is created if missing. */
  login(name: string): Promise<Login>;
  /** The group that is opened first. The person is made an admin in it. */
  home(name: string): Promise<{ threadId: string; words: readonly string[] }>;
  status(): Promise<DaemonState>;
  /** Reloads all handlers. */
  reload(): Promise<string>;
  /** Calls `tell` with all news from now on. */
  follow(tell: (news: News) => void): void;
}
