import type { App } from '../app.ts';
import type { Logger } from '../base/logger.ts';

/** Writes into the log what people who keep a daemon running want to find there later. */
export function logEvents(events: App['events'], logger: Logger): void {
  events.on('BotActionHandled', ({ action, bot, message, milliseconds }) =>
    logger.debug({ handler: action.handler, bot: bot.name, message: message.id, milliseconds }, 'answered'),
  );
  events.on('BotActionFailed', ({ action, bot, message, milliseconds, error }) =>
    logger.error(
      {
        handler: action.handler,
        bot: bot.name,
        message: message.id,
        milliseconds,
        code: error.code,
        stack: error.stack,
      },
      error.message,
    ),
  );
  events.on('PackagedBotInstalled', ({ bot, package: alias }) =>
    logger.info({ bot: bot.name, package: alias }, 'package installed'),
  );
  events.on('NewBot', ({ bot }) => logger.info({ bot: bot.name, id: bot.id }, 'bot made'));
  events.on('BotArchived', ({ bot }) => logger.info({ bot: bot.name, id: bot.id }, 'bot removed'));
}
