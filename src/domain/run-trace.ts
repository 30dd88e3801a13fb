import { z } from 'zod';
import { truncate } from '../base/terminal-text.ts';

/** Milliseconds: when it began, from the start of the run, and how long it took. */
const span = { at: z.int(), milliseconds: z.int() };

const step = z.object({
  ...span,
  /** The request of the handler: `message`, `reaction`, `sleep` and so on. */
  kind: z.string(),
  /** The id of what it stored; null if nothing. */
  id: z.string().nullable(),
  /** The text, the emoji or the file that was sent. */
  text: z.string().nullable(),
  error: z.string().nullable(),
});
/** One request of a handler. */
export type TraceStep = z.output<typeof step>;

/** A request that a handler sent over HTTP. */
export const httpCallSchema = z.object({
  ...span,
  method: z.string(),
  url: z.string(),
  status: z.int().nullable(),
  error: z.string().nullable(),
});
export type TraceHttpCall = z.output<typeof httpCallSchema>;

/** What a run did, in order. The lists have limits; `left_out` counts what is beyond them. */
export const runTraceSchema = z.object({
  milliseconds: z.int(),
  printed: z.array(z.string()),
  steps: z.array(step),
  http: z.array(httpCallSchema),
  left_out: z.object({ printed: z.int(), steps: z.int(), http: z.int() }),
});
export type RunTrace = z.output<typeof runTraceSchema>;

/** The limits of one trace. Texts are cut, and what is beyond the numbers is only counted. */
const limits = { printed: 100, characters: 8_000, line: 500, steps: 100, http: 50, text: 200, url: 500 };

/** Collects what a run does. */
export class TraceRecorder {
  readonly #elapsed: () => number;
  readonly #printed: string[] = [];
  readonly #steps: TraceStep[] = [];
  readonly #http: TraceHttpCall[] = [];
  readonly #leftOut = { printed: 0, steps: 0, http: 0 };
  #characters = 0;

  /** @param elapsed the milliseconds since the run began */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  print(line: string): void {
    const kept = truncate(line, limits.line);
    this.#characters += kept.length;
    const isFull = this.#printed.length >= limits.printed || this.#characters > limits.characters;
    if (isFull) this.#leftOut.printed++;
    else this.#printed.push(kept);
  }

  /** Begins a step. Returns its end. */
  begin(kind: string, text: string | null): (ended: Pick<TraceStep, 'id' | 'error'>) => void {
    if (this.#steps.length >= limits.steps) {
      this.#leftOut.steps++;
      return () => {};
    }
    const step: TraceStep = {
      kind,
      at: this.#now(),
      milliseconds: 0,
      id: null,
      text: cut(text),
      error: null,
    };
    this.#steps.push(step);
    return ({ id, error }) => {
      step.id = id;
      step.error = cut(error);
      step.milliseconds = this.#now() - step.at;
    };
  }

  /** Adds an HTTP request that has just ended. */
  addHttp({ url, error, ...call }: Omit<TraceHttpCall, 'at'>): void {
    const at = Math.max(0, this.#now() - call.milliseconds);
    if (this.#http.length >= limits.http) this.#leftOut.http++;
    else this.#http.push({ ...call, at, url: truncate(url, limits.url), error: cut(error) });
  }

  /** The trace so far. */
  trace(): RunTrace {
    return {
      milliseconds: this.#now(),
      printed: this.#printed,
      steps: this.#steps,
      http: this.#http,
      left_out: this.#leftOut,
    };
  }

  #now(): number {
    return Math.max(0, Math.round(this.#elapsed()));
  }
}

const cut = (text: string | null): string | null => text && truncate(text, limits.text);
