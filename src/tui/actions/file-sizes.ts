import { fileAddress } from '../../simulate/download.ts';
import type { Controller } from '../controller.ts';
import { isMessage, withFileSize } from '../state/conversation.ts';

/** The messages whose files were asked for, and the entries that were looked through last. */
const asked = new WeakMap<Controller, { ids: Set<string>; entries: unknown }>();

/** Asks for the sizes of the files that are shown and not known yet. Each is asked for once. */
export function measureFiles(controller: Controller): void {
  const known = asked.get(controller) ?? { ids: new Set<string>(), entries: undefined };
  const { entries } = controller.state.conversation;
  if (known.entries === entries) return;
  asked.set(controller, { ...known, entries });
  for (const { message } of entries.filter(isMessage)) {
    const address = fileAddress(message);
    if (address === undefined || known.ids.has(message.id)) continue;
    known.ids.add(message.id);
    controller.client.files.size(address).then(
      (size) =>
        controller.store.update((state) => ({
          ...state,
          conversation: withFileSize(state.conversation, message.id, size),
        })),
      // Without its size, a file is shown as before.
      () => {},
    );
  }
}
