import { z } from 'zod';
import { fieldLines } from '../../../base/field-errors.ts';
import { installPackage } from '../../../services/packages/install-package.ts';
import { inHandlers } from '../../handlers.ts';
import { installationText } from '../../installation-text.ts';
import { installationJson, testedInstallsJson } from '../../json.ts';
import { inTarget } from '../../target.ts';
import { actingUser, targetOf, thread } from '../arguments.ts';
import { defineTool } from '../tool.ts';

const packagedBot = z.string().describe('Alias or class name of the packaged bot, as list_packages has it.');

export const testInstalls = defineTool({
  name: 'test_installs',
  title: 'Check a packaged bot',
  description:
    'Checks every set of parameters that a packaged bot installs, without installing it: which resolve, and which fail with which messages by field.',
  effect: 'reads',
  input: { package: packagedBot },
  run: ({ workspace }, input) =>
    inHandlers(workspace, async ({ catalogue, sandbox }) => {
      const data = testedInstallsJson(await sandbox.testInstalls(catalogue.getPackage(input.package)));
      const failed = data.failed.flatMap(({ handler, data: given, errors }) => [
        `${handler} failed with ${JSON.stringify(given)}:`,
        ...fieldLines(errors).map((line) => `  ${line}`),
      ]);
      const counts = `${data.resolved.length} resolved, ${data.failed.length} failed.`;
      return { data, text: [counts, ...failed].join('\n') };
    }),
});

export const install = defineTool({
  name: 'install',
  title: 'Install a packaged bot',
  description:
    'Installs a packaged bot in a group: the bot, its actions and its avatar, or nothing. Reports what was left out and why.',
  effect: 'adds',
  input: { package: packagedBot, thread, as: actingUser },
  run: ({ workspace }, input) =>
    inTarget(
      targetOf(input),
      async ({ app, thread: group, user }) => {
        const installation = await installPackage(app, { thread: group, user, name: input.package });
        return {
          data: installationJson(installation),
          text: installationText(installation, group.subject ?? ''),
        };
      },
      { workspace },
    ),
});
