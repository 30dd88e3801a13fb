import type { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import type { AuthorizeContext } from '../authoring/bot-action-handler.ts';
import type {
  BotActionHandlerDTO,
  PackagedBotDTO,
  PackagedBotInstallDTO,
  ResolvedBotHandlerDTO,
} from '../authoring/descriptions.ts';
import { type FormField, fieldTypes } from '../authoring/form-fields.ts';
import type { HandlerContextData } from '../authoring/handler-context.ts';
import type { FailedInstall, TestedInstalls } from '../authoring/packaged-bot.ts';
import { requestKinds } from '../authoring/request-arguments.ts';
import { isDurable } from '../authoring/requests.ts';
import { type ErrorCode, type FieldErrors, isErrorCode } from '../base/errors.ts';
import type { ActionLimits } from '../domain/limits.ts';
import { matchMethods } from '../domain/match.ts';
import { isRecord } from '../domain/validation/coerce.ts';
import { isPlainData } from './plain-data.ts';

/*
 * What the daemon and a worker tell each other. Authors' code runs in the worker, so nothing that comes from there is
 * believed: it is checked against these schemas, from which the types are made.
 */

/** So many requests of a run wait for their answers at most; in the worker, its composer lets the others wait. */
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
  /** What it is exported as there, or by which call it is registered. */
  exportName: z.string(),
  /**
   * Set for a handler that no file exports: the source is the packaged bot that installs it, and this its place
   * in `installs()`.
   */
  install: z.int().min(0).optional(),
});
/** Where a class is found. */
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

const formField = z.strictObject({
  name: z.string(),
  type: z.enum(fieldTypes),
  required: z.boolean(),
  default: z.unknown(),
  choices: z.array(z.string()).nullable(),
  description: z.string().nullable(),
}) satisfies z.ZodType<FormField>;

const handlerDescription = handlerDTO.extend({
  /** The environment variables it reads; `?` behind a name says that it can do without. */
  environment: z.array(z.string()).readonly(),
  /** The inputs for its own parameters. */
  fields: z.array(formField).readonly(),
  /** How often a run of it that failed is tried again. */
  retries: z.int().min(0),
  /** Milliseconds it may take; null for what is usual. */
  timeout: z.number().nullable(),
  source: classSource,
});
/** A handler as the daemon knows it. */
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
/** A packaged bot as the daemon knows it; its picture is an absolute path. */
export type PackageDescription = z.output<typeof packageDescription>;

const fileProblem = z.strictObject({
  file: z.string(),
  message: z.string(),
  /** Set where the machine lacked something for a while: the file itself may be right. */
  isPassing: z.boolean().optional(),
});
/** Why a file gave no handlers or packages: a sentence that begins with the file, and its line where that is known. */
export type FileProblem = z.output<typeof fileProblem>;

const description = z.strictObject({
  handlers: z.array(handlerDescription),
  packages: z.array(packageDescription),
  problems: z.array(fileProblem),
});
/** What the files of a workspace hold. */
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

/** What a worker answers to each operation. */
const answers = {
  /** Load a file and describe the handlers and packaged bots in it. */
  describe: description,
  /** Check the parameters of an action. */
  resolve: z.union([z.strictObject({ resolved }), z.strictObject({ errors: fieldErrors })]),
  /** Try every set of parameters that a packaged bot installs. */
  testInstalls: testedInstalls,
  /** Ask a handler whether somebody may attach it, or a packaged bot whether somebody may install it. */
  authorize: z.boolean(),
  /** Let a handler answer a message. */
  run: z.strictObject({ cooldownReleased: z.boolean() }),
};

interface Arguments {
  describe: { file: string; limits: ActionLimits };
  resolve: {
    source: ClassSource;
    params: Record<string, unknown>;
    /** Set where a person wrote the parameters: what was written as text. All that was written is read then. */
    texts?: Record<string, string> | undefined;
    limits: ActionLimits;
  };
  testInstalls: { source: ClassSource; limits: ActionLimits };
  authorize: { source: ClassSource; context: AuthorizeContext };
  run: { source: ClassSource; context: HandlerContextData };
}

