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
import { createError } from '../base/errors.ts';
import type { Outside } from '../domain/outside.ts';
import type { Cleanliness } from './cleanliness.ts';
import { watchHttp } from './http-watch.ts';
import type { Loader } from './loader.ts';
import { toPlainError } from './plain-error.ts';
import { type FromWorker, type Operation, type Operations, parseAnswer, type ToWorker } from './protocol.ts';
import { WorkerPort } from './worker-port.ts';

/** A running operation, until it has failed. */
interface Current {
  token: string;
  subject: string;
}

type OperationMessage = Extract<ToWorker, { type: 'operation' }>;

type Operators = {
  [Name in Operation]: (args: Operations[Name]['args'], token: string) => Promise<Operations[Name]['answer']>;
};

/** The longest description of what a run left or changed, in characters. Names in it are the author's. */
const maxPhraseLength = 200;

/** The token of the operation that code belongs to, even in a timer that fires long after the operation. */
const origin = new AsyncLocalStorage<string>();

interface FileRunnerOptions {
  workspace: string;
  loader: Loader;
  /** Sends a message to the daemon's handle of the worker. */
  send: (message: FromWorker) => void;
  /** Checks what a run leaves behind. Left out in a process that also does other work. */
  cleanliness?: Cleanliness;
  /** Called at the end of an operation, to send what its code has printed. */
  finishPrinting?: () => void;
}

/**
 * Runs authors' code, and is the only place that does: it loads one file in its life and performs one operation at
 * a time. A worker has one.
 */
export class FileRunner {
  readonly #options: FileRunnerOptions;
  #port: WorkerPort | undefined;
  #current: Current | undefined;
  #lastToken = '';
  /** Whether a run has reported that the file is loaded. It stays loaded. */
  #hasLoaded = false;
  /** Why the state of the worker is unknown, for example after an uncaught error. */
  #unclean: string | null = null;

  constructor(options: FileRunnerOptions) {
    this.#options = options;
    watchHttp();
    options.loader.onLoaded = () => options.cleanliness?.remember();
  }

  /** The token of the current or last operation. Late output belongs to it. */
  get lastToken(): string {
    return this.#lastToken;
  }

  /** Begins an operation, or passes on the answer to a request. */
  readonly receive = (message: ToWorker): void => {
    if (message.type === 'operation') void this.#operate(message);
    else this.#port?.settle(message);
  };

  /**
   * Fails the current operation at once, since the handler may be waiting for something that now never comes.
   * What an earlier operation left behind does not fail it; the worker is replaced afterwards.
   */
  onUncaught(thrown: unknown): void {
    this.#unclean ??= 'threw an error that was not caught';
    const handler = activeHandler.getStore();
    if (handler?.wasReported(thrown)) return;
    const current = this.#current;
    const token = origin.getStore() ?? current?.token;
    if (current === undefined || token !== current.token) handler?.failLate(thrown);
    else this.#fail(current, thrown);
  }

