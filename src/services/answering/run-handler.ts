import { timestamp } from '../../base/clock.ts';
import { createError, MessengerError, messageOf } from '../../base/errors.ts';
import { isShortage, lacksDescriptors } from '../../base/shortage.ts';
import { maxStarts, type RunError, type StopReason } from '../../domain/run.ts';
import { authorStackOf, isToldByWorker } from '../../sandbox/plain-error.ts';
import type { LateListener } from '../../sandbox/worker.ts';
import { retryDelay, retryJobOf } from '../failed-runs/retry-job.ts';
import { handlerContext } from './handler-data.ts';
import type { ActiveRun } from './requests/active-run.ts';
import { createRequestDispatcher } from './requests/index.ts';
import { RunStopped, standingOf } from './standing.ts';
import { watchStanding } from './watch-standing.ts';

/** What the machine or the database lacked for a while; `error` where the handler met it, who may be what uses it up. */
interface Shortage {
  shortage: unknown;
  error?: RunError;
}

/** The process of a run died, and nothing else was in it. */
interface Death {
  death: MessengerError;
}

/** How a handler ended: whether it released its cooldown, what went wrong, or why it was stopped. */
type Ending = { cooldownReleased: boolean } | { error: RunError } | { stopped: StopReason };

/** What is known of a run beside what is stored. */
interface Scene {
  isGroupAdmin: boolean;
  /** Whether it was stored some time ago. What begins now was checked as it began. */
  goesOn: boolean;
}

/** How a handler is started. */
interface Start {
  isGroupAdmin: boolean;
  /** In a process that nothing else runs in. */
  alone: boolean;
  onLate: LateListener;
}

/**
 * Runs the handler of a run to its end: handled, or failed. A failure releases the action's cooldown and is told
 * to the listeners of `BotActionFailed`; it stops nothing else. Where the handler asks for retries, a failure before
 * the last of them ends nothing: the run waits, and is tried again by a job of its own. One whose bot may not post
 * any more is stopped, which is nobody's failure. One whose process died is started again, unless that went on.
 *
 * @throws the signal's reason when the process is about to end, what the store throws, and what tells that the machine
 *   lacks something for a while: the run stays as it is and starts again later
 */
export async function runHandler(active: ActiveRun, scene: Scene): Promise<void> {
  const { context, run, live } = active;
  const begun = context.clock.steady();
  const warn = new Warning(active);
  const ending = await startUntilItEnds(active, scene, (error) => warn.tell(error));
  if ('error' in ending && run.attempts <= live.handler.retries && !keptCrashing(ending.error))
    return tryLater(active, ending.error);
  await finish(active, ending, Math.round(context.clock.steady() - begun));
  if ('cooldownReleased' in ending) await warn.begin();
}

/** Such a run is not tried again by itself. */
const keptCrashing = ({ code }: RunError): boolean => code === 'HANDLER_KEPT_CRASHING';

