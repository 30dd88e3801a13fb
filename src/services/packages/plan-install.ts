import type { ResolvedBotHandlerDTO } from '../../authoring/descriptions.ts';
import type { FieldErrors } from '../../base/errors.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { HandlerDescription, PackageDescription } from '../../sandbox/protocol.ts';
import type { Store } from '../../store/store.ts';
import { attachedHandlers } from '../bots/handlers-of.ts';
import type { Context } from '../context.ts';
import { isAuthorized } from '../handlers/is-authorized.ts';

/** Why a handler of a packaged bot is not installed. */
type LeftOutReason = 'unauthorized' | 'already_installed' | 'invalid';

/** A handler of a packaged bot that is not installed, with its parameters. */
export interface LeftOut {
  handler: HandlerDescription;
  reason: LeftOutReason;
  data: Record<string, unknown>;
  /** Errors by field; empty unless the parameters are invalid. */
  errors: FieldErrors;
}

/** A handler of a packaged bot that can be installed. */
interface Candidate {
  handler: HandlerDescription;
  data: Record<string, unknown>;
  resolved: ResolvedBotHandlerDTO;
}

/** What installing a packaged bot would do. */
export interface InstallPlan {
  candidates: Candidate[];
  leftOut: LeftOut[];
}

/** Checks for each handler of a packaged bot whether a person may install it with these parameters. */
export async function planInstall(
  context: Context,
  {
    packagedBot,
    thread,
    user,
    authorizing,
  }: { packagedBot: PackageDescription; thread: Thread; user: User; authorizing: boolean },
): Promise<InstallPlan> {
  const plan: InstallPlan = { candidates: [], leftOut: [] };
  await context.catalogue.whenKnown(packagedBot.installs.map(({ handler }) => handler.alias));
  for (const install of packagedBot.installs) {
    const handler = context.catalogue.get(install.handler.alias);
    const authorized = await isAuthorized(context, { described: handler, thread, user, authorizing });
    for (const data of install.data) {
      if (authorized) await checkInstall(context, handler, data, plan);
      else plan.leftOut.push({ handler, reason: 'unauthorized', data, errors: {} });
    }
  }
  return plan;
}

/** Moves unique handlers that the thread already has, or that are listed twice, to those left out. */
export async function leaveOutPresent(
  store: Store,
  thread: Thread,
  { candidates, leftOut }: InstallPlan,
): Promise<InstallPlan> {
  const present = await attachedHandlers({ store }, thread);
  const sorted: InstallPlan = { candidates: [], leftOut: [...leftOut] };
  for (const candidate of candidates) {
    const { handler, data } = candidate;
    if (handler.unique && present.has(handler.alias)) {
      sorted.leftOut.push({ handler, reason: 'already_installed', data, errors: {} });
    } else sorted.candidates.push(candidate);
    present.add(handler.alias);
  }
  return sorted;
}

async function checkInstall(
  { sandbox }: Context,
  handler: HandlerDescription,
  data: Record<string, unknown>,
  plan: InstallPlan,
): Promise<void> {
  const result = await sandbox.resolve(handler, data);
  if ('resolved' in result) plan.candidates.push({ handler, data, resolved: result.resolved });
  else plan.leftOut.push({ handler, reason: 'invalid', data, errors: result.errors });
}
