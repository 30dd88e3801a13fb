import type { Command } from 'commander';
import { findWorkspace } from '../../config/workspace.ts';

/** `messenger mcp` */
export const define = (command: Command): Command =>
  command
    .addHelpText(
      'after',
      `
Speaks the Model Context Protocol on standard input and output, so that a coding agent can list, write, check, attach
and try the bots of this workspace. It opens no port, runs no shell and leaves files outside the workspace alone. It
ends when its input ends.

Name this command in the settings of the agent, which starts it itself in the folder of the workspace.

Example:
  $ messenger mcp`,
    )
    .action(mcp);

async function mcp(): Promise<void> {
  const { serveTools } = await import('../mcp/serve.ts');
  await serveTools(findWorkspace(process.cwd()));
}
