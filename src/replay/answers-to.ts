import { emojiOf } from '../domain/emoji.ts';
import { kindOfMessage } from '../domain/file-kind.ts';
import { givenFileName } from '../domain/given-file-name.ts';
import type { Message } from '../domain/message.ts';
import type { ReplayAnswer } from '../domain/replay.ts';
import { type Run, stopReasonTexts } from '../domain/run.ts';
import type { Effect } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

/** What bots did with a message, in its order, as far as it is still there. */
export async function answersTo(store: Store, message: Message): Promise<ReplayAnswer[]> {
  const bots = await store.bots.inThread(message.threadId);
  const nameOf = (id: string) => bots.find(({ bot }) => bot.id === id)?.bot.name ?? '';
  const effects = await store.runs.effectsOf(message.id);
  const reactions = await store.reactions.ofAll([message.id]);
  const done: ReplayAnswer[] = [];
  for (const effect of effects) {
    const answer = await effectAnswer(store, effect, nameOf);
    if (answer) done.push(answer);
  }
  const reacted = reactions
    .filter(({ owner, id }) => owner.type === 'bot' && effects.some((effect) => effect.id === id))
    .map(({ owner, reaction }) => ({ bot: owner.name, verb: 'reacts', text: emojiOf(reaction) ?? reaction }));
  const runs = [...(await store.runs.ofMessage(message.id)).values()];
  return [...done, ...reacted, ...runs.flatMap((run) => endAnswer(run, nameOf))];
}

async function effectAnswer(
  store: Store,
  { kind, id, botId }: Effect,
  nameOf: (id: string) => string,
): Promise<ReplayAnswer | undefined> {
  if (kind === 'knock') return { bot: nameOf(botId), verb: 'knocks', text: '' };
  if (id === null || (kind !== 'message' && kind !== 'upload')) return undefined;
  const message = await store.messages.find(id);
  if (message === undefined) return undefined;
  const { owner, body, type } = message;
  return kindOfMessage(type)
    ? { bot: owner.name, verb: 'sends', text: givenFileName(body) }
    : { bot: owner.name, verb: 'says', text: body };
}

/** How a run ended, if it did not end as it should. */
function endAnswer({ botId, status, error, reason }: Run, nameOf: (id: string) => string): ReplayAnswer[] {
  const bot = nameOf(botId);
  if (status === 'failed' && error) return [{ bot, verb: 'fails', text: error.message }];
  if (status === 'stopped' && reason && reason in stopReasonTexts)
    return [{ bot, verb: 'stops', text: stopReasonTexts[reason as keyof typeof stopReasonTexts] }];
  return [];
}
