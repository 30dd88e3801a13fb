import { timestamp } from '../../base/clock.ts';
import { createError, MessengerError, messageOf } from '../../base/errors.ts';
import { isShortage, lacksDescriptors } from '../../base/shortage.ts';
import { maxStarts, type RunError, type StopReason } from '../../domain/run.ts';
import { TraceRecorder } from '../../domain/run-trace.ts';
import { authorStackOf } from '../../sandbox/plain-error.ts';
import { type LateListener, wasKilled } from '../../sandbox/worker.ts';
import { retryDelay, retryJobOf } from '../failed-runs/retry-job.ts';
import { checkEligibility, RunStopped } from './eligibility.ts';
import { handlerContext } from './handler-data.ts';
import type { ActiveRun } from './requests/active-run.ts';
import { createRequestDispatcher } from './requests/index.ts';
import type { RunningRun } from './running-runs.ts';
import { watchEligibility } from './watch-eligibility.ts';

/**
 * The machine or the database is short of something for a while. `error` is set when the handler met the
 * shortage: it may be the cause.
 */
interface Shortage {
  shortage: unknown;
  error?: RunError;
}

/** The process of a run died while nothing else ran in it. */
interface Death {
  death: MessengerError;
}

/** How a handler ended: whether it released its cooldown, its error, or why it was stopped. */
type Ending = { cooldownReleased: boolean } | { error: RunError } | { stopped: StopReason };

/** Facts about a run that are not stored with it. */
interface RunFacts {
  isGroupAdmin: boolean;
  /** Whether it was stored earlier. A new run was checked when it was stored. */
  isResumed: boolean;
}

/** How a handler is started. */
interface Start {
  isGroupAdmin: boolean;
  isAgain: boolean;
  /** In a process of its own. */
  alone: boolean;
  onLate: LateListener;
  trace: TraceRecorder;
}

/**
 * Runs the handler of a run until it is handled, failed or stopped. A failure releases the action's cooldown,
 * emits `BotActionFailed` and stops nothing else. Where the handler asks for retries, a failure before the
 * last attempt is not final: the run waits, and a job of its own tries it again. A run whose bot may no
 * longer post is stopped, which does not count as a failure. A run whose process died is started again, up to
 * a limit.
 *
 * @throws the signal's reason when the process is about to end, errors of the store, and the error of a
 *   temporary shortage; the run then stays as it is and starts again later
 */
export async function runHandler(active: ActiveRun, facts: RunFacts): Promise<void> {
  const { context, run, live } = active;
  const startedAt = context.clock.real.steady();
  const warn = new Warning(active);
  const trace = new TraceRecorder(() => context.clock.real.steady() - startedAt);
  const ending = await startUntilItEnds(active, facts, { onLate: (error) => warn.report(error), trace });
  if ('error' in ending && run.attempts <= live.handler.retries && !keptCrashing(ending.error))
    return retryLater(active, ending.error, trace);
  await finish(active, ending, trace);
  if ('cooldownReleased' in ending) await warn.begin();
}

/** Such a run is not retried automatically. */
const keptCrashing = ({ code }: RunError): boolean => code === 'HANDLER_KEPT_CRASHING';

/** Starts the handler. If its process dies, starts it again in a process of its own, up to a limit. */
async function startUntilItEnds(
  active: ActiveRun,
  { isGroupAdmin, isResumed }: RunFacts,
  { onLate, trace }: Pick<Start, 'onLate' | 'trace'>,
): Promise<Ending> {
  const { context, run, signal } = active;
  // The process ended before it could end the run.
  if (run.reason === 'cancelled') return { stopped: run.reason };
  for (let { starts } = run, isAgain = isResumed; ; isAgain = true) {
    const eligible = isAgain && (await checkEligibility(context, context.store, active));
    if (typeof eligible === 'string') return { stopped: eligible };
    const ended = await perform(active, { isGroupAdmin, isAgain, alone: starts > 0, onLate, trace });
    // The process is ending, which is not the handler's fault: this start does not count.
    signal.throwIfAborted();
    if ('shortage' in ended) return afterShortage(active, starts, ended);
    if (!('death' in ended)) return ended;
    if (starts + 1 >= maxStarts) return { error: lastDeath(active, ended) };
    await onLate(ended.death);
    await context.store.runs.setStarts(run.id, ++starts);
  }
}

const lastDeath = (active: ActiveRun, { death }: Death): RunError =>
  runError(active, createError('HANDLER_KEPT_CRASHING', active.live.handler.class, maxStarts, death.message));

/**
 * Stores what arrived too late in a handled run as a warning; it may arrive before the run has ended. A
 * failed run keeps its error instead.
 */
class Warning {
  readonly #active: ActiveRun;
  #early: Error | undefined;
  #isHandled = false;

  constructor(active: ActiveRun) {
    this.#active = active;
  }

