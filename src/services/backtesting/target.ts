import { createError, MessengerError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Thread } from '../../domain/thread.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import type { AttachedAction } from '../../store/attached-actions.ts';
import type { Context } from '../context.ts';
import type { HandlerCatalogue } from '../handlers/handler-catalogue.ts';
import { maxNamed, onlyOne } from '../only-one.ts';

/** What is to be tried on old messages: a handler, and where it is attached. */
export interface BacktestTarget {
  /** Its alias. */
  alias: string;
  /** Undefined if the actions are stored, but their handler is gone. */
  handler: HandlerDescription | undefined;
  attached: AttachedAction[];
}

/** What is needed of the catalogue. */
export type KnownHandlers = Pick<HandlerCatalogue, 'all' | 'fileOf' | 'find' | 'get'>;

/**
 * Finds a handler by its alias, class or file with all its actions, or else one action by its id.
 *
 * @param name of the handler, or the id of an action, or the beginning of that id if no other has it
 * @param thread only actions of this group
 * @throws HANDLER_UNKNOWN, HANDLER_FILE_BROKEN, NAME_AMBIGUOUS, NOT_FOUND when the action is in another group
 */
export async function findTarget(
  { store, catalogue }: Pick<Context, 'store'> & { catalogue: KnownHandlers },
  name: string,
  thread?: Thread,
): Promise<BacktestTarget> {
  const { attachedActions } = store;
  const inThread = (each: AttachedAction) => thread === undefined || each.thread.id === thread.id;
  const handler = known(catalogue, name);
  if (handler instanceof MessengerError) {
    const action = await actionNamed({ store }, name);
    if (action && !inThread(action)) throw createError('NOT_FOUND', 'action', name, thread?.subject ?? '');
    const attached = action ? [action] : (await attachedActions.ofHandler(name)).filter(inThread);
    const alias = attached[0]?.action.handler;
    if (alias === undefined) throw handler;
    return { alias, handler: catalogue.find(alias), attached };
  }
  const { alias } = handler;
  return { alias, handler, attached: (await attachedActions.ofHandler(alias)).filter(inThread) };
}

/** The handler with this name, or the error that there is none. */
function known(catalogue: KnownHandlers, name: string): HandlerDescription | MessengerError {
  try {
    return catalogue.get(name);
  } catch (error) {
    if (!(error instanceof MessengerError) || error.code !== 'HANDLER_UNKNOWN') throw error;
    const names = catalogue.all().flatMap(({ alias, class: className }) => [alias, className]);
    return new MessengerError(error.code, `${error.message}${didYouMean(name, names)}`);
  }
}

async function actionNamed(
  { store }: Pick<Context, 'store'>,
  name: string,
): Promise<AttachedAction | undefined> {
  if (!/^[0-9a-f-]+$/i.test(name)) return undefined;
  const found = await store.attachedActions.startingWith(name.toLowerCase(), maxNamed);
  return onlyOne(found, { what: 'action', name, idOf: ({ action }) => action.id });
}
