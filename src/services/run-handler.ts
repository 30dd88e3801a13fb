import { failure, MessengerError, sentenceOf } from '../base/errors.ts';
import type { RunError } from '../domain/run.ts';
import { handlerContext } from './handler-data.ts';
import type { ActiveRun } from './requests/active-run.ts';
import { requestListener } from './requests/index.ts';

/** A run whose process died this often is given up: the handler itself may be what kills it. */
const maxAttempts = 3;

/**
 * Runs the handler of a run to its end: handled, or failed. A failure releases the action's cooldown and is told
 * to the listeners of `BotActionFailed`; it stops nothing else.
 *
 * @throws the signal's reason when the process is about to end: the run stays as it is and starts again later
 */
export async function runHandler(active: ActiveRun, isGroupAdmin: boolean): Promise<void> {
  const { services, run, live } = active;
  const { store } = services;
  if (run.attempts >= maxAttempts) {
    return failed(active, failure('HANDLER_KEPT_CRASHING', live.handler.class, run.attempts));
  }
  await store.runs.setAttempts(run.id, run.attempts + 1);
  try {
    const { cooldownReleased } = await perform(active, isGroupAdmin);
    await handled(active, cooldownReleased);
  } catch (error) {
    if (active.signal.aborted) {
      // The handler was not at fault: this attempt does not count.
      await store.runs.setAttempts(run.id, run.attempts);
      throw error;
    }
    await failed(active, error);
  }
}

function perform(active: ActiveRun, isGroupAdmin: boolean) {
  const { services, live, thread, message, run, signal } = active;
  const context = handlerContext(services, live, thread, message, run.trigger, isGroupAdmin);
  return services.sandbox.run(live.handler, context, { signal, onRequest: requestListener(active) });
}

async function handled(active: ActiveRun, cooldownReleased: boolean): Promise<void> {
  await finish(active, null, cooldownReleased);
  active.services.events.emit('BotActionHandled', subjectOf(active));
}

async function failed(active: ActiveRun, thrown: unknown): Promise<void> {
  const error = runError(thrown);
  await finish(active, error, true);
  active.services.events.emit('BotActionFailed', { ...subjectOf(active), error });
}

async function finish({ services, run, live }: ActiveRun, error: RunError | null, release: boolean) {
  await services.store.transaction(async (store) => {
    await store.runs.finish(run.id, error, services.clock.now());
    if (release) await store.cooldowns.release(live.action.id);
  });
}

const subjectOf = ({ live, message, run }: ActiveRun) => ({
  bot: live.bot,
  action: live.action,
  message,
  trigger: run.trigger,
});

const runError = (thrown: unknown): RunError => ({
  code: thrown instanceof MessengerError ? thrown.code : 'HANDLER_THREW',
  message: sentenceOf(thrown),
  stack: thrown instanceof Error && thrown.stack ? thrown.stack : null,
});
