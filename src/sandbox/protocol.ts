import type { AuthorizeContext } from '../authoring/bot-action-handler.ts';
import type { BotActionHandlerDTO, ResolvedBotHandlerDTO } from '../authoring/descriptions.ts';
import type { HandlerContextData } from '../authoring/handler-context.ts';
import type { RequestKind } from '../authoring/requests.ts';
import type { ErrorCode, FieldErrors } from '../base/errors.ts';

/** Where a handler class is found: a file (or the name of a package) and what it is exported as. */
export interface HandlerSource {
  file: string;
  exportName: string;
}

/** A handler as the main thread knows it. */
export interface HandlerDescription extends BotActionHandlerDTO {
  source: HandlerSource;
}

/** Why a file gave no handlers: a sentence that begins with the file, and its line where that is known. */
export interface FileProblem {
  file: string;
  message: string;
}

/** What the files of a workspace hold. */
export interface Description {
  handlers: HandlerDescription[];
  problems: FileProblem[];
}

/** What the main thread asks a worker thread to do, one thing at a time, with arguments and answer. */
export interface Operations {
  /** Load files and describe the handlers in them. */
  describe: { args: { files: string[] }; answer: Description };
  /** Check the parameters of an action. */
  resolve: {
    args: { source: HandlerSource; params: Record<string, unknown> };
    answer: { resolved: ResolvedBotHandlerDTO } | { errors: FieldErrors };
  };
  /** Ask a handler whether somebody may attach it. */
  authorize: { args: { source: HandlerSource; context: AuthorizeContext }; answer: boolean };
  /** Let a handler answer a message. */
  run: {
    args: { source: HandlerSource; context: HandlerContextData };
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
}

/** Main thread to worker thread. */
export type ToThread =
  | { type: 'operation'; operation: Operation; args: unknown }
  | { type: 'answer'; run: number; id: number; value: unknown }
  | { type: 'refusal'; run: number; id: number; error: PlainError };

/** Worker thread to main thread. */
export type FromThread =
  | { type: 'ready' }
  /** A running handler asks for something. `run` counts the runs of the thread, `step` the run's durable requests. */
  | { type: 'request'; run: number; id: number; kind: RequestKind; step: number | null; args: unknown }
  | { type: 'done'; value: unknown }
  /** `spoiled`: the thread is in an unknown state and must not be used again. */
  | { type: 'failed'; error: PlainError; spoiled: boolean };

/** What a worker thread is told when it starts. */
export interface ThreadStart {
  workspace: string;
}
