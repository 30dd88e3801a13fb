import type { Command } from 'commander';
import { whileHostStarts } from '../../app/while-host-starts.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { findDaemon } from '../../daemon/info.ts';
import { withTarget } from '../target-options.ts';

interface Options {
  thread?: string;
  as: string;
  json?: boolean;
  wait?: boolean;
  expectAnswer?: boolean;
}

/** `messenger send` */
export const define = (command: Command): Command =>
  withTarget(
    command.argument('<text>', 'the text of the message; - reads it from standard input'),
    'the message and its answers',
    'who sends it; with --thread, somebody who is in that group',
  )
    .option('--wait', 'also wait until failed attempts were retried')
    .option('--expect-answer', 'exit with 3 if no bot answered')
    .addHelpText(
      'after',
      `
Sends one message and prints what bots answered to it, once they are done. If a messenger is running in this workspace,
its bots answer; otherwise those of this command do, and bots are on. The playground gets the handlers of bots/ attached,
as in "messenger simulate". An answer is a message, a file, a reaction or a knock. Exits with 1 if an action failed.

Example:
  $ messenger send "hi there"
  $ messenger send "deployed" --as ci --thread Team --json
  $ git log -1 --format=%s | messenger send - --expect-answer`,
    )
    .action(send);

/** A running daemon has a process for handlers. Without one, this process needs it. */
async function send(text: string, options: Options): Promise<void> {
  const workspace = findWorkspace(process.cwd());
  const open = async (hosts?: Parameters<Parameters<typeof whileHostStarts>[1]>[0]) => {
    const { sendOnce } = await import('../send/send.ts');
    await sendOnce(text, { ...options, workspace, hosts }).finally(() => hosts?.close());
  };
  return findDaemon(workspace) ? open() : whileHostStarts(workspace, open);
}
