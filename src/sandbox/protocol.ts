import type { AuthorizeContext } from '../authoring/bot-action-handler.ts';
import type {
  BotActionHandlerDTO,
  PackagedBotDTO,
  ResolvedBotHandlerDTO,
} from '../authoring/descriptions.ts';
import type { FormField } from '../authoring/form-fields.ts';
import type { HandlerContextData } from '../authoring/handler-context.ts';
import type { TestedInstalls } from '../authoring/packaged-bot.ts';
import type { RequestKind } from '../authoring/requests.ts';
import type { ErrorCode, FieldErrors } from '../base/errors.ts';
import type { ActionLimits } from '../domain/limits.ts';

/**
 * Where a class is found: a file (or the import path of a package) and what it is exported as, or by which call it is
 * registered.
 */
export interface ClassSource {
  file: string;
  exportName: string;
  /**
   * Set for a handler that no file exports: the source is the packaged bot that installs it, and this its place
   * in `installs()`.
   */
  install?: number;
}

/** A handler as the main thread knows it. */
export interface HandlerDescription extends BotActionHandlerDTO {
  /** The environment variables it reads; `?` behind a name says that it can do without. */
  environment: readonly string[];
  /** The inputs for its own parameters. */
  fields: readonly FormField[];
  /** How often a run of it that failed is tried again. */
  retries: number;
  /** Milliseconds it may take; null for what is usual. */
  timeout: number | null;
  source: ClassSource;
}

/** A packaged bot as the main thread knows it. */
export interface PackageDescription extends PackagedBotDTO {
  /** The absolute path of its picture, or null. */
  avatar: string | null;
  source: ClassSource;
}

/** Why a file gave no handlers or packages: a sentence that begins with the file, and its line where that is known. */
export interface FileProblem {
  file: string;
  message: string;
  /** Set where the machine lacked something for a while: the file itself may be right. */
  isPassing?: boolean;
}

/** What the files of a workspace hold. */
export interface Description {
  handlers: HandlerDescription[];
  packages: PackageDescription[];
  problems: FileProblem[];
}

/** What the main thread asks a worker thread to do, one thing at a time, with arguments and answer. */
export interface Operations {
  /** Load files and describe the handlers and packaged bots in them. */
  describe: { args: { files: string[]; limits: ActionLimits }; answer: Description };
  /** Check the parameters of an action. */
  resolve: {
    args: {
      source: ClassSource;
      params: Record<string, unknown>;
      /** Set where a person wrote the parameters: what was written as text. All that was written is read then. */
      texts?: Record<string, string> | undefined;
      limits: ActionLimits;
    };
    answer: { resolved: ResolvedBotHandlerDTO } | { errors: FieldErrors };
  };
  /** Try every set of parameters that a packaged bot installs. */
  testInstalls: { args: { source: ClassSource; limits: ActionLimits }; answer: TestedInstalls };
  /** Ask a handler whether somebody may attach it, or a packaged bot whether somebody may install it. */
  authorize: { args: { source: ClassSource; context: AuthorizeContext }; answer: boolean };
  /** Let a handler answer a message. */
  run: {
    args: { source: ClassSource; context: HandlerContextData };
    answer: { cooldownReleased: boolean };
  };
}
export type Operation = keyof Operations;

/** An error as it crosses threads. */
export interface PlainError {
  message: string;
  /** Set where it was one of ours. */
  code: ErrorCode | null;
  errors: FieldErrors | null;
  /** The author's own frames, one a line; null where there are none. */
  stack: string | null;
  /** What the machine lacked, where it tells of that. */
  shortage: string | null;
}

/** Main thread to worker thread. */
export type ToThread =
  | { type: 'operation'; operation: Operation; args: unknown }
  | { type: 'answer'; run: number; id: number; value: unknown }
  | { type: 'refusal'; run: number; id: number; error: PlainError };

/** Worker thread to main thread. */
export type FromThread =
  | { type: 'ready' }
  /** The handler's file is loaded: its own time begins. */
  | { type: 'loaded' }
  /** A running handler asks for something. `run` counts the runs of the thread, `step` the run's durable requests. */
  | { type: 'request'; run: number; id: number; kind: RequestKind; step: number | null; args: unknown }
  /** Lines that the operation printed. */
  | { type: 'output'; lines: string[] }
  /** So much of what the operation has printed was left out until now. */
  | { type: 'dropped'; bytes: number }
  /** A run has ended, and what belonged to it came too late, was never awaited, or failed where nobody listened. */
  | { type: 'late'; run: number; error: PlainError }
  /** No timer is left of those that a run left behind. */
  | { type: 'quiet' }
  /**
   * `spoiled`: the thread is in an unknown state and must not be used again. `left`: a run left a timer behind; what
   * is to be told when nothing better comes of it.
   */
  | { type: 'done'; value: unknown; spoiled: boolean; left?: PlainError | undefined }
  | { type: 'failed'; error: PlainError; spoiled: boolean };

/** What a worker thread is told when it starts. */
export interface ThreadStart {
  workspace: string;
  /** The process that forked this one; without it, this is a thread. */
  parent?: number;
}
