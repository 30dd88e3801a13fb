/** A stored action that no handler answers any more. */
export interface LostAction {
  id: string;
  /** The alias it is stored with. */
  handler: string;
  bot: { id: string; name: string };
  threadId: string;
}
