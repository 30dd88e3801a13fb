import { createInterface, type Interface } from 'node:readline';
import { commandLine } from '../../base/command-line.ts';
import { DisposableStack } from '../../base/disposable-stack.ts';
import { errorJson } from '../../base/error-json.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Playground } from '../../services/bots/playground.ts';
import { type EventLine, notice, problem } from '../../simulate/event-lines.ts';
import { LinesSession } from '../../simulate/lines-session.ts';
import { onInterrupt } from '../interrupt.ts';
import { reportWarnings } from '../problems.ts';
import { exitCodes } from '../report.ts';
import { userName } from '../user-name.ts';
import { EventPrinter } from './event-printer.ts';
import { linesOf } from './lines.ts';
import { LinesHost, type LinesHostOptions } from './lines-host.ts';
import type { PlaygroundReport } from './playground-report.ts';
import { Screen } from './screen.ts';

interface Options {
  as?: string;
  json?: boolean;
  /** False with `--no-fail`. */
  fail: boolean;
  /** False with `--no-bell`. */
  bell: boolean;
  /** The file into which the chat is recorded. */
  record?: string;
  workspace: Workspace;
  /** Processes for handlers that were started before. */
  hosts?: LinesHostOptions['hosts'];
}

/** Opens the playground and sends the input to it, line by line, until it ends. */
export async function simulate(options: Options): Promise<void> {
  const disposables = new DisposableStack();
  try {
    const screen = new Screen(options.json ?? false);
    screen.rings = options.bell && !options.json;
    const printer = new EventPrinter(screen);
    printer.showsReloads = process.stdin.isTTY === true;
    let session: LinesSession | undefined;
    const host = new LinesHost(options.workspace, {
      hosts: options.hosts,
      onEvent: (daemonEvent) => {
        printer.print(daemonEvent);
        const isSaved = daemonEvent.name === 'HandlersReloaded' && daemonEvent.event.classes.length > 0;
        if (isSaved) session?.replays.reloaded();
      },
      onGone: () => screen.print(notice('The daemon is gone; reconnecting …')),
    });
    disposables.defer(onInterrupt(() => host.interrupt()));
    disposables.use(host);
    await host.locate();
    const report = await host.openPlayground(options.as ?? userName());
    reportWarnings(report);
    for (const line of await openingLines(host, report)) screen.print(line);
    const { owner, thread } = report.playground;
    session = new LinesSession(host, screen, {
      owner: await host.login(owner.name),
      threadId: thread.id,
    });
    // Only from here on: the notices above already report how the playground was set up.
    printer.open(() => (host.isOwn ? undefined : session.threadId));
    if (options.record !== undefined)
      for (const text of await host.record(options.record, thread.id)) screen.print(notice(text));
    host.answer();
    if (!host.signal.aborted) await runSession(host, session, screen);
    const recorded = await host.stopRecording();
    if (recorded !== undefined) screen.print(notice(recorded));
    if (host.failure) screen.print(problem(errorJson(host.failure)));
    // A script needs the exit code. A person at a terminal has seen the error.
    if (options.fail && screen.hasFailed && !process.stdin.isTTY) process.exitCode ??= exitCodes.failed;
  } finally {
    await disposables.dispose();
  }
}

async function openingLines(host: LinesHost, report: PlaygroundReport): Promise<EventLine[]> {
  const { hints, errors, attached } = report.playground;
  const none = `There are no handlers in bots/, so a few ready-made ones answer. Write your own with "${commandLine('make:bot HelloBot')}".`;
  return [
    ...[...hints, ...(await host.daemonNotices())].map((text) => notice(text)),
    ...report.problems.map((message) => problem({ code: 'HANDLER_FILE_BROKEN', message })),
    ...(report.isEmpty ? [notice(none)] : []),
    ...errors.map(errorLine),
    ...attached.map(attachedNotice),
    ...report.missingKeys.map((text) => notice(text)),
  ];
}

/** A handler that rejects this person has not failed. */
const errorLine = (error: Playground['errors'][number]): EventLine =>
  error.code === 'HANDLER_NOT_AUTHORIZED' ? notice(error.message) : problem(error);

function attachedNotice({ bot, actions }: Playground['attached'][number]): EventLine {
  const shown = actions.map(
    ({ handler, triggers }) => `${handler} [ ${triggers?.replaceAll('|', ' | ') ?? 'any message'} ]`,
  );
  return notice(`Attached to ${bot.name}: ${shown.join(', ')}.`);
}

function openPrompt(screen: Screen, session: LinesSession): Interface {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  screen.promptWith(prompt, () => `${session.speaker.name} › `);
  return prompt;
}

/** The exit code after Ctrl+C. A prompt receives the key without a signal. */
const interrupted = 130;

/** Reads lines until the input ends, `/quit` or an interrupt, then waits for the bots. */
async function runSession(host: LinesHost, session: LinesSession, screen: Screen): Promise<void> {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const prompt = interactive ? openPrompt(screen, session) : undefined;
  host.signal.addEventListener('abort', () => (prompt ? prompt.close() : process.stdin.destroy()));
  prompt?.on('SIGINT', () => {
    process.exitCode = interrupted;
    host.interrupt();
  });
  try {
    for await (const line of prompt ?? linesOf(process.stdin)) {
      await session.handle(line);
      if (session.ended) break;
      if (prompt) screen.prompt();
      else await host.idle(session.threadId);
    }
    screen.endPrompt();
    await host.idle(session.threadId);
    await session.replays.settled();
  } finally {
    screen.endPrompt();
    // The writer may keep the pipe open, but nothing reads it any more.
    process.stdin.destroy();
  }
}
