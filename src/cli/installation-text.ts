import { fieldLines } from '../base/field-errors.ts';
import type { Installation } from '../services/packages/install-package.ts';
import { counted } from './text.ts';

type LeftOut = Installation['leftOut'][number];

/** What an installation did in a group, as lines of text. */
export function installationText({ bot, actions, leftOut }: Installation, group: string): string {
  const total = counted(actions.length + leftOut.length, 'action');
  return [
    `Installed ${bot.name} in ${group} with ${actions.length} of ${total}.`,
    ...actions.map((action) => `  ${action.handler} [ ${action.triggers ?? 'any message'} ]`),
    ...leftOut.flatMap((entry) => [
      `  left out: ${entry.handler.class}, ${reasonTexts[entry.reason]}`,
      ...fieldLines(entry.errors).map((line) => `    ${line}`),
    ]),
  ].join('\n');
}

const reasonTexts: Record<LeftOut['reason'], string> = {
  unauthorized: 'you are not authorized to add it',
  already_installed: 'it is unique and the group has it already',
  invalid: 'its parameters are invalid:',
};
