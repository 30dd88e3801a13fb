import type { Command } from 'commander';
import type { TestedInstalls } from '../../authoring/packaged-bot.ts';
import { fieldLines } from '../../base/field-errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { inHandlers } from '../handlers.ts';
import { printJson, testedInstallsJson } from '../json.ts';
import { printLine } from '../print.ts';
import { table } from '../table.ts';

/** `messenger test-installs HelloPackage` */
export const define = (command: Command): Command =>
  command
    .argument('<package>', 'class name, alias or file of the packaged bot')
    .option('--json', 'print { "resolved": […], "failed": [{ "handler", "data", "errors" }] }')
    .addHelpText(
      'after',
      `
Tries every set of parameters that the package installs. Exits with 1 if any of them fails.

Example:
  $ messenger test-installs HelloPackage`,
    )
    .action(testInstalls);

async function testInstalls(name: string, options: { json?: boolean }): Promise<void> {
  await inHandlers(findWorkspace(process.cwd()), async ({ catalogue, sandbox }) => {
    const tested = await sandbox.testInstalls(catalogue.getPackage(name));
    if (options.json) printJson(testedInstallsJson(tested));
    else await print(tested);
    if (tested.failed.length > 0) process.exitCode = 1;
  });
}

async function print({ resolved, failed }: TestedInstalls): Promise<void> {
  printLine(`${resolved.length} resolved, ${failed.length} failed.`);
  if (resolved.length > 0) printLine(`\n${await table(head, resolved.map(row))}`);
  for (const { handler, data, errors } of failed) {
    printLine(`\n${handler} failed with ${JSON.stringify(data)}:`);
    for (const line of fieldLines(errors)) printLine(`  ${line}`);
  }
}

const head = ['RESOLVED', 'MATCH', 'TRIGGERS', 'COOLDOWN', 'FOR', 'ENABLED', 'PAYLOAD'];

const row = ({ handlerDTO, ...resolved }: TestedInstalls['resolved'][number]): string[] => [
  handlerDTO.class,
  resolved.matchMethod,
  resolved.triggers ?? '',
  `${resolved.cooldown} s`,
  resolved.adminOnly ? 'admins' : 'all',
  resolved.enabled ? 'yes' : 'no',
  resolved.payload === null ? '' : JSON.stringify(resolved.payload),
];
