import path from 'node:path';
import type { Command } from 'commander';
import { commandLine } from '../../base/command-line.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { checkName, make, namesFor } from '../../scaffold/make.ts';
import { ensureModuleFolder } from '../../scaffold/module-folder.ts';
import { assertAliasFree } from '../taken-alias.ts';

/** `messenger make:packaged-bot HelloPackage` */
export const define = (command: Command): Command =>
  command
    .argument('<class>', 'name of the class, like HelloPackage')
    .option('-f, --force', 'overwrite the file if it exists')
    .addHelpText(
      'after',
      '\nExample:\n  $ messenger make:packaged-bot HelloPackage\n  Writes bots/HelloPackage.ts, which installs two ready-made handlers.',
    )
    .action(async (className: string, options: { force?: boolean }) => {
      checkName({ template: 'packaged-bot', className });
      const workspace = findWorkspace(process.cwd());
      const folder = workspace.bots;
      const alias = `${namesFor(className).alias}_package`;
      await assertAliasFree(workspace, 'packages', { className, alias });
      const file = make({ template: 'packaged-bot', className, folder, force: options.force ?? false });
      for (const written of [file, ...ensureModuleFolder(folder)])
        console.log(`Wrote ${path.relative(process.cwd(), written)}.`);
      console.log(
        `Check it: ${commandLine(`test-installs ${className}`)}. Install it: ${commandLine(`install ${className}`)}`,
      );
    });
