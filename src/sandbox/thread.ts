import { parentPort, workerData } from 'node:worker_threads';
import { bindContext } from '../authoring/handler-context.ts';
import { describeHandler } from '../authoring/handler-settings.ts';
import { PackagedBot } from '../authoring/packaged-bot.ts';
import { resolveParameters } from '../authoring/resolver.ts';
import { Loader } from './loader.ts';
import { toPlainError } from './plain-error.ts';
import type { FromThread, Operation, Operations, ThreadStart, ToThread } from './protocol.ts';
import { ThreadPort } from './thread-port.ts';

/*
 * A worker thread: the only place where authors' code is loaded. It does one operation at a time.
 */
const { workspace }: ThreadStart = workerData;
const loader = await Loader.create(workspace);
const send = (message: FromThread) => parentPort?.postMessage(message);
let runs = 0;
let port: ThreadPort | undefined;
/** What was thrown where nobody caught it. The thread is in an unknown state from then on. */
let stray: { thrown: unknown } | undefined;

type Operators = {
  [Name in Operation]: (args: Operations[Name]['args']) => Promise<Operations[Name]['answer']>;
};

const operators: Operators = {
  describe: ({ files }) => loader.describe(files),

  resolve: async ({ source, params }) => {
    const handler = await loader.loadHandler(source);
    return resolveParameters(describeHandler(handler, source.exportName), new handler(), params);
  },

  testInstalls: async ({ source }) => {
    const packagedBot = await loader.loadPackage(source);
    return PackagedBot.testInstalls.call(packagedBot);
  },

  authorize: async ({ source, context }) => {
    const asked = new (await loader.load(source))();
    return (await asked.authorize?.(context)) ?? true;
  },

  run: async ({ source, context }) => {
    const handler = new (await loader.loadHandler(source))();
    port = new ThreadPort(++runs, send);
    const bound = bindContext(handler, context, port);
    try {
      await handler.handle();
    } finally {
      await port.close();
    }
    return { cooldownReleased: bound.cooldownReleased };
  },
};

async function operate({ operation, args }: Extract<ToThread, { type: 'operation' }>): Promise<void> {
  try {
    const value = await operators[operation](args as never);
    // A rejection that nobody handles is told after the turn in which it happened.
    await new Promise((resolve) => setImmediate(resolve));
    if (stray === undefined) send({ type: 'done', value });
  } catch (error) {
    send({ type: 'failed', error: toPlainError(error, workspace), spoiled: stray !== undefined });
  }
}

/** Fails the operation at once: the handler may well wait for something that now never comes. */
function onStray(thrown: unknown): void {
  stray ??= { thrown };
  send({ type: 'failed', error: toPlainError(thrown, workspace), spoiled: true });
}

process.on('uncaughtException', onStray);
process.on('unhandledRejection', onStray);

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'operation') void operate(message);
  else port?.settle(message);
});
send({ type: 'ready' });
