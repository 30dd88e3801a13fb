import type { MessageJson } from '../client/index.ts';

/**
 * The message that a command or a key applies to: the selected one, else the last one that somebody sent.
 *
 * @param by only messages of the person with this id
 */
export const targetMessage = (
  selected: MessageJson | undefined,
  messages: readonly MessageJson[],
  by?: string | null,
): MessageJson | undefined =>
  selected ??
  messages.findLast(
    ({ system_message, owner }) => !system_message && (by === undefined || owner.provider_id === by),
  );
