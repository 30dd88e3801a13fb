import type { Workspace } from '../config/workspace.ts';
import { checkName, makeAll, namesFor } from '../scaffold/make.ts';
import { ensureModuleFolder } from '../scaffold/module-folder.ts';
import { testRunnerOf } from '../scaffold/test-runner.ts';
import { assertAliasFree } from './taken-alias.ts';

/** A handler that was scaffolded. */
interface MadeBot {
  alias: string;
  /** The files that were written, that of the handler first, that of its test second. */
  files: string[];
}

/** How to scaffold a handler. */
interface MakeBotOptions {
  /** Overwrites existing files. */
  force: boolean;
  /** Writes a test beside it. */
  test?: boolean;
}

/**
 * Scaffolds a handler in `bots/` of a workspace.
 *
 * @throws CLASS_NAME_INVALID, FILE_EXISTS, SYSTEM_REFUSED; WRONG_USE when the alias is taken
 */
export async function makeBot(
  workspace: Workspace,
  className: string,
  { force, test = false }: MakeBotOptions,
): Promise<MadeBot> {
  checkName({ template: 'bot', className });
  const { alias } = namesFor(className);
  await assertAliasFree(workspace, 'handlers', { className, alias });
  const common = { className, folder: workspace.bots, force };
  const files = makeAll([
    { template: 'bot', ...common },
    ...(test ? [{ template: `bot-test-${testRunnerOf(workspace.folder)}`, ...common } as const] : []),
  ]);
  return { alias, files: [...files, ...ensureModuleFolder(workspace.bots)] };
}
