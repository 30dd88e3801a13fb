import type { App } from '../app.ts';
import type { Logger } from '../base/logger.ts';
import type { LoggedProblems } from './log-loading.ts';

/**
 * Logs the events that help the operator of a daemon.
 *
 * @param problemLog reports the problems of files
 */
export function logEvents(
  { events, catalogue }: Pick<App, 'events' | 'catalogue'>,
  logger: Logger,
  problemLog: LoggedProblems,
): void {
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
  events.on('BotActionStopped', ({ action, bot, message, milliseconds, reason }) =>
    logger.info(
      { handler: action.handler, bot: bot.name, message: message.id, milliseconds, reason },
      'stopped before it was done',
    ),
  );
  events.on('BotActionWarned', ({ action, bot, message, warning: { code, stack, message: text } }) =>
    logger.warn({ handler: action.handler, bot: bot.name, message: message.id, code, stack }, text),
  );
  events.on('PackagedBotInstalled', ({ bot, package: alias }) =>
    logger.info({ bot: bot.name, package: alias }, 'package installed'),
  );
  events.on('HandlersReloaded', ({ classes, milliseconds, problems, lost }) => {
    if (classes.length > 0) logger.info({ classes, milliseconds }, 'reloaded');
    problemLog.log(problems);
    for (const action of lost) logger.warn({ ...action }, 'an action lost its handler');
  });
  events.on('ConfigurationReloaded', ({ live, restart, problem }) => {
    if (problem !== null) logger.warn(problem);
    else logger.info({ live, restart }, 'configuration reloaded');
  });
  events.on('NewBotAction', ({ action }) => {
    for (const { message } of catalogue.noticesOf([action.handler])) logger.warn(message);
  });
  events.on('NewBot', ({ bot }) => logger.info({ bot: bot.name, id: bot.id }, 'bot made'));
  events.on('BotArchived', ({ bot }) => logger.info({ bot: bot.name, id: bot.id }, 'bot removed'));
}