/** Starts the handler, and again where its process died: alone from then on, and only so often. */
async function startUntilItEnds(
  active: ActiveRun,
  { isGroupAdmin, goesOn }: Scene,
  onLate: LateListener,
): Promise<Ending> {
  const { context, run, signal } = active;
  for (let { starts } = run, isAgain = goesOn; ; isAgain = true) {
    const standing = isAgain && (await standingOf(context, context.store, active));
    if (typeof standing === 'string') return { stopped: standing };
    const ended = await perform(active, { isGroupAdmin, alone: starts > 0, onLate });
    // The process is about to end, which is not the handler's fault: this start does not count.
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

/** What came too late in a run that was handled; it may come while the run still ends. A failed one has its error. */
class Warning {
  readonly #active: ActiveRun;
  #early: Error | undefined;
  #isHandled = false;

  constructor(active: ActiveRun) {
    this.#active = active;
  }

  /** Once the run is stored as handled. */
  async begin(): Promise<void> {
    this.#isHandled = true;
    if (this.#early) await this.tell(this.#early);
  }

  async tell(error: Error): Promise<void> {
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

/** The action keeps its cooldown meanwhile: its answer is still to come. */
async function tryLater({ context, run, thread }: ActiveRun, error: RunError): Promise<void> {
  const { store, clock, queue } = context;
  const now = clock.milliseconds();
  const runAt = timestamp(now + retryDelay(run.attempts));
  await store.transaction(async (transaction) => {
    await transaction.runs.waitAfter(run.id, error, clock.now(), { since: timestamp(now), at: runAt });
    await queue.enqueueOnce(transaction, { ...retryJobOf(thread.id), runAt });
  });
}

/**
 * What becomes of a run that met a shortage: it starts again later. Only where the shortage has gone with the handler may
 * the handler be what uses everything up: such a start counts, and after the last one it has failed.
 *
 * @throws what tells of the shortage
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

/** Lets the handler run. Nothing of it goes on afterwards: what it still waits for is refused. */
async function perform(
  active: ActiveRun,
  { isGroupAdmin, alone, onLate }: Start,
): Promise<Ending | Shortage | Death> {
  const { context, live, thread, message, run, signal } = active;
  const handlerData = handlerContext(context, live, thread, message, run.trigger, isGroupAdmin);
  const end = new AbortController();
  // Not AbortSignal.any(): the process's signal would remember every run there ever was.
  const follow = () => end.abort(signal.reason);
  signal.addEventListener('abort', follow);
  if (signal.aborted) follow();
  const dispatcher = createRequestDispatcher({ ...active, signal: end.signal }, end);
  const unwatch = watchStanding(active, (stopped) => end.abort(stopped));
  const ending = await context.sandbox
    .run(live.handler, handlerData, {
      signal: end.signal,
      onRequest: dispatcher.listen,
      onLate,
      ...(alone && { alone }),
    })
    .catch((error: unknown) => afterThrow(active, error));
  const { reason } = end.signal;
  unwatch();
  signal.removeEventListener('abort', follow);
  await dispatcher.close();
  if (isShortage(reason)) return { shortage: reason };
  return reason instanceof RunStopped ? { stopped: reason.reason } : ending;
}

function afterThrow(active: ActiveRun, thrown: unknown): Ending | Shortage | Death {
  if (isDeath(thrown)) return { death: thrown };
  return { error: runError(active, thrown), ...(isShortage(thrown) && { shortage: thrown }) };
}

/** Whether the process of a run died with nothing else in it. A handler can throw what only looks like that. */
const isDeath = (thrown: unknown): thrown is MessengerError =>
  thrown instanceof MessengerError && thrown.code === 'HANDLER_KILLED' && !isToldByWorker(thrown);

async function finish(
  { context, run, live, message }: ActiveRun,
  ending: Ending,
  milliseconds: number,
): Promise<void> {
  const { store, clock, events } = context;
  const error = 'error' in ending ? ending.error : null;
  const stopped = 'stopped' in ending ? ending.stopped : null;
  const keepsCooldown = 'cooldownReleased' in ending && !ending.cooldownReleased;
  await store.transaction(async (transaction) => {
    if (stopped) await transaction.runs.stop(run.id, stopped, clock.now());
    else await transaction.runs.finish(run.id, error, clock.now());
    if (!keepsCooldown) await transaction.cooldowns.release(live.action.id);
  });
  const subject = { bot: live.bot, action: live.action, message, trigger: run.trigger, milliseconds };
  if (error) events.emit('BotActionFailed', { ...subject, error });
  else if (stopped) events.emit('BotActionStopped', { ...subject, reason: stopped });
  else events.emit('BotActionHandled', subject);
}

/** What is stored of an error. One that has none of the author's frames points to the handler itself. */
function runError({ context, live }: ActiveRun, thrown: unknown): RunError {
  const code = thrown instanceof MessengerError ? thrown.code : 'HANDLER_THREW';
  // That one says itself where its file is broken.
  const place = () =>
    code === 'HANDLER_FILE_BROKEN' ? null : context.catalogue.frameOf(live.handler, 'handle');
  return { code, message: messageOf(thrown), stack: authorStackOf(thrown) ?? place() };
}
