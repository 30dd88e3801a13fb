import type { MessageJson } from '../../src/client/index.ts';
import type { Message } from '../../src/domain/message.ts';
import { presentMessage } from '../../src/http/presenters/message.ts';
import { aMessage, aThread, aUser } from './records.ts';

/** A message as the API answers it. `owner` is the id of the person who wrote it, and their name. */
export function aMessageJson({
  owner = 'ada',
  ...more
}: { owner?: string } & Partial<Omit<Message, 'owner'>>): MessageJson {
  const thread = aThread({ id: 't' });
  const message = aMessage({ threadId: 't', owner: { type: 'user', id: owner, name: owner }, ...more });
  const profile = { type: 'user', user: aUser({ id: owner, name: owner }) } as const;
  return presentMessage({
    message: { sequence: 1, ...message },
    thread,
    owner: profile,
    reactions: [],
    replyTo: null,
  });
}
