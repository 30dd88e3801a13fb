import { AsyncLocalStorage } from 'node:async_hooks';
import { setActionLimits } from '../authoring/action-limits.ts';
import { activeHandler } from '../authoring/active-handler.ts';
import type { BotActionHandler } from '../authoring/bot-action-handler.ts';
import { calledFrom } from '../authoring/call-site.ts';
import { bindContext, type HandlerContextData } from '../authoring/handler-context.ts';
import { describeHandler } from '../authoring/handler-settings.ts';
import { PackagedBot } from '../authoring/packaged-bot.ts';
import { resolveWritten } from '../authoring/resolve-written.ts';
import { resolveParameters } from '../authoring/resolver.ts';
import { neverInRequest } from '../base/authorizing.ts';
import { failure } from '../base/errors.ts';
import { LeftTimers } from './left-timers.ts';
import { Loader } from './loader.ts';
import { findParent } from './parent.ts';
import { toPlainError } from './plain-error.ts';
import { Printing } from './printing.ts';
import type { Operation, Operations, ToWorker } from './protocol.ts';
import { WorkerPort } from './worker-port.ts';

/*
 * A worker thread, or a process of its own: the only place where authors' code is loaded. It does one operation at
 * a time.
 */
const parent = findParent();
const { workspace } = parent.start;
const { send } = parent;
neverInRequest('a handler');
/** Of the operation that goes on, or that was done last. */
let token = '';
const printing = new Printing((message) => send({ ...message, token }));
const loader = await Loader.create(workspace);
let port: WorkerPort | undefined;
const leftTimers = new LeftTimers();
/** The number of the operation that code belongs to, also of a timer that fires long after its operation. */
const origin = new AsyncLocalStorage<number>();
let operations = 0;
/** The operation that goes on, while it has not failed. */
let current: number | undefined;
/** Something was thrown where nobody caught it: the thread is in an unknown state from then on. */
let unclean: string | null = null;
const strayError = 'an error that nobody caught';

type Operators = {
  [Name in Operation]: (args: Operations[Name]['args']) => Promise<Operations[Name]['answer']>;
};

const operators: Operators = {
  describe: ({ files, limits }) => {
    setActionLimits(limits);
    return loader.describe(files);
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
    return (await asked.authorize?.(context)) ?? true;
  },

  run: async ({ source, context }) => {
    const run = token;
    const handlerClass = await loader.loadHandler(source);
    send({ type: 'loaded', token: run });
    const onLate = (error: unknown) =>
      send({ type: 'late', token: run, error: toPlainError(error, workspace) });
    const opened = new WorkerPort(run, context.limits, { send, onLate });
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
  leftTimers.begin();
  try {
    await handler.handle();
  } finally {
    await opened.close();
  }
  return { cooldownReleased: bound.cooldownReleased };
}

async function operate({
  operation,
  args,
  token: own,
}: Extract<ToWorker, { type: 'operation' }>): Promise<void> {
  const number = ++operations;
  current = number;
  token = own;
  try {
    const value = await origin.run(number, () => operators[operation](args as never));
    // A rejection that nobody handles is told after the turn in which it happened.
    await new Promise((resolve) => setImmediate(resolve));
    // A timer left behind could end or stop the thread under the next operation.
    const left = hasTimers() && operation === 'run' ? leftTimers.first : undefined;
    if (hasTimers()) unclean ??= 'a timer';
    printing.finish();
    if (current === number)
      send({ type: 'done', token, value, unclean, left: left && toPlainError(timerLeft(left), workspace) });
    if (left) waitForTimers();
    else leftTimers.end();
  } catch (error) {
    leftTimers.end();
    printing.finish();
    if (current === number) send({ type: 'failed', error: toPlainError(error, workspace), unclean, token });
  }
  current = undefined;
}

const hasTimers = (): boolean => process.getActiveResourcesInfo().includes('Timeout');

const timerLeft = (site: Error): unknown => calledFrom(failure('FORGOTTEN_AWAIT', 'A timer'), site);

/** Lets the timers that a run left behind fire: what they ask for tells more than that they are there. */
function waitForTimers(): void {
  const look = setInterval(() => {
    if (hasTimers()) return;
    clearInterval(look);
    leftTimers.end();
    send({ type: 'quiet', token });
  }, 20).unref();
}

/**
 * Fails the operation at once: the handler may well wait for something that now never comes. What an earlier
 * operation left behind fails nobody; the thread is replaced after the one that goes on.
 */
function onStray(thrown: unknown): void {
  unclean = strayError;
  const handler = activeHandler.getStore();
  if (handler?.hasTold(thrown)) return;
  const number = origin.getStore() ?? current;
  if (current === undefined || number !== current) {
    handler?.failLate(thrown);
    return;
  }
  current = undefined;
  printing.finish();
  send({ type: 'failed', error: toPlainError(thrown, workspace), unclean, token });
}

process.on('uncaughtException', onStray);
process.on('unhandledRejection', onStray);

for (const stream of [process.stdout, process.stderr]) printing.capture(stream);
parent.listen((message: ToWorker) => {
  if (message.type === 'operation') void operate(message);
  else port?.settle(message);
});
send({ type: 'ready' });
