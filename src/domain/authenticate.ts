/** What a request to the HTTP API tells of its sender. */
export interface AuthRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** By their names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Who somebody is to the host application that this messenger stands behind. */
export interface HostUser {
  /** Theirs, of any form; without one the name says who it is. */
  id?: string | number | undefined;
  name: string;
}

type Found = HostUser | null | undefined;

/** Says who sends a request; null or undefined for a stranger. */
export type Authenticate = (request: AuthRequest) => Promise<Found> | Found;
