/** A stored action whose handler no longer exists. */
export interface LostAction {
  id: string;
  /** The alias it is stored with. */
  handler: string;
  bot: { id: string; name: string };
  threadId: string;
}
