import type { Command } from 'commander';
import { parseParameters } from '../../domain/parameters.ts';
import { attachHandler } from '../../services/bots/playground.ts';
import { actionJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { inTarget } from '../target.ts';
import { type TargetOptions, withTarget } from '../target-options.ts';

/** `messenger attach reply '{…}'` */
export const define = (command: Command): Command =>
  withTarget(command, 'the new action')
    .argument('<handler>', 'alias or class name of the handler')
    .argument('[parameters...]', 'a JSON object, or words like cooldown=30')
    .addHelpText(
      'after',
      `
Defaults: cooldown 0, admin_only false, enabled true.

Example:
  $ messenger attach reply '{"match":"contains","triggers":["help"],"replies":["Ask away!"]}'`,
    )
    .action(attach);

async function attach(handler: string, words: string[], options: TargetOptions): Promise<void> {
  const { values, texts } = parseParameters(words);
  await inTarget(options, async ({ app, thread, user }) => {
    const action = await attachHandler(app, { thread, user, handler, params: values, texts });
    if (options.json) printJson(actionJson(action));
    else printLine(`Attached ${action.handler} in ${thread.subject}: ${action.triggers ?? 'any message'}.`);
  });
}
