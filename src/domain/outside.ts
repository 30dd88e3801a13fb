/** What the code of a run meets in place of the world outside. Runs of a daemon that serves have none. */
export interface Outside {
  /** The seed of `Math.random()`; unpredictable if left out. */
  seed?: string;
  /**
   * What becomes of HTTP requests: `answered` by the daemon in place of the network, so that no connection is opened, or
   * `recorded`, sent by the daemon. Left out: they are sent.
   */
  network?: 'answered' | 'recorded';
}

/** An HTTP request of a handler. */
export interface HttpRequest {
  method: string;
  url: string;
  /** By lower-case names. */
  headers: Record<string, string>;
  body: Uint8Array | null;
  /** What to do with a redirect, as for `fetch`. */
  redirect: 'follow' | 'error' | 'manual';
}

/** The answer to an HTTP request. */
export interface HttpAnswer {
  status: number;
  /** By lower-case names. */
  headers: Record<string, string>;
  body: Uint8Array;
}
