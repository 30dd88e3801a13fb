import { createInterface, type Interface } from 'node:readline';
import { type App, openApp } from '../../app.ts';
import { commandLine } from '../../base/command-line.ts';
import { DisposableStack } from '../../base/disposable-stack.ts';
import { errorJson } from '../../base/error-json.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { lockFolder } from '../../daemon/lock.ts';
import type { Playground } from '../../services/bots/playground.ts';
import { openPlayground } from '../../services/bots/playground.ts';
import { onInterrupt } from '../interrupt.ts';
import { reportWarnings } from '../problems.ts';
import { exitCodes } from '../report.ts';
import { userName } from '../user-name.ts';
import { type FeedLine, follow, notice, problem } from './feed.ts';
import { lackingKeys } from './lacking-keys.ts';
import { linesOf } from './lines.ts';
import { Screen } from './screen.ts';
import { Session } from './session.ts';

interface Options {
  as?: string;
  json?: boolean;
  /** False with `--no-fail`. */
  fail: boolean;
}

/** Opens the playground and sends the input to it, line by line, until it ends. */
export async function simulate(options: Options): Promise<void> {
  const disposables = new DisposableStack();
  try {
    const workspace = findWorkspace(process.cwd());
    disposables.use(lockFolder(workspace.data, 'simulate'));
    const screen = new Screen(options.json ?? false);
    const onOutput = (handler: string, text: string) => screen.printOutput(handler, text);
    const onError = (error: unknown) => screen.print(problem(errorJson(error)));
    const app = disposables.use(await openApp({ workspace, botsEnabled: true, onOutput, onError }));
    reportWarnings(app);
    const playground = await openPlayground(app, options.as ?? userName());
    for (const sentence of playground.needing) screen.print(notice(sentence));
    if (!app.config.bots.enabled) screen.print(notice('Bots are on for as long as this simulation runs.'));
    for (const line of opening(app, playground)) screen.print(line);
    for (const sentence of await lackingKeys(app, playground.thread)) screen.print(notice(sentence));
    // Only from here on: the notices above already report how the playground was set up.
    follow(app.events, (line) => screen.print(line));
    app.answer();
    await talk(app, new Session(app, playground, (line) => screen.print(line)), screen);
    // A script needs the exit code. A person at a terminal has seen the error.
    if (options.fail && screen.hasFailed && !process.stdin.isTTY) process.exitCode ??= exitCodes.failed;
  } finally {
    await disposables.dispose();
  }
}

function opening({ catalogue }: App, { attached, refused }: Playground): FeedLine[] {
  const lines = catalogue.problems.map(({ message }) => problem({ code: 'HANDLER_FILE_BROKEN', message }));
  if (catalogue.isEmpty()) {
    lines.push(
      notice(
        `There are no handlers in bots/, so a few ready-made ones answer. Write your own with "${commandLine('make:bot HelloBot')}".`,
      ),
    );
  }
  return [...lines, ...refused.map(refusalLine), ...attached.map(attachedNotice)];
}

/** A handler that rejects this person has not failed. */
const refusalLine = (error: Playground['refused'][number]): FeedLine =>
  error.code === 'HANDLER_NOT_AUTHORIZED' ? notice(error.message) : problem(error);

function attachedNotice({ bot, actions }: Playground['attached'][number]): FeedLine {
  const shown = actions.map(
    ({ handler, triggers }) => `${handler} [ ${triggers?.replaceAll('|', ' | ') ?? 'any message'} ]`,
  );
  return notice(`Attached to ${bot.name}: ${shown.join(', ')}.`);
}

function promptAt(screen: Screen, session: Session): Interface {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  screen.promptWith(prompt, () => `${session.speaker.name} › `);
  return prompt;
}

/** The exit code after Ctrl+C. A prompt receives the key without a signal. */
const interrupted = 130;

/** Reads lines until the input ends, `/quit` or an interrupt, then waits for the bots. */
async function talk(app: App, session: Session, screen: Screen): Promise<void> {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const prompt = interactive ? promptAt(screen, session) : undefined;
  const stop = () => {
    if (prompt) prompt.close();
    else process.stdin.destroy();
    void app.queue.close();
  };
  const release = onInterrupt(stop);
  prompt?.on('SIGINT', () => {
    process.exitCode = interrupted;
    stop();
  });
  for await (const line of prompt ?? linesOf(process.stdin)) {
    await session.handle(line);
    if (session.ended) break;
    if (prompt) screen.prompt();
    else await app.queue.idle();
  }
  screen.endPrompt();
  await app.queue.idle();
  release();
  // The writer may keep the pipe open, but nothing reads it any more.
  process.stdin.destroy();
}
