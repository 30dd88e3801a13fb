import type { ReadingApp } from '../../app/open-for-reading.ts';
import { createError } from '../../base/errors.ts';
import { switchesBotsOff } from '../../config/bots-switch.ts';
import { settingsOf } from '../../config/settings.ts';
import type { Workspace } from '../../config/workspace.ts';
import { findDaemon } from '../../daemon/info.ts';
import type { Message } from '../../domain/message.ts';
import { playgroundName, type Thread } from '../../domain/thread.ts';
import { openPlayground } from '../../services/bots/playground.ts';
import { explainMessage } from '../../services/explaining/explain-message.ts';
import { explainText } from '../../services/explaining/explain-text.ts';
import type { ExplainContext, Explanation } from '../../services/explaining/explanation.ts';
import {
  lastMessageOf,
  looksLikeId,
  messageNamed,
  nothingWritten,
  senderNamed,
} from '../../services/explaining/find-message.ts';
import { groupNamed, userNamed } from '../../services/users/people.ts';
import { userName } from '../user-name.ts';
import { botsNotes, editedNotes, playgroundNotes, unattachedNotes } from './notes.ts';

/** What is to be explained. */
export interface Question {
  /** The id of a message, or a text; undefined for the last message. */
  asked: string | undefined;
  last: boolean;
  thread: string | undefined;
  as: string | undefined;
}

/** What was explained. */
export interface Answer extends Explanation {
  /** Undefined for a text. */
  message: Message | undefined;
  body: string;
  sender: string;
  /** Its id is null in a playground that exists only here. */
  thread: { id: string | null; name: string | null };
  /** What else matters, in sentences. */
  notes: string[];
}

/**
 * Explains a stored message, or a text that is not sent. Nothing is stored.
 *
 * @throws WRONG_USE, NOTHING_TO_EXPLAIN, NAME_AMBIGUOUS, NOT_FOUND, NAME_INVALID, MESSAGE_INVALID
 */
export async function answerQuestion(app: ReadingApp, question: Question): Promise<Answer> {
  const { asked, last, as } = question;
  if (last && asked !== undefined)
    throw createError('WRONG_USE', 'Use --last or a message, not both: --last explains the last message.');
  const group = question.thread === undefined ? undefined : await groupNamed(app, question.thread);
  if (asked !== undefined && looksLikeId(asked))
    return answerMessage(app, await messageNamed(app, asked, group));
  const thread = group ?? (await app.store.threads.findGroups(playgroundName))[0];
  if (asked !== undefined)
    return thread ? answerText(app, app, { thread, body: asked, as }) : answerInMemory(app, asked, as);
  if (thread === undefined) throw nothingWritten(playgroundName);
  const user = as === undefined ? undefined : await userNamed(app, as);
  return answerMessage(app, await lastMessageOf(app, { thread, user }));
}

/** The context of explanations. Bots are on or off as they are for what is sent now. */
async function explaining(
  context: Omit<ExplainContext, 'settings'>,
  { workspace, config }: Answering,
): Promise<ExplainContext & { isDaemon: boolean }> {
  const isOn = await daemonBots(workspace);
  const settings = settingsOf(config, { botsEnabled: isOn ?? !switchesBotsOff(config) });
  return { ...context, settings: () => settings, isDaemon: isOn !== undefined };
}

/** The workspace and its configuration, which decide about bots if no daemon runs there. */
type Answering = Pick<ReadingApp, 'workspace' | 'config'>;

/** Whether bots are on in the running daemon, which answers all that is sent; undefined if none answers. */
async function daemonBots(workspace: Workspace): Promise<boolean | undefined> {
  const daemon = findDaemon(workspace);
  if (daemon === undefined) return undefined;
  const { askStatus } = await import('../../daemon/control-client.ts');
  const status = await askStatus(daemon).catch(() => undefined);
  return status?.bots.enabled;
}

async function answerMessage(app: ReadingApp, message: Message): Promise<Answer> {
  const context = await explaining(app, app);
  const thread = await app.store.threads.find(message.threadId);
  if (thread === undefined) throw createError('NOT_FOUND', 'thread', message.threadId);
  const explanation = await explainMessage(context, { thread, message });
  return {
    ...explanation,
    message,
    sender: message.owner.name,
    thread: { id: thread.id, name: thread.subject },
    notes: [...editedNotes(message, explanation.body), ...(await unattachedNotes(context, thread))],
  };
}

/** A text, and who would send it. */
interface Text {
  thread: Thread;
  body: string;
  as: string | undefined;
}

async function answerText(
  opened: Omit<ExplainContext, 'settings'>,
  answering: Answering,
  { thread, body, as }: Text,
): Promise<Answer> {
  const context = await explaining(opened, answering);
  const name = as ?? userName();
  const sender = await senderNamed(context, thread, name);
  const explanation = await explainText(context, { thread, body, sender });
  return {
    ...explanation,
    message: undefined,
    body,
    sender: name,
    thread: { id: thread.id, name: thread.subject },
    notes: [
      ...(await unattachedNotes(context, thread)),
      ...(context.isDaemon ? [] : botsNotes(answering.config)),
    ],
  };
}

/** Explains a text in the playground that `simulate` would open, in a database that is only in memory. */
async function answerInMemory(app: ReadingApp, body: string, as: string | undefined): Promise<Answer> {
  const { openChat } = await import('../../testing/engine.ts');
  const chat = await openChat(app, { group: playgroundName, owner: userName() });
  try {
    const { thread, errors } = await openPlayground(chat, userName());
    const answer = await answerText(chat, app, { thread, body, as });
    const notes = [...playgroundNotes(errors), ...answer.notes];
    return { ...answer, thread: { id: null, name: thread.subject }, notes };
  } finally {
    await chat.close();
  }
}
