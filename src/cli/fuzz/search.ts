import { whileHostStarts } from '../../app/while-host-starts.ts';
import { commandLine } from '../../base/command-line.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Parameters } from '../../domain/parameters.ts';
import { type Found, fuzz, type Search } from '../../fuzz/fuzz.ts';
import { attachParameters } from '../../services/bots/attach-command.ts';
import { attachedParameters } from '../../services/bots/attached-parameters.ts';
import { type Engine, openEngine } from '../../testing/engine.ts';
import { reportProblems } from '../problems.ts';
import { inStorage } from '../storage.ts';

/** Seconds, unless a cooldown is given: short enough to be over soon, long enough to be tried. */
const defaultCooldown = 5;

/** A search in a workspace. */
interface WorkspaceSearch extends Omit<Search, 'params'> {
  workspace: Workspace;
  /** Undefined for the defaults, or those of an action of the workspace where the handler needs more. */
  given: Parameters | undefined;
}

/** What was found about a class. */
export interface ClassFound extends Found {
  class: string;
}

/**
 * Loads the handlers of a workspace in workers and searches for a chat in which one of them breaks a rule.
 * The workspace's database is only read.
 *
 * @throws HANDLER_UNKNOWN, INVALID_PARAMETERS; WRONG_USE where the handler needs parameters that are not known
 */
export async function searchIn({ workspace, given, ...search }: WorkspaceSearch): Promise<ClassFound> {
  const engine = await whileHostStarts(workspace, (hosts) =>
    openEngine({ workspace, isolation: 'thread', hosts, onOutput: () => {} }),
  );
  try {
    reportProblems(engine);
    const handler = engine.catalogue.get(search.handler);
    const params = given
      ? [{ ...given, values: { cooldown: defaultCooldown, ...given.values } }]
      : await knownParameters(workspace, handler);
    const found = await fuzz(engine, { ...search, params }).catch((error) => {
      throw wrongParameters(error, given ? undefined : handler);
    });
    return { ...found, class: handler.class };
  } finally {
    await engine.close();
  }
}

type Handler = ReturnType<Engine['catalogue']['get']>;

/** The defaults, and the parameters of each action of the workspace. */
async function knownParameters(workspace: Workspace, handler: Handler): Promise<Search['params']> {
  const attached = await inStorage(workspace, (storage) => attachedParameters(storage, handler));
  return [{}, ...attached].map((values) => ({ values: { cooldown: defaultCooldown, ...values } }));
}

/**
 * Parameters that do not fit are wrong use: to exit as for a broken rule would say that one was found.
 *
 * @param handler of which nobody said the parameters
 */
function wrongParameters(error: unknown, handler: Handler | undefined): unknown {
  if (!(error instanceof MessengerError) || error.code !== 'INVALID_PARAMETERS') return error;
  if (handler === undefined) return new MessengerError('WRONG_USE', error.message, error.errors);
  const example = commandLine(`fuzz ${handler.alias} '${JSON.stringify(attachParameters(handler))}'`);
  return createError(
    'WRONG_USE',
    `${handler.class} needs parameters, and no action of this workspace has any that fit. Add them as for "attach": ${example}`,
  );
}
