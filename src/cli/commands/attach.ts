import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { openApp } from '../../app.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { parseParameters } from '../parameters.ts';

interface Options {
  thread?: string;
  as: string;
  json?: boolean;
}

/** `messenger attach reply '{…}'` */
export const define = (command: Command): Command =>
  command
    .argument('<handler>', 'alias or class name of the handler')
    .argument('[parameters...]', 'a JSON object, or words like cooldown=30')
    .option('--thread <name>', 'name or id of the group; by default the playground')
    .option('--as <user>', 'who attaches it: somebody who may manage bots there', userInfo().username)
    .option('--json', 'print the new action as JSON')
    .addHelpText(
      'after',
      `
What is left out: cooldown 0, admin_only false, enabled true.

Example:
  $ messenger attach reply '{"match":"contains","triggers":["help"],"replies":["Ask away!"]}'`,
    )
    .action(attach);

async function attach(handler: string, words: string[], options: Options): Promise<void> {
  const params = parseParameters(words);
  const app = await openApp({ workspace: findWorkspace(process.cwd()), botsEnabled: true });
  try {
    const playground = options.thread === undefined ? await app.openPlayground(options.as) : undefined;
    const thread = playground?.thread ?? (await app.groupNamed(options.thread ?? ''));
    const user = await app.ensureUser(options.as);
    const action = await app.attachHandler(thread, user, handler, params);
    if (options.json) console.log(JSON.stringify(action, null, 2));
    else console.log(`Attached ${action.handler} in ${thread.subject}: ${action.triggers ?? 'any message'}.`);
  } finally {
    await app.close();
  }
}
