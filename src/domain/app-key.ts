/** What realtime clients know the server by, and what signs their subscriptions. */
export interface AppKey {
  key: string;
  /** Whoever knows it can listen to everything. */
  secret: string;
}