  /** Called once the run is stored as handled. */
  async begin(): Promise<void> {
    this.#isHandled = true;
    if (this.#early) await this.report(this.#early);
  }

  async report(error: Error): Promise<void> {
    if (!this.#isHandled) {
      this.#early ??= error;
      return;
    }
    const { context, run, live, message } = this.#active;
    const warning = runError(this.#active, error);
    if (!(await context.store.runs.warn(run.id, warning))) return;
    const { bot, action } = live;
    context.events.emit('BotActionWarned', { bot, action, message, trigger: run.trigger, warning });
  }
}

/** The action stays in cooldown meanwhile: its answer is still to come. */
async function retryLater(
  { context, run, thread }: ActiveRun,
  error: RunError,
  trace: TraceRecorder,
): Promise<void> {
  const { store, clock, queue } = context;
  const now = clock.milliseconds();
  const runAt = timestamp(now + retryDelay(run.attempts));
  await store.transaction(async (transaction) => {
    await transaction.runs.waitAfter(run.id, error, clock.now(), { since: timestamp(now), at: runAt });
    await transaction.runTraces.save(run.id, trace.trace());
    await queue.enqueueOnce(transaction, { ...retryJobOf(thread.id), runAt });
  });
}

/**
 * Decides what happens to a run that met a shortage. It starts again later. If the shortage ended with the
 * handler, the handler may be the cause: then the start counts, and after the last start the run fails.
 *
 * @throws the error of the shortage
 */
async function afterShortage(
  { context, run }: ActiveRun,
  before: number,
  { shortage, error }: Shortage,
): Promise<Ending> {
  if (error === undefined || lacksDescriptors()) throw shortage;
  const starts = before + 1;
  if (starts >= maxStarts) return { error };
  await context.store.runs.setStarts(run.id, starts);
  throw shortage;
}

/** Runs the handler. Nothing of it continues afterwards: its pending requests are rejected. */
async function perform(
  active: ActiveRun,
  { isGroupAdmin, isAgain, alone, onLate, trace }: Start,
): Promise<Ending | Shortage | Death> {
  const { context, live, signal } = active;
  const handlerData = handlerContext(active, isGroupAdmin);
  const end = new AbortController();
  // Not AbortSignal.any(): the process's signal would keep a reference to every run.
  const follow = () => end.abort(signal.reason);
  signal.addEventListener('abort', follow);
  if (signal.aborted) follow();
  const dispatcher = createRequestDispatcher({ ...active, signal: end.signal }, { end, isAgain, trace });
  const unwatch = watchEligibility(active, (stopped) => end.abort(stopped));
  const forget = context.running.add(runningRunOf(active), () =>
    end.abort(new RunStopped(live.handler.class, 'cancelled')),
  );
  const ending = await context.sandbox
    .run(live.handler, handlerData, {
      signal: end.signal,
      onRequest: dispatcher.listen,
      onLate,
      onPrint: (line) => trace.print(line),
      onHttp: (call) => trace.addHttp(call),
      ...(alone && { alone }),
    })
    .catch((error: unknown) => afterThrow(active, error));
  const { reason } = end.signal;
  unwatch();
  forget();
  signal.removeEventListener('abort', follow);
  await dispatcher.close();
  if (isShortage(reason)) return { shortage: reason };
  return reason instanceof RunStopped ? { stopped: reason.reason } : ending;
}

const runningRunOf = ({ context, live, thread, message, run }: ActiveRun): RunningRun => ({
  id: run.id,
  threadId: thread.id,
  bot: { id: live.bot.id, name: live.bot.name },
  handler: live.action.handler,
  message: { id: message.id, body: message.body },
  startedAt: run.startedAt,
  timeout: context.sandbox.timeoutOf(live.handler),
});

function afterThrow(active: ActiveRun, thrown: unknown): Ending | Shortage | Death {
  if (wasKilled(thrown)) return { death: thrown };
  return { error: runError(active, thrown), ...(isShortage(thrown) && { shortage: thrown }) };
}

async function finish(
  { context, run, live, message, atEnd }: ActiveRun,
  ending: Ending,
  recorder: TraceRecorder,
): Promise<void> {
  const { store, clock, events } = context;
  const error = 'error' in ending ? ending.error : null;
  const stopped = 'stopped' in ending ? ending.stopped : null;
  const trace = recorder.trace();
  const keepsCooldown = 'cooldownReleased' in ending && !ending.cooldownReleased;
  await store.transaction(async (transaction) => {
    if (stopped) await transaction.runs.stop(run.id, stopped, clock.now());
    else await transaction.runs.finish(run.id, error, clock.now());
    await transaction.runTraces.save(run.id, trace);
    if (!keepsCooldown) await transaction.cooldowns.release(live.action.id);
    await atEnd?.(transaction);
  });
  const subject = {
    bot: live.bot,
    action: live.action,
    message,
    trigger: run.trigger,
    milliseconds: trace.milliseconds,
  };
  if (error) events.emit('BotActionFailed', { ...subject, error });
  else if (stopped) events.emit('BotActionStopped', { ...subject, reason: stopped });
  else events.emit('BotActionHandled', subject);
}

/** The error as it is stored. Without a frame of the author's code, it points to the handler itself. */
function runError({ context, live }: ActiveRun, thrown: unknown): RunError {
  const code = thrown instanceof MessengerError ? thrown.code : 'HANDLER_THREW';
  // This error already names the place where the file is broken.
  const place = () =>
    code === 'HANDLER_FILE_BROKEN' ? null : context.catalogue.frameOf(live.handler, 'handle');
  return { code, message: messageOf(thrown), stack: authorStackOf(thrown) ?? place() };
}
