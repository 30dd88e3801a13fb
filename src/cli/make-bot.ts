import type { Workspace } from '../config/workspace.ts';
import { checkName, make, namesFor } from '../scaffold/make.ts';
import { ensureModuleFolder } from '../scaffold/module-folder.ts';
import { assertAliasFree } from './taken-alias.ts';

/** A handler that was scaffolded. */
interface MadeBot {
  alias: string;
  /** The files that were written, that of the handler first. */
  files: string[];
}

/**
 * Scaffolds a handler in `bots/` of a workspace.
 *
 * @throws CLASS_NAME_INVALID, FILE_EXISTS, SYSTEM_REFUSED; WRONG_USE when the alias is taken
 */
export async function makeBot(workspace: Workspace, className: string, force: boolean): Promise<MadeBot> {
  checkName({ template: 'bot', className });
  const { alias } = namesFor(className);
  await assertAliasFree(workspace, 'handlers', { className, alias });
  const file = make({ template: 'bot', className, folder: workspace.bots, force });
  return { alias, files: [file, ...ensureModuleFolder(workspace.bots)] };
}
