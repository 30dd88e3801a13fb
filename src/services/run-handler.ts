import { timestamp } from '../base/clock.ts';
import { failure, MessengerError, sentenceOf } from '../base/errors.ts';
import { isShortage, lacksDescriptors } from '../base/shortage.ts';
import { maxStarts, type RunError, type StopReason } from '../domain/run.ts';
import { authorStackOf } from '../sandbox/plain-error.ts';
import type { LateListener } from '../sandbox/worker.ts';
import { handlerContext } from './handler-data.ts';
import type { ActiveRun } from './requests/active-run.ts';
import { openDesk } from './requests/index.ts';
import { retryDelay, retryJobOf } from './retry-job.ts';
import { RunStopped, standingOf } from './standing.ts';
import { watchStanding } from './watch-standing.ts';

/** What the machine or the database lacked for a while; `error` where the handler met it, who may be what uses it up. */
interface Shortage {
  shortage: unknown;
  error?: RunError;
}

/** How a handler ended: whether it released its cooldown, what went wrong, or why it was stopped. */
type Ending = { cooldownReleased: boolean } | { error: RunError } | { stopped: StopReason };

/**
 * Runs the handler of a run to its end: handled, or failed. A failure releases the action's cooldown and is told
 * to the listeners of `BotActionFailed`; it stops nothing else. Where the handler asks for retries, a failure before
 * the last of them ends nothing: the run waits, and is tried again by a job of its own. One whose bot may not post
 * any more is stopped, which is nobody's failure.
 *
 * @throws the signal's reason when the process is about to end, what the store throws, and what tells that the machine
 *   lacks something for a while: the run stays as it is and starts again later
 */
export async function runHandler(active: ActiveRun, isGroupAdmin: boolean): Promise<void> {
  const { services, run, live } = active;
  if (run.starts > maxStarts) {
    const error = failure('HANDLER_KEPT_CRASHING', live.handler.class, maxStarts);
    return finish(active, { error: runError(error) }, 0);
  }
  // What begins now was checked as it began; what goes on was stored some time ago.
  const standing = run.starts + run.attempts > 2 && (await standingOf(services, services.store, active));
  if (typeof standing === 'string') return finish(active, { stopped: standing }, 0);
  const begun = services.clock.steady();
  const warn = new Warning(active);
  const ended = await perform(active, isGroupAdmin, (error) => warn.tell(error));
  if (active.signal.aborted) {
    // The handler was not at fault: this start does not count.
    await services.store.runs.setStarts(run.id, run.starts - 1);
    throw active.signal.reason;
  }
  const ending = 'shortage' in ended ? await afterShortage(active, ended) : ended;
  if ('error' in ending && run.attempts <= live.handler.retries) return tryLater(active, ending.error);
  await finish(active, ending, Math.round(services.clock.steady() - begun));
  if ('cooldownReleased' in ending) await warn.begin();
}

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
    const { services, run, live, message } = this.#active;
    const warning = runError(error);
    if (!(await services.store.runs.warn(run.id, warning))) return;
    const { bot, action } = live;
    services.events.emit('BotActionWarned', { bot, action, message, trigger: run.trigger, warning });
  }
}

/** The action keeps its cooldown meanwhile: its answer is still to come. */
async function tryLater({ services, run, thread }: ActiveRun, error: RunError): Promise<void> {
  const { store, clock, queue } = services;
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
async function afterShortage({ services, run }: ActiveRun, { shortage, error }: Shortage): Promise<Ending> {
  if (error === undefined || lacksDescriptors()) await services.store.runs.setStarts(run.id, run.starts - 1);
  else if (run.starts >= maxStarts) return { error };
  throw shortage;
}

/** Lets the handler run. Nothing of it goes on afterwards: what it still waits for is refused. */
async function perform(
  active: ActiveRun,
  isGroupAdmin: boolean,
  onLate: LateListener,
): Promise<Ending | Shortage> {
  const { services, live, thread, message, run, signal } = active;
  const context = handlerContext(services, live, thread, message, run.trigger, isGroupAdmin);
  const end = new AbortController();
  // Not AbortSignal.any(): the process's signal would remember every run there ever was.
  const follow = () => end.abort(signal.reason);
  signal.addEventListener('abort', follow);
  if (signal.aborted) follow();
  const desk = openDesk({ ...active, signal: end.signal }, end);
  const unwatch = watchStanding(active, (stopped) => end.abort(stopped));
  const ending = await services.sandbox
    .run(live.handler, context, { signal: end.signal, onRequest: desk.listen, onLate })
    .catch((error: unknown) => ({ error: runError(error), ...(isShortage(error) && { shortage: error }) }));
  const { reason } = end.signal;
  unwatch();
  signal.removeEventListener('abort', follow);
  await desk.close();
  if (isShortage(reason)) return { shortage: reason };
  return reason instanceof RunStopped ? { stopped: reason.reason } : ending;
}

async function finish(
  { services, run, live, message }: ActiveRun,
  ending: Ending,
  milliseconds: number,
): Promise<void> {
  const { store, clock, events } = services;
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

const runError = (thrown: unknown): RunError => ({
  code: thrown instanceof MessengerError ? thrown.code : 'HANDLER_THREW',
  message: sentenceOf(thrown),
  stack: authorStackOf(thrown),
});
