import type { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import type { AuthorizeContext } from '../authoring/bot-action-handler.ts';
import type {
  BotActionHandlerDTO,
  PackagedBotDTO,
  PackagedBotInstallDTO,
  ResolvedBotHandlerDTO,
} from '../authoring/descriptions.ts';
import type { HandlerContextData } from '../authoring/handler-context.ts';
import type { FailedInstall, TestedInstalls } from '../authoring/packaged-bot.ts';
import { requestKinds } from '../authoring/request-arguments.ts';
import { isDurable } from '../authoring/requests.ts';
import { type ErrorCode, type FieldErrors, isErrorCode } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import { formField } from '../domain/form-field.ts';
import type { ActionLimits } from '../domain/limits.ts';
import { matchMethods } from '../domain/match.ts';
import { httpCallSchema } from '../domain/run-trace.ts';
import { isPlainData } from './plain-data.ts';

/*
 * The messages between the daemon and a worker. Authors' code runs in the worker, so nothing from there is
 * trusted. All of it is checked against these schemas, which also define the types.
 */

/** The most unanswered requests of a run. The composer in the worker makes further ones wait. */
export const maxOpenRequests = 100;

const record = z.custom<Record<string, unknown>>(isRecord);

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');
const fieldErrors = z.custom<FieldErrors>(
  (value) => isRecord(value) && Object.values(value).every((texts) => isTexts(texts)),
);

const classSource = z.strictObject({
  /** A file, or the import path of a package. */
  file: z.string(),
  /** Its export name, or the call that registers it. */
  exportName: z.string(),
  /**
   * Set for a handler that no file exports. The source is then the packaged bot that installs it, and this is
   * its index in `installs()`.
   */
  install: z.int().min(0).optional(),
});
/** Where to find a class. */
export type ClassSource = z.output<typeof classSource>;

const handlerDTO = z.strictObject({
  class: z.string(),
  alias: z.string(),
  description: z.string(),
  name: z.string(),
  unique: z.boolean(),
  shouldAuthorize: z.boolean(),
  triggers: z.array(z.string()).readonly().nullable(),
  matchMethod: z.enum(matchMethods).nullable(),
}) satisfies z.ZodType<BotActionHandlerDTO>;

const handlerDescription = handlerDTO.extend({
  /** The environment variables it reads; those with a `?` at the end are optional. */
  environment: z.array(z.string()).readonly(),
  /** The inputs for its own parameters. */
  fields: z.array(formField.strict()).readonly(),
  /** How often a failed run is retried. */
  retries: z.int().min(0),
  /** The milliseconds it may take; null for the default. */
  timeout: z.number().nullable(),
  /** The list of triggers as its author wrote it, where it is stored in another form. */
  writtenTriggers: z.array(z.string()).readonly().nullable(),
  source: classSource,
});
/** The daemon's description of a handler. */
export type HandlerDescription = z.output<typeof handlerDescription>;

const installDTO = z.strictObject({
  handler: handlerDTO,
  data: z.array(record),
}) satisfies z.ZodType<PackagedBotInstallDTO>;

const packageDTO = z.strictObject({
  class: z.string(),
  alias: z.string(),
  name: z.string(),
  description: z.string(),
  avatar: z.string().nullable(),
  avatarExtension: z.string(),
  cooldown: z.number(),
  isEnabled: z.boolean(),
  shouldHideActions: z.boolean(),
  shouldInstallAvatar: z.boolean(),
  shouldAuthorize: z.boolean(),
  installs: z.array(installDTO),
  canInstall: z.array(installDTO),
  alreadyInstalled: z.array(installDTO),
}) satisfies z.ZodType<PackagedBotDTO>;

const packageDescription = packageDTO.extend({ source: classSource });
/** The daemon's description of a packaged bot; its avatar is an absolute path. */
export type PackageDescription = z.output<typeof packageDescription>;

const fileProblem = z.strictObject({
  file: z.string(),
  message: z.string(),
  /** Set for a temporary shortage of the machine: the file itself may be correct. */
  isPassing: z.boolean().optional(),
});
/** Why a file could not be described: a message that begins with the file, and the line if known. */
export type FileProblem = z.output<typeof fileProblem>;

const description = z.strictObject({
  handlers: z.array(handlerDescription),
  packages: z.array(packageDescription),
  problems: z.array(fileProblem),
});
/** The handlers and packages in the files of a workspace. */
export type Description = z.output<typeof description>;

const resolved = z.strictObject({
  handlerDTO,
  matchMethod: z.enum(matchMethods),
  enabled: z.boolean(),
  adminOnly: z.boolean(),
  cooldown: z.number(),
  triggers: z.string().nullable(),
  payload: record.nullable(),
}) satisfies z.ZodType<ResolvedBotHandlerDTO>;

const failedInstall = z.strictObject({
  handler: z.string(),
  data: record,
  errors: fieldErrors,
}) satisfies z.ZodType<FailedInstall>;

const testedInstalls = z.strictObject({
  resolved: z.array(resolved),
  failed: z.array(failedInstall),
}) satisfies z.ZodType<TestedInstalls>;

/** The answer of a worker to each operation. */
const answers = {
  /** Load a file and describe its handlers and packaged bots. */
  describe: description,
  /** Check the parameters of an action. */
  resolve: z.union([z.strictObject({ resolved }), z.strictObject({ errors: fieldErrors })]),
  /** Try every set of parameters that a packaged bot installs. */
  testInstalls: testedInstalls,
  /** Ask a handler or a packaged bot whether a person may attach or install it. */
  authorize: z.boolean(),
  /** Let a handler answer a message. */
  run: z.strictObject({ cooldownReleased: z.boolean() }),
};

interface Arguments {
  describe: { file: string; limits: ActionLimits };
  resolve: {
    source: ClassSource;
    params: Record<string, unknown>;
    /** Set when a person typed the parameters: the texts that were typed. Unknown ones are then errors. */
    texts?: Record<string, string> | undefined;
    limits: ActionLimits;
  };
  testInstalls: { source: ClassSource; limits: ActionLimits };
  authorize: { source: ClassSource; context: AuthorizeContext };
  run: { source: ClassSource; context: HandlerContextData };
}

/** The operations that the daemon requests from a worker. */
export type Operation = keyof Arguments;

/** The operations with their arguments and answers. */
export type Operations = {
  [Name in Operation]: { args: Arguments[Name]; answer: z.output<(typeof answers)[Name]> };
};

const plainError = z.strictObject({
  message: z.string(),
  /** Set for one of our own errors. */
  code: z.custom<ErrorCode>(isErrorCode).nullable(),
  errors: fieldErrors.nullable(),
  /** The author's own frames, one per line; null if there are none. */
  stack: z.string().nullable(),
  /** What the machine lacked, if the error reports that. */
  shortage: z.string().nullable(),
});
/** An error as it is sent between threads and processes. */
export type PlainError = z.output<typeof plainError>;

/** Daemon to worker. Only the current operation has its `token`; messages without it do not belong to it. */
export type ToWorker =
  | { type: 'operation'; token: string; operation: Operation; args: unknown; subject: string }
  | { type: 'answer'; token: string; id: number; value: unknown }
  | { type: 'rejection'; token: string; id: number; error: PlainError };

const token = z.string();
/** What an operation left or changed, as the end of a sentence. A worker that is not clean is ended. */
const unclean = z.string().nullable();

/** Steps are stored as 32-bit integers. */
const step = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

const request = z
  .strictObject({
    type: z.literal('request'),
    token,
    /** The number of the request in its run; its answer has the same. */
    id: z.int().min(1),
    kind: z.enum(requestKinds),
    /** Counts a run's durable requests in call order. Those rejected in the worker leave gaps. */
    step: step.nullable(),
    /** Checked where they are used. */
    args: z.unknown(),
  })
  .refine(({ kind, step }) => isDurable(kind) === (step !== null));

const fromWorker = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** The handler's file is loaded. Its own time begins. */
  z.strictObject({ type: z.literal('loaded'), token }),
  /** A running handler sends a request. */
  request,
  /** Lines that the operation printed. */
  z.strictObject({ type: z.literal('output'), token, lines: z.array(z.string()) }),
  /** An HTTP request of a run that has ended. */
  z.strictObject({ type: z.literal('http'), token, call: httpCallSchema.omit({ at: true }).strict() }),
  /** How many bytes of the operation's output were discarded so far. */
  z.strictObject({ type: z.literal('dropped'), token, bytes: z.int().min(0) }),
  /** A run has ended, and some of its work came too late, was never awaited, or failed unhandled. */
  z.strictObject({ type: z.literal('late'), token, error: plainError }),
  /** The timers that a run left behind have all ended. */
  z.strictObject({ type: z.literal('quiet'), token }),
  /** `left`: a run left a timer behind; the error to report if nothing better is found. */
  z.strictObject({
    type: z.literal('done'),
    token,
    value: z.unknown(),
    unclean,
    left: plainError.optional(),
  }),
  z.strictObject({ type: z.literal('failed'), token, error: plainError, unclean }),
]);
/** Messages from a worker to the daemon. */
export type FromWorker = z.output<typeof fromWorker>;

/** Parses a message of a worker; undefined if invalid. Never throws. A request's arguments are unchecked. */
export const parseFromWorker = (value: unknown): FromWorker | undefined =>
  isPlainData(value) ? fromWorker.safeParse(value).data : undefined;

const answerSchemas: { [Name in Operation]: z.ZodType<Operations[Name]['answer']> } = answers;

/** Parses a worker's answer to an operation; undefined if it is invalid. Never throws. */
export const parseAnswer = <Name extends Operation>(
  operation: Name,
  value: unknown,
): Operations[Name]['answer'] | undefined =>
  isPlainData(value) ? answerSchemas[operation].safeParse(value).data : undefined;

/** What a worker receives at its start. */
export interface WorkerStart {
  workspace: string;
  /** The daemon's pid. */
  parent: number;
  /** The port to the daemon, in a thread. */
  port?: MessagePort;
}
