/** Identifies the server to realtime clients and signs their subscriptions. */
export interface AppKey {
  key: string;
  /** Anyone with the secret can listen to everything. */
  secret: string;
}
