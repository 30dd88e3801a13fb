import type { Command } from 'commander';
import { MessengerError } from '../../base/errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import type { Ready } from '../../daemon/background.ts';
import { type Daemon, serve as startDaemon } from '../../daemon/serve.ts';
import { type AddressOptions, preferredPort, takenPortNote, withAddress } from '../address.ts';
import { continueWhenOutputCloses } from '../closed-output.ts';
import { botsOff } from '../daemon-status.ts';
import { aborted, onInterrupt } from '../interrupt.ts';

interface Options extends AddressOptions {
  preferredPort?: number;
  json?: boolean;
  quiet?: boolean;
}

/** `messenger serve` */
export const define = (command: Command): Command =>
  withAddress(command)
    .addOption(preferredPort())
    .option('--json', 'print one line of JSON when it is ready')
    .option('--quiet', 'write the log only to its file')
    .addHelpText(
      'after',
      `
Runs until it is stopped. The first Ctrl+C or SIGTERM lets running handlers finish (queue.grace in the
configuration, 5 seconds by default); the second one stops it at once. Unfinished work is repeated at the next
start. The log goes to standard error and to .messenger/logs/daemon.log.

Example:
  $ messenger serve
  $ MESSENGER_BOTS_ENABLED=true messenger serve --json`,
    )
    .action(serve);

async function serve(options: Options): Promise<void> {
  continueWhenOutputCloses();
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  const workspace = findWorkspace(process.cwd());
  const log = options.quiet ? undefined : await screenLog();
  const daemon = await startDaemon({
    workspace,
    host: options.host,
    port: options.port,
    preferredPort: options.preferredPort,
    ...(log && { log }),
    onStop: (reason) => end.abort(reason),
  });
  try {
    announce(daemon, options);
    await aborted(end.signal);
    if (end.signal.reason instanceof MessengerError) throw end.signal.reason;
  } finally {
    await daemon.close();
    release();
  }
  // Being asked to stop is not a failure of a daemon.
  process.exitCode = 0;
}

function announce({ app, info, takenPort }: Daemon, options: Options): void {
  const { url, realtime, pid } = info;
  const enabled = app.settings().botsEnabled;
  const { warnings } = app;
  const ready: Ready = { url, realtime, pid, taken_port: takenPort, bots: { enabled }, warnings };
  if (options.json) console.log(JSON.stringify(ready));
  else console.log(`Ready at ${url}${takenPortNote(takenPort)} as process ${pid}. Ctrl+C ends it.`);
  if (!options.json && !enabled) console.log(botsOff);
}

/** Formatted lines on a terminal, otherwise JSON for log collectors. */
async function screenLog(): Promise<{ write(line: string): void }> {
  if (process.stderr.isTTY !== true) return { write: (line) => void process.stderr.write(line) };
  const { prettyLine } = await import('../pretty-log.ts');
  return { write: (line) => void process.stderr.write(prettyLine(line)) };
}
