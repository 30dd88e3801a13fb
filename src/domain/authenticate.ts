/** What a request to the HTTP API contains about its sender. */
export interface AuthRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A user of the host application that this messenger is embedded in. */
export interface HostUser {
  /** The host application's own id, of any form. Without one, the name identifies the user. */
  id?: string | number | undefined;
  name: string;
}

type Found = HostUser | null | undefined;

/** Returns the sender of a request; null or undefined for an unknown one. */
export type Authenticate = (request: AuthRequest) => Promise<Found> | Found;
