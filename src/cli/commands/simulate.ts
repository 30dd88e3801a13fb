import type { Command } from 'commander';
import { type Hosts, whileHostStarts } from '../../app/while-host-starts.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { findDaemon } from '../../daemon/info.ts';
import { usesLineMode } from '../../tui/line-mode.ts';
import { userName } from '../user-name.ts';

interface Options {
  as?: string;
  json?: boolean;
  fail: boolean;
  bell: boolean;
  record?: string;
  mouse?: boolean;
}

/** `messenger simulate` */
export const define = (command: Command): Command =>
  command
    .option('--as <name>', 'who you are; by default your name on this machine')
    .option('--json', 'print every event as one line of JSON')
    .option('--no-fail', 'exit with 0 even if something failed in lines from a pipe')
    .option('--no-bell', 'do not ring the bell of the terminal when somebody knocks')
    .option('--record <file>', 'record the chat as a transcript for "messenger test"')
    .option('--mouse', 'scroll and click with the mouse in the full screen')
    .addHelpText(
      'after',
      `
Opens a playground group: bots are on, you are its admin, and every handler of bots/ that needs no
parameters is attached. In a terminal it is a full screen: F1 shows the keys and commands. It joins the daemon
of this folder, or runs one for as long as it is open; several terminals may join at once, each as --as somebody.
Without a terminal, with --json, with TERM=dumb or MESSENGER_SCREEN_READER=true it goes line by line: lines come from
standard input, each is answered before the next one is read, and the end of input ends the simulation. The commands
are the same: /help lists them. Where lines come from a pipe or a file it exits 1 when a handler failed, a file of
bots/ was broken, or a line could not be done.

Example:
  $ messenger simulate
  $ printf 'hi there\\n' | messenger simulate --json
  $ messenger simulate --record hello.chat.yaml`,
    )
    .action(simulate);

/** Uses the full screen if the terminal can show it, else lines. Loads only what is used. */
async function simulate(options: Options): Promise<void> {
  if (options.record !== undefined) {
    const { assertNewRecording } = await import('../simulate/new-recording.ts');
    assertNewRecording(options.record);
  }
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (!isTerminal || options.json || usesLineMode(process.env)) {
    return simulateLines(options);
  }
  const { saveMemory } = await import('../simulate/save-memory.ts');
  saveMemory();
  const { fullScreen } = await import('../simulate/full-screen.ts');
  await fullScreen(options.as ?? userName(), options);
}

/** A running daemon has a process for handlers. Without one, a daemon of this process needs it. */
async function simulateLines(options: Options): Promise<void> {
  const workspace = findWorkspace(process.cwd());
  const open = async (hosts?: Hosts) => {
    const { simulate: simulateIn } = await import('../simulate/simulate.ts');
    await simulateIn({ ...options, workspace, hosts }).finally(() => hosts?.close());
  };
  return findDaemon(workspace) ? open() : whileHostStarts(workspace, open);
}
