import type { ActionBody, ActionJson, HandlerChoiceBody, WrittenActionBody } from '../../api/action.ts';
import type { BotBody, BotJson, ShownBotJson, SignsJson } from '../../api/bot.ts';
import type { HandlerFormJson, HandlerJson } from '../../api/handler.ts';
import type { PackageChoiceBody, PackageJson } from '../../api/package.ts';
import type { Call } from '../transport.ts';

/** The bots of a thread. */
export const bots = (call: Call) => ({
  list: (thread: string) => call<BotJson[]>('GET', `threads/${thread}/bots`),
  show: (thread: string, bot: string) => call<ShownBotJson>('GET', `threads/${thread}/bots/${bot}`),
  create: (thread: string, fields: BotBody) => call<BotJson>('POST', `threads/${thread}/bots`, fields),
  update: (thread: string, bot: string, fields: BotBody) =>
    call<BotJson>('PUT', `threads/${thread}/bots/${bot}`, fields),
  remove: (thread: string, bot: string) => call<null>('DELETE', `threads/${thread}/bots/${bot}`),
  /** Broken files, and handlers that are gone or attached to nothing. */
  signs: (thread: string) => call<SignsJson>('GET', `threads/${thread}/signs`),
  /** Ends the cooldowns of all bots and actions of a thread. */
  clearCooldowns: (thread: string) => call<null>('DELETE', `threads/${thread}/cooldowns`),
});

/** The actions of a bot. */
export const actions = (call: Call) => {
  const below = (thread: string, bot: string, rest = '') => `threads/${thread}/bots/${bot}/actions${rest}`;
  return {
    list: (thread: string, bot: string) => call<ActionJson[]>('GET', below(thread, bot)),
    /** The other fields depend on the handler: `handlers.form` lists them. */
    create: (thread: string, bot: string, fields: HandlerChoiceBody) =>
      call<ActionJson>('POST', below(thread, bot), fields),
    update: (thread: string, bot: string, action: string, fields: ActionBody) =>
      call<ActionJson>('PUT', below(thread, bot, `/${action}`), fields),
    /** Changes the given parameters, as a person wrote them, and keeps the others. */
    change: (thread: string, bot: string, action: string, parameters: WrittenActionBody) =>
      call<ActionJson>('PUT', below(thread, bot, `/${action}/parameters`), parameters),
    remove: (thread: string, bot: string, action: string) =>
      call<null>('DELETE', below(thread, bot, `/${action}`)),
  };
};

/** The handlers that can be attached to a bot. */
export const handlers = (call: Call) => ({
  list: (thread: string, bot: string) =>
    call<HandlerJson[]>('GET', `threads/${thread}/bots/${bot}/add-handlers`),
  /** The form that asks for a handler's parameters. */
  form: (thread: string, bot: string, alias: string) =>
    call<HandlerFormJson>('GET', `threads/${thread}/bots/${bot}/add-handlers/${encodeURIComponent(alias)}`),
  /** Attaches a handler with parameters as a person wrote them. */
  attach: (thread: string, bot: string, alias: string, parameters: WrittenActionBody) =>
    call<ActionJson>(
      'POST',
      `threads/${thread}/bots/${bot}/add-handlers/${encodeURIComponent(alias)}`,
      parameters,
    ),
});

/** Packaged bots. */
export const packages = (call: Call) => ({
  list: (thread: string) => call<PackageJson[]>('GET', `threads/${thread}/bots/packages`),
  install: (thread: string, alias: string) =>
    call<BotJson>('POST', `threads/${thread}/bots/packages`, { alias } satisfies PackageChoiceBody),
});