/** What the daemon asks a worker to do. */
export type Operation = keyof Arguments;

/** The operations with their arguments and answers. */
export type Operations = {
  [Name in Operation]: { args: Arguments[Name]; answer: z.output<(typeof answers)[Name]> };
};

const plainError = z.strictObject({
  message: z.string(),
  /** Set where it was one of ours. */
  code: z.custom<ErrorCode>(isErrorCode).nullable(),
  errors: fieldErrors.nullable(),
  /** The author's own frames, one a line; null where there are none. */
  stack: z.string().nullable(),
  /** What the machine lacked, where it tells of that. */
  shortage: z.string().nullable(),
});
/** An error as it crosses threads and processes. */
export type PlainError = z.output<typeof plainError>;

/** Daemon to worker. `token` is known to nobody but the one operation: what does not carry it is not of it. */
export type ToWorker =
  | { type: 'operation'; token: string; operation: Operation; args: unknown; subject: string }
  | { type: 'answer'; token: string; id: number; value: unknown }
  | { type: 'refusal'; token: string; id: number; error: PlainError };

const token = z.string();
/** What an operation left behind, or changed, as the end of a sentence: a worker that is not clean is ended. */
const unclean = z.string().nullable();

/** Steps are stored as 32-bit numbers. */
const step = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

const request = z
  .strictObject({
    type: z.literal('request'),
    token,
    /** Of the request in its run; its answer carries it too. */
    id: z.int().min(1),
    kind: z.enum(requestKinds),
    /** Counts the run's durable requests in the order of their calls. Some may be missing: those refused in the worker. */
    step: step.nullable(),
    /** Checked where they are used. */
    args: z.unknown(),
  })
  .refine(({ kind, step }) => isDurable(kind) === (step !== null));

const fromWorker = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** The handler's file is loaded: its own time begins. */
  z.strictObject({ type: z.literal('loaded'), token }),
  /** A running handler asks for something. */
  request,
  /** Lines that the operation printed. */
  z.strictObject({ type: z.literal('output'), token, lines: z.array(z.string()) }),
  /** So much of what the operation has printed was left out until now. */
  z.strictObject({ type: z.literal('dropped'), token, bytes: z.int().min(0) }),
  /** A run has ended, and what belonged to it came too late, was never awaited, or failed where nobody listened. */
  z.strictObject({ type: z.literal('late'), token, error: plainError }),
  /** No timer is left of those that a run left behind. */
  z.strictObject({ type: z.literal('quiet'), token }),
  /** `left`: a run left a timer behind; what is to be told when nothing better comes of it. */
  z.strictObject({
    type: z.literal('done'),
    token,
    value: z.unknown(),
    unclean,
    left: plainError.optional(),
  }),
  z.strictObject({ type: z.literal('failed'), token, error: plainError, unclean }),
]);
/** Worker to daemon. */
export type FromWorker = z.output<typeof fromWorker>;

/** A message of a worker; undefined for anything else. Never throws. What only a run can say has its arguments unchecked. */
export const parseFromWorker = (value: unknown): FromWorker | undefined =>
  isPlainData(value) ? fromWorker.safeParse(value).data : undefined;

const answerSchemas: { [Name in Operation]: z.ZodType<Operations[Name]['answer']> } = answers;

/** What a worker answered to an operation; undefined where it is no answer to that. Never throws. */
export const parseAnswer = <Name extends Operation>(
  operation: Name,
  value: unknown,
): Operations[Name]['answer'] | undefined =>
  isPlainData(value) ? answerSchemas[operation].safeParse(value).data : undefined;

/** What a worker is told when it starts. */
export interface WorkerStart {
  workspace: string;
  /** The daemon's process. */
  parent: number;
  /** Leads to the daemon, in a thread. */
  port?: MessagePort;
}
