import { newMessage } from '../../src/services/messages/send-message.ts';
import type { NewMessage } from '../../src/store/messages.ts';
import type { TestGroup } from './test-group.ts';

/** Stores messages of any kind in the group of a testGroup, by Ada where nothing else is said; nobody answers them. */
export async function putMessages(testGroup: TestGroup, all: readonly Partial<NewMessage>[]): Promise<void> {
  const ada = { type: 'user', ...(await testGroup.person('Ada')) } as const;
  await testGroup.app.store.transaction(async (store) => {
    for (const fields of all) {
      await store.messages.insert({
        ...newMessage(testGroup.app, { thread: testGroup.thread, owner: ada, outgoing: { body: '' } }),
        ...fields,
      });
    }
  });
}
