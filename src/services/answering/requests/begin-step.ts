import type { RequestKind } from '../../../authoring/request-arguments.ts';
import { messageOf } from '../../../base/errors.ts';
import { isRecord } from '../../../base/is-record.ts';
import type { TraceRecorder } from '../../../domain/run-trace.ts';

/** What ends a step of a trace. */
interface StepEnd {
  answered: (answer: unknown) => void;
  failed: (error: unknown) => void;
}

/** Requests about which nothing is worth reading later. */
const untraced: ReadonlySet<RequestKind> = new Set(['typing', 'stopTyping', 'read']);

/** Begins the step of a request in a trace. An HTTP request is one of its own list. */
export function beginStep(trace: TraceRecorder, kind: RequestKind, args: unknown): StepEnd | undefined {
  if (untraced.has(kind)) return undefined;
  const given = isRecord(args) ? args : {};
  if (kind === 'fetch') return beginHttp(trace, given);
  const end = trace.begin(kind, textOf(kind, given));
  return {
    answered: (answer) => end({ id: idOf(answer), error: null }),
    failed: (error) => end({ id: null, error: messageOf(error) }),
  };
}

function beginHttp(trace: TraceRecorder, { method, url }: Record<string, unknown>): StepEnd {
  const begunAt = performance.now();
  const end = (status: number | null, error: string | null) =>
    trace.addHttp({
      method: String(method),
      url: String(url),
      status,
      error,
      milliseconds: Math.round(performance.now() - begunAt),
    });
  return {
    answered: (answer) => end(isRecord(answer) ? Number(answer.status) : null, null),
    failed: (error) => end(null, messageOf(error)),
  };
}

const idOf = (answer: unknown): string | null =>
  isRecord(answer) && typeof answer.id === 'string' ? answer.id : null;

/** What people would call the content of a request. Its arguments are not checked yet. */
function textOf(kind: RequestKind, args: Record<string, unknown>): string | null {
  const text = { message: args.body, upload: args.name, reaction: args.reaction, sleep: args.milliseconds }[
    String(kind)
  ];
  return text === undefined ? null : String(text);
}
