import type { Command } from 'commander';
import { nearest } from '../base/nearest.ts';

/** What a command's file exports: it defines the arguments, options, examples and the action. */
interface CommandFile {
  define(command: Command): Command;
}

/** A command as it is known before its file is loaded. */
export interface CommandEntry {
  name: string;
  /** Other spellings, including those of the original. */
  aliases: readonly string[];
  summary: string;
  load: () => Promise<CommandFile>;
}

/** All commands, ordered by name. A command's file is loaded only when it is used, so that start-up stays fast. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'attach',
    aliases: [],
    summary: 'Attach a handler to a bot of a group',
    load: () => import('./commands/attach.ts'),
  },
  {
    name: 'backtest',
    aliases: [],
    summary: 'Try changed triggers on the stored messages',
    load: () => import('./commands/backtest.ts'),
  },
  {
    name: 'bots',
    aliases: [],
    summary: 'List the bots of a group with their actions',
    load: () => import('./commands/bots.ts'),
  },
  {
    name: 'bots:restore',
    aliases: [],
    summary: 'Restore a removed bot',
    load: () => import('./commands/bots-restore.ts'),
  },
  {
    name: 'daemon',
    aliases: [],
    summary: 'Start, stop and inspect the daemon in the background',
    load: () => import('./commands/daemon.ts'),
  },
  {
    name: 'failed',
    aliases: [],
    summary: 'List the actions that failed',
    load: () => import('./commands/failed.ts'),
  },
  {
    name: 'fuzz',
    aliases: [],
    summary: 'Search for a chat in which a handler fails or floods',
    load: () => import('./commands/fuzz.ts'),
  },
  {
    name: 'install',
    aliases: [],
    summary: 'Install a packaged bot in a group',
    load: () => import('./commands/install.ts'),
  },
  {
    name: 'lint',
    aliases: [],
    summary: 'Check the handlers, packages and triggers of the workspace',
    load: () => import('./commands/lint.ts'),
  },
  {
    name: 'make:bot',
    aliases: [],
    summary: 'Create a bot handler in bots/',
    load: () => import('./commands/make-bot.ts'),
  },
  {
    name: 'make:packaged-bot',
    aliases: [],
    summary: 'Create a packaged bot in bots/',
    load: () => import('./commands/make-packaged-bot.ts'),
  },
  {
    name: 'mcp',
    aliases: [],
    summary: 'Let a coding agent write and try bots, over the Model Context Protocol',
    load: () => import('./commands/mcp.ts'),
  },
  {
    name: 'purge:bots',
    aliases: [],
    summary: 'Delete bots that were removed long ago, with their files',
    load: () => import('./commands/purge-bots.ts'),
  },
  {
    name: 'queue:work',
    aliases: [],
    summary: 'Answer messages in a separate process next to the daemon',
    load: () => import('./commands/queue-work.ts'),
  },
  {
    name: 'retry',
    aliases: [],
    summary: 'Retry a failed action',
    load: () => import('./commands/retry.ts'),
  },
  {
    name: 'send',
    aliases: [],
    summary: 'Send one message and print what bots answer',
    load: () => import('./commands/send.ts'),
  },
  {
    name: 'serve',
    aliases: [],
    summary: 'Run the daemon in the foreground until you stop it',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'simulate',
    aliases: [],
    summary: 'Talk to your bots in a playground group',
    load: () => import('./commands/simulate.ts'),
  },
  {
    name: 'test',
    aliases: [],
    summary: 'Play transcripts of chats and compare what bots answer',
    load: () => import('./commands/test.ts'),
  },
  {
    name: 'test-installs',
    aliases: ['testInstalls'],
    summary: 'Check the handlers and parameters that a packaged bot installs',
    load: () => import('./commands/test-installs.ts'),
  },
  {
    name: 'test-resolve',
    aliases: ['testResolve'],
    summary: 'Check the parameters of a handler without attaching it',
    load: () => import('./commands/test-resolve.ts'),
  },
  {
    name: 'uninstall',
    aliases: [],
    summary: 'Remove a bot from a group',
    load: () => import('./commands/uninstall.ts'),
  },
  {
    name: 'user:token',
    aliases: [],
    summary: 'Create a token for the HTTP API',
    load: () => import('./commands/user-token.ts'),
  },
  {
    name: 'why',
    aliases: [],
    summary: 'Explain why bots answered a message or not',
    load: () => import('./commands/why.ts'),
  },
];

/** The command with this name, another spelling of it, or the original's longer spelling `messenger:…`. */
export function findCommand(name: string): CommandEntry | undefined {
  const short = name.replace(/^messenger:/, '');
  return commands.find((command) => command.name === short || command.aliases.includes(short));
}

/** The name of the command that was probably meant, if one is similar. */
export const nearestCommand = (name: string): string | undefined =>
  nearest(
    name.replace(/^messenger:/, ''),
    commands.map((command) => command.name),
  );
