import type { HandlerContextData } from '../../authoring/handler-context.ts';
import type { ActionData, BotData, MessageData } from '../../authoring/requests.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { effectiveMatch } from '../../domain/effective-match.ts';
import { withoutTrigger } from '../../domain/match.ts';
import type { Message } from '../../domain/message.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import type { ActiveRun } from './requests/active-run.ts';

/** A bot as handlers see it. */
export const botData = (bot: Bot): BotData => ({
  id: bot.id,
  name: bot.name,
  enabled: bot.enabled,
  cooldown: bot.cooldown,
  hideActions: bot.hideActions,
});

/** An action as handlers see it. Values fixed by the handler override stored ones. */
export function actionData(action: BotAction, handler: HandlerDescription): ActionData {
  return {
    id: action.id,
    botId: action.botId,
    handler: action.handler,
    ...effectiveMatch(handler, action),
    payload: action.payload,
    enabled: action.enabled,
    adminOnly: action.adminOnly,
    cooldown: action.cooldown,
  };
}

/** A message as handlers see it. */
export const messageData = (message: Message): MessageData => ({
  id: message.id,
  threadId: message.threadId,
  type: message.type,
  body: message.body,
  owner: message.owner,
  replyToId: message.replyToId,
  extra: message.extra,
  createdAt: message.createdAt,
});

/** Everything that is passed to a handler to answer a message. */
export function handlerContext(
  { context, live, thread, message, run }: ActiveRun,
  isGroupAdmin: boolean,
): HandlerContextData {
  const { settings, outside } = context;
  const { bot, action, handler, method } = live;
  const { trigger } = run;
  return {
    bot: botData(bot),
    action: actionData(action, handler),
    thread: { id: thread.id, type: thread.kind, name: thread.subject },
    message: messageData(message),
    matchingTrigger: trigger,
    parsedMessage: withoutTrigger(method, trigger, message.body),
    isGroupAdmin,
    senderIp: message.senderIp,
    limits: { ...settings().uploadLimits, message: settings().messageLimit, extra: settings().limits.extra },
    outside: outside.ofRun(thread.id, run.id),
  };
}