  /** Reports which code is about to end the worker, and where. */
  onExit(code: number): void {
    if (this.#current === undefined) return;
    this.#unclean = 'ended its worker';
    this.#fail(
      this.#current,
      calledFrom(createError('HANDLER_EXITED', this.#current.subject, code), callSite()),
    );
  }

  readonly #operators: Operators = {
    describe: async ({ file, limits }) => {
      setActionLimits(limits);
      const description = await this.#options.loader.describe(file);
      if (description.problems.length > 0) this.#unclean ??= 'could not load its file';
      return description;
    },

    resolve: async ({ source, params, texts, limits }) => {
      setActionLimits(limits);
      const handler = await this.#options.loader.loadHandler(source);
      const description = describeHandler(handler, source.exportName);
      return texts === undefined
        ? resolveParameters(description, new handler(), params)
        : resolveWritten(description, new handler(), { values: params, texts });
    },

    testInstalls: async ({ source, limits }) => {
      setActionLimits(limits);
      const packagedBot = await this.#options.loader.loadPackage(source);
      return PackagedBot.testInstalls.call(packagedBot);
    },

    authorize: async ({ source, context }) => {
      const asked = new (await this.#options.loader.load(source))();
      // Authors may return anything here. Returning nothing allows it.
      return Boolean((await asked.authorize?.(context)) ?? true);
    },

    run: async ({ source, context }, token) => {
      const { loader, send, workspace } = this.#options;
      const meeting = context.outside && (await this.#divert(context.outside));
      const handlerClass = await loader.loadHandler(source);
      if (!this.#hasLoaded) send({ type: 'loaded', token });
      this.#hasLoaded = true;
      const onLate = (error: unknown) => send({ type: 'late', token, error: toPlainError(error, workspace) });
      const port = new WorkerPort(token, context.limits, { send, onLate });
      this.#port = port;
      const answer = () => activeHandler.run(port, () => this.#answer(new handlerClass(), context, port));
      return meeting ? meeting(port, answer) : answer();
    },
  };

  /** Loaded only for runs that do not meet the real world outside. */
  async #divert(outside: Outside) {
    const { divertOutside } = await import('./outside/outside.ts');
    return divertOutside(outside, () => this.#options.cleanliness?.remember());
  }

  async #answer(
    handler: BotActionHandler,
    context: HandlerContextData,
    port: WorkerPort,
  ): Promise<Operations['run']['answer']> {
    const { cleanliness, workspace } = this.#options;
    const bound = bindContext(handler, context, port, workspace);
    cleanliness?.beginRun();
    try {
      await handler.handle();
    } finally {
      await port.close();
    }
    return { cooldownReleased: bound.cooldownReleased };
  }

  async #operate(message: OperationMessage): Promise<void> {
    const { cleanliness, finishPrinting, send } = this.#options;
    const { token, subject } = message;
    const own: Current = { token, subject };
    this.#current = own;
    this.#lastToken = token;
    const ending = await this.#attempt(message);
    const hasTimers = cleanliness?.handles.hasTimers ?? false;
    const left = 'value' in ending && hasTimers ? cleanliness?.handles.timer : undefined;
    if (hasTimers) this.#unclean ??= 'left a timer';
    else this.#unclean ??= (await cleanliness?.check())?.phrase.slice(0, maxPhraseLength) ?? null;
    if (this.#current === own && 'error' in ending) this.#fail(own, ending.error);
    if (this.#current === own && 'value' in ending) {
      finishPrinting?.();
      const { value } = ending;
      send({ type: 'done', token, value, unclean: this.#unclean, left: left && this.#timerLeft(left) });
    }
    if (left) this.#waitForTimers(token);
    else cleanliness?.endRun();
    this.#current = undefined;
  }

  async #attempt(message: OperationMessage): Promise<{ value: unknown } | { error: unknown }> {
    const { operation, args, token, subject } = message;
    try {
      const perform = () => this.#operators[operation](args as never, token);
      const value = await origin.run(token, () => this.#options.loader.host(perform));
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

  #fail({ token }: Current, thrown: unknown): void {
    const { finishPrinting, send, workspace } = this.#options;
    this.#current = undefined;
    finishPrinting?.();
    send({ type: 'failed', token, error: toPlainError(thrown, workspace), unclean: this.#unclean });
  }

  #timerLeft(site: Error) {
    return toPlainError(calledFrom(createError('FORGOTTEN_AWAIT', 'A timer'), site), this.#options.workspace);
  }

  /** Lets the timers that a run left behind fire: the requests they make say more about the mistake than the timers do. */
  #waitForTimers(token: string): void {
    const { cleanliness, send } = this.#options;
    const timer = setInterval(() => {
      if (cleanliness?.handles.hasTimers) return;
      clearInterval(timer);
      cleanliness?.endRun();
      send({ type: 'quiet', token });
    }, 20).unref();
  }
}
