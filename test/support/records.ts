import { type Timestamp, timestamp } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import type { Bot } from '../../src/domain/bot.ts';
import type { Invite } from '../../src/domain/invite.ts';
import { newParticipantPermissions, type Participant } from '../../src/domain/participant.ts';
import type { Reaction } from '../../src/domain/reaction.ts';
import type { Run } from '../../src/domain/run.ts';
import { newGroupSettings, type Thread } from '../../src/domain/thread.ts';
import type { Token } from '../../src/domain/token.ts';
import type { User } from '../../src/domain/user.ts';
import type { NewBotAction } from '../../src/store/bots.ts';
import type { NewMessage } from '../../src/store/messages.ts';
import type { Store } from '../../src/store/store.ts';

/** Text that databases, JSON and terminals get wrong when they get text wrong. */
export const hardText = '👩‍👩‍👧 “ẞ” \u0000 \u202e ı̇ \\ \' " ; -- \n\t 漢字 :wave: %s $1 {x} | ,';

/** A moment some seconds into the testGroup. */
export const at = (seconds: number): Timestamp => timestamp(Date.UTC(2026, 0, 1) + seconds * 1000);

const times = { createdAt: at(0), updatedAt: at(1) };

export const aUser = (more: Partial<User> = {}): User => {
  const id = newId();
  return { id, name: `User ${id}`, ...times, ...more };
};

export const aThread = (more: Partial<Thread> = {}): Thread => ({
  id: newId(),
  kind: 'group',
  subject: 'Team',
  avatar: null,
  settings: newGroupSettings,
  locked: false,
  botsRevision: 0,
  ...times,
  archivedAt: null,
  ...more,
});

export const aParticipant = (
  of: Pick<Participant, 'threadId' | 'userId'> & Partial<Participant>,
): Participant => ({
  id: newId(),
  admin: false,
  permissions: newParticipantPermissions,
  muted: false,
  lastReadAt: null,
  ...times,
  ...of,
});

export const aBot = (of: Pick<Bot, 'threadId'> & Partial<Bot>): Bot => ({
  id: newId(),
  owner: { type: 'user', id: newId() },
  name: 'Robbie',
  avatar: null,
  enabled: true,
  hideActions: false,
  cooldown: 0,
  ...times,
  archivedAt: null,
  ...of,
});

export const anAction = (of: Pick<NewBotAction, 'botId'> & Partial<NewBotAction>): NewBotAction => ({
  id: newId(),
  owner: { type: 'user', id: newId() },
  handler: 'hello',
  match: 'exact',
  triggers: 'hello|hi',
  payload: null,
  enabled: true,
  adminOnly: false,
  cooldown: 0,
  ...times,
  ...of,
});

export const aMessage = (of: Pick<NewMessage, 'threadId'> & Partial<NewMessage>): NewMessage => ({
  id: newId(),
  owner: { type: 'user', id: newId(), name: 'Bot' },
  type: 0,
  body: 'hello',
  replyToId: null,
  extra: null,
  edited: false,
  senderIp: null,
  ...times,
  archivedAt: null,
  ...of,
});

export const aReaction = (of: Pick<Reaction, 'messageId'> & Partial<Reaction>): Reaction => ({
  id: newId(),
  owner: { type: 'user', id: newId(), name: 'Bot' },
  reaction: ':wave:',
  createdAt: at(0),
  ...of,
});

export const aRun = (of: Pick<Run, 'messageId'> & Partial<Run>): Run => ({
  id: newId(),
  actionId: newId(),
  botId: newId(),
  handler: 'hello',
  trigger: 'hi',
  status: 'running',
  reason: null,
  error: null,
  attempts: 0,
  starts: 0,
  startedAt: at(0),
  finishedAt: null,
  ...of,
});

export const anInvite = (of: Pick<Invite, 'threadId'> & Partial<Invite>): Invite => ({
  id: newId(),
  owner: { type: 'user', id: newId() },
  code: newId(),
  maxUse: 0,
  uses: 0,
  expiresAt: null,
  createdAt: at(0),
  ...of,
});

export const aToken = (of: Pick<Token, 'userId'> & Partial<Token>): Token => ({
  id: newId(),
  hash: '0'.repeat(64),
  createdAt: at(0),
  lastUsedAt: null,
  revokedAt: null,
  ...of,
});

/** A group with a person, a bot, its action, and a message of the person. */
export async function seed(store: Store) {
  const user = aUser();
  const thread = aThread();
  await store.users.insert(user);
  await store.threads.insert(thread);
  const bot = aBot({ threadId: thread.id });
  await store.bots.insert(bot);
  const action = await store.bots.insertAction(anAction({ botId: bot.id }));
  const owner = { type: 'user', id: user.id, name: user.name } as const;
  const message = await store.messages.insert(aMessage({ threadId: thread.id, owner }));
  return { user, thread, bot, action, message };
}
