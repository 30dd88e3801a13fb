import { newMessage } from '../../src/services/messages/send-message.ts';
import type { NewMessage } from '../../src/store/messages.ts';
import type { TestGroup } from './test-group.ts';

/** Stores messages of any kind in the group of a story, by Ada where nothing else is said; nobody answers them. */
export async function putMessages(story: TestGroup, all: readonly Partial<NewMessage>[]): Promise<void> {
  const ada = { type: 'user', ...(await story.person('Ada')) } as const;
  await story.app.store.transaction(async (store) => {
    for (const fields of all) {
      await store.messages.insert({
        ...newMessage(story.app, { thread: story.thread, owner: ada, outgoing: { body: '' } }),
        ...fields,
      });
    }
  });
}
