import type { Command } from 'commander';
import { fieldLines } from '../../base/field-errors.ts';
import type { Installation } from '../../services/packages/install-package.ts';
import { installPackage } from '../../services/packages/install-package.ts';
import { installationJson, printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { inTarget } from '../target.ts';
import { type TargetOptions, withTarget } from '../target-options.ts';
import { counted } from '../text.ts';

type LeftOut = Installation['leftOut'][number];

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
    else print(installation, thread.subject ?? '');
  });
}

function print({ bot, actions, leftOut }: Installation, thread: string): void {
  printLine(
    `Installed ${bot.name} in ${thread} with ${actions.length} of ${counted(actions.length + leftOut.length, 'action')}.`,
  );
  for (const action of actions) printLine(`  ${action.handler} [ ${action.triggers ?? 'any message'} ]`);
  for (const entry of leftOut) {
    printLine(`  left out: ${entry.handler.class}, ${reasonText(entry)}`);
    for (const line of fieldLines(entry.errors)) printLine(`    ${line}`);
  }
}

const reasonTexts: Record<LeftOut['reason'], string> = {
  unauthorized: 'you are not authorized to add it',
  already_installed: 'it is unique and the group has it already',
  invalid: 'its parameters are invalid:',
};
const reasonText = ({ reason }: LeftOut): string => reasonTexts[reason];
