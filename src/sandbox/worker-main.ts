import { AsyncLocalStorage } from 'node:async_hooks';
import { setActionLimits } from '../authoring/action-limits.ts';
import { activeHandler } from '../authoring/active-handler.ts';
import type { BotActionHandler } from '../authoring/bot-action-handler.ts';
import { calledFrom, callSite } from '../authoring/call-site.ts';
import { bindContext, type HandlerContextData } from '../authoring/handler-context.ts';
import { describeHandler } from '../authoring/handler-settings.ts';
import { PackagedBot } from '../authoring/packaged-bot.ts';
import { resolveWritten } from '../authoring/resolve-written.ts';
import { resolveParameters } from '../authoring/resolver.ts';
import { neverInRequest } from '../base/authorizing.ts';
import { createError } from '../base/errors.ts';
import { Cleanliness } from './cleanliness.ts';
import { guardProcessKill } from './guard-process-kill.ts';
import { importOwnModules, Loader } from './loader.ts';
import { findParent } from './parent.ts';
import { toPlainError } from './plain-error.ts';
import { Printing } from './printing.ts';
import { type Operation, type Operations, parseAnswer, type ToWorker } from './protocol.ts';
import { WorkerPort } from './worker-port.ts';

/*
 * A worker, a thread or a process: the only place where authors' code is loaded. It loads one file in its
 * life and does one operation at a time.
 */

/** A running operation, until it has failed. */
interface Current {
  token: string;
  subject: string;
}

/** The longest description of what a run left or changed, in characters. Names in it are the author's. */
const maxPhraseLength = 200;

const parent = findParent();
const { workspace } = parent.start;
const { send } = parent;
neverInRequest('a handler');
/** The current or last operation. Late output belongs to it. */
let lastToken = '';
const printing = new Printing((message) => send({ ...message, token: lastToken }));
guardProcessKill([parent.start.parent]);
const ownModules = await importOwnModules(workspace);
const cleanliness = new Cleanliness({ 'messenger-bots': ownModules['messenger-bots'] ?? {} });
const loader = Loader.create(workspace, ownModules);
loader.onLoaded = () => cleanliness.remember();
let port: WorkerPort | undefined;
/** The token of the operation that code belongs to, even in a timer that fires long after the operation. */
const origin = new AsyncLocalStorage<string>();
let current: Current | undefined;
/** Why the state of this worker is unknown, for example after an uncaught error. */
let unclean: string | null = null;

type Operators = {
  [Name in Operation]: (args: Operations[Name]['args'], token: string) => Promise<Operations[Name]['answer']>;
};

const operators: Operators = {
  describe: async ({ file, limits }) => {
    setActionLimits(limits);
    const description = await loader.describe(file);
    if (description.problems.length > 0) unclean ??= 'could not load its file';
    return description;
  },

  resolve: async ({ source, params, texts, limits }) => {
    setActionLimits(limits);
    const handler = await loader.loadHandler(source);
    const description = describeHandler(handler, source.exportName);
    return texts === undefined
      ? resolveParameters(description, new handler(), params)
      : resolveWritten(description, new handler(), { values: params, texts });
  },

  testInstalls: async ({ source, limits }) => {
    setActionLimits(limits);
    const packagedBot = await loader.loadPackage(source);
    return PackagedBot.testInstalls.call(packagedBot);
  },

  authorize: async ({ source, context }) => {
    const asked = new (await loader.load(source))();
    // Authors may return anything here. Returning nothing allows it.
    return Boolean((await asked.authorize?.(context)) ?? true);
  },

  run: async ({ source, context }, token) => {
    const handlerClass = await loader.loadHandler(source);
    send({ type: 'loaded', token });
    const onLate = (error: unknown) => send({ type: 'late', token, error: toPlainError(error, workspace) });
    const opened = new WorkerPort(token, context.limits, { send, onLate });
    port = opened;
    return activeHandler.run(opened, () => answer(new handlerClass(), context, opened));
  },
};

async function answer(
  handler: BotActionHandler,
  context: HandlerContextData,
  opened: WorkerPort,
): Promise<Operations['run']['answer']> {
  const bound = bindContext(handler, context, opened, workspace);
  cleanliness.beginRun();
  try {
    await handler.handle();
  } finally {
    await opened.close();
  }
  return { cooldownReleased: bound.cooldownReleased };
}

async function operate(message: Extract<ToWorker, { type: 'operation' }>): Promise<void> {
  const { token, subject } = message;
  const own: Current = { token, subject };
  current = own;
  lastToken = token;
  const ending = await attempt(message);
  const { handles } = cleanliness;
  const { hasTimers } = handles;
  const left = 'value' in ending && hasTimers ? handles.timer : undefined;
  if (hasTimers) unclean ??= 'left a timer';
  else unclean ??= (await cleanliness.check())?.phrase.slice(0, maxPhraseLength) ?? null;
  if (current === own && 'error' in ending) fail(own, ending.error);
  if (current === own && 'value' in ending) {
    printing.finish();
    const timerLeft =
      left && toPlainError(calledFrom(createError('FORGOTTEN_AWAIT', 'A timer'), left), workspace);
    send({ type: 'done', token, value: ending.value, unclean, left: timerLeft });
  }
  if (left) waitForTimers(token);
  else cleanliness.endRun();
  current = undefined;
}

async function attempt({
  operation,
  args,
  token,
  subject,
}: Extract<ToWorker, { type: 'operation' }>): Promise<{ value: unknown } | { error: unknown }> {
  try {
    const value = await origin.run(token, () => operators[operation](args as never, token));
    // Checked before sending: the daemon could only report an invalid answer. The answer of a run is our own.
    if (operation !== 'run' && parseAnswer(operation, value) === undefined)
      throw createError('HANDLER_ANSWER_UNUSABLE', subject);
    // Unhandled rejections are reported after the turn in which they happened.
    await new Promise((resolve) => setImmediate(resolve));
    return { value };
  } catch (error) {
    return { error };
  }
}

function fail({ token }: Current, error: unknown): void {
  current = undefined;
  printing.finish();
  send({ type: 'failed', token, error: toPlainError(error, workspace), unclean });
}

/** Lets the timers that a run left behind fire: the requests they make say more about the mistake than the timers do. */
function waitForTimers(token: string): void {
  const timer = setInterval(() => {
    if (cleanliness.handles.hasTimers) return;
    clearInterval(timer);
    cleanliness.endRun();
    send({ type: 'quiet', token });
  }, 20).unref();
}

/**
 * Fails the current operation at once, since the handler may be waiting for something that now never comes.
 * What an earlier operation left behind does not fail it; the worker is replaced afterwards.
 */
function onUncaught(thrown: unknown): void {
  unclean ??= 'threw an error that was not caught';
  const handler = activeHandler.getStore();
  if (handler?.wasReported(thrown)) return;
  const token = origin.getStore() ?? current?.token;
  if (current === undefined || token !== current.token) handler?.failLate(thrown);
  else fail(current, thrown);
}

/** Reports which code is about to end the worker, and where. */
function onExit(code: number): void {
  if (current === undefined) return;
  unclean = 'ended its worker';
  fail(current, calledFrom(createError('HANDLER_EXITED', current.subject, code), callSite()));
}

process.on('uncaughtException', onUncaught);
process.on('unhandledRejection', onUncaught);
process.on('exit', onExit);

for (const stream of [process.stdout, process.stderr]) printing.capture(stream);
parent.listen((message: ToWorker) => {
  if (message.type === 'operation') void operate(message);
  else port?.settle(message);
});
send({ type: 'ready' });
