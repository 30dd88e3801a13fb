import { timestamp } from '../../base/clock.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { effectiveMatch } from '../../domain/effective-match.ts';
import type { MatchMethod } from '../../domain/match.ts';
import { canSeeActions } from '../../domain/permission.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import type { BotWithActions } from '../../store/bots.ts';
import type { Context } from '../context.ts';
import { loadProfiles } from '../users/profiles.ts';
import { checkActionViewer, checkBotViewer } from './bot-rights.ts';
import { handlersOf } from './handlers-of.ts';

type ViewContext = Pick<Context, 'store' | 'settings' | 'clock' | 'catalogue'>;

/** An action with everything that is shown with it. */
export interface ActionView {
  action: BotAction;
  handler: HandlerDescription;
  owner: Profile;
  /** Values fixed by its handler override the stored one. */
  match: MatchMethod;
  triggers: string[];
  /** Whether it or its bot is in cooldown. */
  onCooldown: boolean;
}

/** A bot with everything that is shown with it. Actions whose handlers are gone are not shown. */
export interface BotView {
  bot: Bot;
  owner: Profile;
  onCooldown: boolean;
  actions: ActionView[];
}

/**
 * The bots of a thread as its participants see them, oldest first.
 *
 * @throws NOT_PERMITTED
 */
export async function viewBots(context: ViewContext, thread: Thread, user: User): Promise<BotView[]> {
  await checkBotViewer(context, { thread, user, errorMessage: 'Not authorized to view bots.' });
  return botViews(context, await context.store.bots.inThread(thread.id));
}

/**
 * One bot as a person sees it, and whether they may see its actions.
 *
 * @throws NOT_PERMITTED
 */
export async function viewBot(
  context: ViewContext,
  { thread, user, bot }: { thread: Thread; user: User; bot: Bot },
): Promise<{ view: BotView; seesActions: boolean }> {
  const participant = await checkBotViewer(context, {
    thread,
    user,
    errorMessage: 'Not authorized to view bot.',
  });
  return {
    view: await botView(context, bot),
    seesActions: canSeeActions(thread, participant, bot.hideActions),
  };
}

/**
 * The actions of a bot as a person sees them, in the order in which they were attached.
 *
 * @throws NOT_PERMITTED
 */
export async function viewActions(
  context: ViewContext,
  { thread, user, bot }: { thread: Thread; user: User; bot: Bot },
): Promise<ActionView[]> {
  await checkActionViewer(context, {
    thread,
    user,
    hideActions: bot.hideActions,
    errorMessage: 'Not authorized to view bot actions.',
  });
  return (await botView(context, bot)).actions;
}

/**
 * One action as a person sees it.
 *
 * @throws NOT_PERMITTED
 */
export async function viewAction(
  context: ViewContext,
  { thread, user, bot, action }: { thread: Thread; user: User; bot: Bot; action: BotAction },
): Promise<ActionView> {
  await checkActionViewer(context, {
    thread,
    user,
    hideActions: bot.hideActions,
    errorMessage: 'Not authorized to view bot action.',
  });
  return actionView(context, bot, action);
}

/** A bot with everything that is shown with it. */
export async function botView(context: ViewContext, bot: Bot): Promise<BotView> {
  const actions = await context.store.bots.actionsOf(bot.id);
  return only(await botViews(context, [{ bot, actions }]));
}

/** An action of a bot with everything that is shown with it. */
export async function actionView(context: ViewContext, bot: Bot, action: BotAction): Promise<ActionView> {
  const { actions } = only(await botViews(context, [{ bot, actions: [action] }]));
  return only(actions);
}

async function botViews(
  { store, clock, catalogue }: ViewContext,
  bots: readonly BotWithActions[],
): Promise<BotView[]> {
  await catalogue.whenKnown(handlersOf(bots));
  const owned = bots.flatMap(({ bot, actions }) => [bot, ...actions]);
  const profiles = await loadProfiles(
    store,
    owned.map(({ owner }) => owner),
  );
  const cooldowns = await store.cooldowns.endings(
    owned.map(({ id }) => id),
    timestamp(clock.milliseconds()),
  );
  return bots.map(({ bot, actions }) => ({
    bot,
    owner: profiles(bot.owner),
    onCooldown: cooldowns.has(bot.id),
    actions: actions.flatMap((action): ActionView[] => {
      const handler = catalogue.find(action.handler);
      if (handler === undefined) return [];
      const onCooldown = cooldowns.has(bot.id) || cooldowns.has(action.id);
      return [
        { action, handler, owner: profiles(action.owner), ...effectiveMatch(handler, action), onCooldown },
      ];
    }),
  }));
}

function only<View>([view]: readonly View[]): View {
  if (view === undefined) throw new Error('A bot or action that exists has no view.');
  return view;
}
