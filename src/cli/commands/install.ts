import type { Command } from 'commander';
import { installPackage } from '../../services/packages/install-package.ts';
import { installationText } from '../installation-text.ts';
import { installationJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { inTarget } from '../target.ts';
import { type TargetOptions, withTarget } from '../target-options.ts';

/** `messenger install test_package` */
export const define = (command: Command): Command =>
  withTarget(command, 'the bot, its actions and what was left out')
    .argument('<package>', 'alias or class name of the packaged bot')
    .addHelpText(
      'after',
      `
The bot, its actions and its avatar are installed together or not at all. Handlers that are unique and already
in the group, that reject you, or whose parameters are invalid are left out and listed.

Example:
  $ messenger install test_package --thread Playground`,
    )
    .action(install);

async function install(name: string, options: TargetOptions): Promise<void> {
  await inTarget(options, async ({ app, thread, user }) => {
    const installation = await installPackage(app, { thread, user, name });
    if (options.json) printJson(installationJson(installation));
    else printLine(installationText(installation, thread.subject ?? ''));
  });
}
