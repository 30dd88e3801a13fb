import { text as textOf } from 'node:stream/consumers';
import { DisposableStack } from '../../base/disposable-stack.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import { ApiError, type MessageJson } from '../../client/index.ts';
import { loadConfig } from '../../config/load.ts';
import type { Workspace } from '../../config/workspace.ts';
import { checkBody } from '../../domain/outgoing.ts';
import { formatLine } from '../../simulate/event-lines.ts';
import type { Login } from '../../simulate/host.ts';
import { LinesSession } from '../../simulate/lines-session.ts';
import { onInterrupt } from '../interrupt.ts';
import { printJson } from '../json.ts';
import { printWarning } from '../print.ts';
import { printOutput, reportWarnings } from '../problems.ts';
import { exitCodes } from '../report.ts';
import { LinesHost, type LinesHostOptions } from '../simulate/lines-host.ts';
import { type Outcome, Replies } from './replies.ts';

interface SendOptions {
  workspace: Workspace;
  as: string;
  thread?: string;
  json?: boolean;
  wait?: boolean;
  expectAnswer?: boolean;
  /** Processes for handlers that were started before. */
  hosts?: LinesHostOptions['hosts'];
}

/** How to send and to wait. */
interface WaitOptions extends Pick<SendOptions, 'workspace' | 'as' | 'thread' | 'wait' | 'hosts'> {
  /** Registers what ends the wait early; returns a function that undoes it. */
  onStop: (stop: () => void) => () => void;
}

/**
 * Sends one message, prints what bots answered to it, and sets the exit code.
 *
 * @param text `-` reads it from standard input
 * @throws WRONG_USE for a text that cannot be sent; NOT_FOUND, NAME_AMBIGUOUS, NOT_PERMITTED, REQUEST_FAILED
 */
export async function sendOnce(text: string, options: SendOptions): Promise<void> {
  const body = text === '-' ? (await textOf(process.stdin)).replace(/\r?\n$/, '') : text;
  const outcome = await sendAndWait(body, { ...options, onStop: onInterrupt });
  if (outcome) report(outcome, options);
}

/**
 * Sends one message and waits until the bots have answered it.
 *
 * @returns nothing if it was interrupted
 * @throws WRONG_USE for a text that cannot be sent; NOT_FOUND, NAME_AMBIGUOUS, NOT_PERMITTED, REQUEST_FAILED
 */
export async function sendAndWait(body: string, options: WaitOptions): Promise<Outcome | undefined> {
  await assertSendable(body, options.workspace);
  const disposables = new DisposableStack();
  try {
    const replies = new Replies();
    const host = new LinesHost(options.workspace, {
      hosts: options.hosts,
      onEvent: (event) => {
        if (event.name === 'Output') printOutput(event.event.handler, event.event.text);
        else if (event.name === 'Error') printWarning(`Warning: ${event.event.message}`);
        else replies.collect(event);
      },
      onGone: () => printWarning('The daemon is gone; reconnecting …'),
    });
    disposables.defer(options.onStop(() => host.interrupt()));
    disposables.use(host);
    const outcome = await exchange(host, replies, body, options);
    if (host.failure) throw host.failure;
    return outcome;
  } finally {
    await disposables.dispose();
  }
}

/** @throws WRONG_USE */
async function assertSendable(body: string, workspace: Workspace): Promise<void> {
  const { messages } = await loadConfig(workspace);
  await asWrongUse(async () => checkBody(body, messages.sizeLimit));
}

/** A text that cannot be sent is wrong use of the command. Other errors of the API get a code, as the command line shows them. */
async function asWrongUse<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isInvalid = error instanceof MessengerError && error.code === 'MESSAGE_INVALID';
    if (isInvalid || (error instanceof ApiError && error.status === 422))
      throw createError('WRONG_USE', error.message);
    if (error instanceof ApiError) throw createError('REQUEST_FAILED', error.message);
    throw error;
  }
}

/** Sends the message and waits for the bots. Returns nothing if that was interrupted. */
async function exchange(
  host: LinesHost,
  replies: Replies,
  body: string,
  options: WaitOptions,
): Promise<Outcome | undefined> {
  await host.locate();
  const { threadId, owner } = await enter(host, options);
  for (const warning of await host.daemonWarnings()) printWarning(`Warning: ${warning}`);
  const screen = {
    hidesOutput: false,
    rings: false,
    print: ({ body: line }: { body: string }) => printWarning(line),
  };
  const session = new LinesSession(host, screen, { owner, threadId });
  host.answer();
  const message: MessageJson | undefined = await asWrongUse(() => session.send(body));
  if (message === undefined) return undefined;
  await host.threadIdle(threadId, { retries: options.wait ?? false });
  if (host.signal.aborted) return undefined;
  return host.withStorage(({ store }) => replies.outcome(store, message));
}

/** The group to send to, and who sends. The playground gets its handlers first. */
async function enter(
  host: LinesHost,
  { thread, as }: WaitOptions,
): Promise<{ threadId: string; owner: Login }> {
  if (thread !== undefined) {
    const { threadId, name } = await host.participantOf(thread, as);
    return { threadId, owner: await host.login(name) };
  }
  const report = await host.openPlayground(as);
  reportWarnings(report);
  for (const problem of report.problems) printWarning(`Warning: ${problem}`);
  const { owner, thread: playground } = report.playground;
  return { threadId: playground.id, owner: await host.login(owner.name) };
}

/** A frozen clock is not waited for, because perhaps nobody moves it. */
const frozen =
  'Bots are not done: the clock of the simulation that is open here is frozen. Move it there: /clock +1m, or /clock resume.';

function report(outcome: Outcome, options: SendOptions): void {
  const { message, answers, failures: failed, retrying, lines, hasFailed, isUnfinished } = outcome;
  if (options.json) printJson({ message, answers, failed, retrying });
  else for (const line of lines) console.log(formatLine(line));
  for (const handler of retrying)
    printWarning(
      `${handler} failed and is tried again later.${options.wait ? '' : ' --wait waits for that.'}`,
    );
  if (isUnfinished || (options.wait && retrying.length > 0)) printWarning(frozen);
  if (hasFailed) process.exitCode ??= exitCodes.failed;
  else if (options.expectAnswer && answers.length === 0) process.exitCode ??= exitCodes.unanswered;
}
