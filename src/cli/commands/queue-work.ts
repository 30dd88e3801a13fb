import type { Command } from 'commander';
import { type App, openApp } from '../../app.ts';
import { DisposableStack } from '../../base/disposable-stack.ts';
import { MessengerError, messageOf } from '../../base/errors.ts';
import { createRedactor, secretValues } from '../../base/redact.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { callListener } from '../../daemon/listeners.ts';
import { daemonPaths } from '../../daemon/paths.ts';
import { relayEvents } from '../../daemon/relay.ts';
import { watchWorkspace } from '../../daemon/reload.ts';
import { catchUnhandledErrors } from '../../daemon/unhandled-errors.ts';
import { watchDatabase } from '../../daemon/watch-database.ts';
import { continueWhenOutputCloses } from '../closed-output.ts';
import { aborted, onInterrupt } from '../interrupt.ts';
import { printOutput, printProblem, reportProblems } from '../problems.ts';

interface Options {
  queue?: string;
  once?: boolean;
  stopWhenEmpty?: boolean;
}

/** `messenger queue:work` */
export const define = (command: Command): Command =>
  command
    .option('--queue <name>', 'the queue to work on; by default bots.subscriber.channel of the configuration')
    .option('--once', 'do one job, if there is one, and exit')
    .option('--stop-when-empty', 'exit when nothing is left to do')
    .addHelpText(
      'after',
      `
Processes the jobs of the queue: answers to messages, and purges. Run as many as you like next to a daemon whose
configuration has queue.inline: false; the messages of a thread are still answered in order. The first Ctrl+C lets
running handlers finish; the second one stops it at once. Changes in bots/ apply from the next job on. Exits with 0
after an orderly shutdown, even one that a signal asked for.

Example:
  $ messenger queue:work
  $ messenger queue:work --queue messenger-bots --stop-when-empty`,
    )
    .action(work);

async function work(options: Options): Promise<void> {
  continueWhenOutputCloses();
  const disposables = new DisposableStack();
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  try {
    disposables.use(catchUnhandledErrors(printProblem));
    const workspace = findWorkspace(process.cwd());
    const secrets = new Set(secretValues(process.env));
    const hide = createRedactor(secrets);
    const report = (error: unknown) => printProblem(hide(messageOf(error)));
    const app = disposables.use(
      await openApp({
        workspace,
        requiresIsolation: true,
        // Bots were checked when the message was accepted. A job is never dropped because of a setting here.
        botsEnabled: true,
        ...(options.queue !== undefined && { channel: options.queue }),
        ...(options.once && { concurrency: 1 }),
        onOutput: (handler, text) => printOutput(handler, String(hide(text))),
        onError: report,
      }),
    );
    for (const key of Object.values(app.config.keys)) secrets.add(key);
    await app.preload();
    reportProblems(app);
    // The worker may start before the daemon and outlive it.
    const daemon = daemonPaths(workspace.data);
    disposables.use(relayEvents(app.events, daemon, (named) => callListener(app.config.listeners, named)));
    disposables.use(await watchWorkspace({ workspace, app, onError: report }));
    disposables.use(watchDatabase({ store: app.store, onTrouble: (trouble) => end.abort(trouble) }));
    await workUntilTheEnd(app, options, end);
    if (end.signal.reason instanceof MessengerError) throw end.signal.reason;
  } finally {
    await disposables.dispose();
    release();
  }
  // Being asked to stop is not a failure of a worker.
  process.exitCode = 0;
}

/** Works until it is stopped, or until the limits of its options are reached. */
async function workUntilTheEnd(
  { queue, answer }: App,
  { once, stopWhenEmpty }: Options,
  end: AbortController,
): Promise<void> {
  const stopAfterOne = () => {
    end.abort();
    // Closed before the job counts as done, so that no other job is started.
    void queue.close();
  };
  answer(once ? stopAfterOne : undefined);
  const enough = once || stopWhenEmpty ? [queue.idle()] : [];
  await Promise.race([aborted(end.signal), ...enough]);
  await queue.close();
}
