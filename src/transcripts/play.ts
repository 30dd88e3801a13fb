import { messageOf } from '../base/errors.ts';
import { align, type Expectation, type Pair } from './align.ts';
import type { Observed } from './observed.ts';
import { type Cause, type Exchange, isAsExpected } from './played.ts';
import type { Line, Step, Transcript } from './transcript.ts';

/** A group in which a transcript is played. */
export interface Stage {
  /** The names of the bots that are in the group now. */
  bots(): Promise<ReadonlySet<string>>;
  /**
   * Sends a message, or runs a command, and waits until the bots have done what they can do now.
   *
   * @throws what the sender would be shown
   */
  say(line: Line): Promise<void>;
  /** Moves the clock, and waits for the bots. */
  move(span: string): Promise<void>;
  /** What bots have done since the last call. */
  observed(): readonly Observed[];
  /** Why actions did not answer the last message, one sentence each. */
  verdicts(): Promise<readonly string[]>;
}

/**
 * Plays a transcript to its end, also past what was not expected.
 *
 * @param signal ends it after the current step
 * @returns what people did, and what bots made of it
 */
export async function play(
  { chat }: Pick<Transcript, 'chat'>,
  stage: Stage,
  signal?: AbortSignal,
): Promise<Exchange[]> {
  const seesTyping = chat.some((step) => step.kind === 'line' && step.verb === 'types');
  const exchanges: Exchange[] = [];
  let bots = await stage.bots();
  for (let at = 0; at < chat.length && !signal?.aborted; ) {
    const first = chat[at];
    const cause = first && isCause(first, bots) ? first : undefined;
    const failure = cause && (await perform(cause, stage));
    bots = await stage.bots();
    const answers = answersIn(chat.slice(cause ? at + 1 : at), bots);
    const found = stage.observed().filter(({ verb }) => seesTyping || verb !== 'types');
    exchanges.push(await exchangeOf({ cause, answers, found, failure }, stage));
    at += answers.length + (cause ? 1 : 0);
  }
  return exchanges;
}

/** The steps before the next cause. */
function answersIn(steps: readonly Step[], bots: ReadonlySet<string>): readonly Step[] {
  const end = steps.findIndex((step) => isCause(step, bots));
  return end < 0 ? steps : steps.slice(0, end);
}

/** Whether a step makes something happen. What bots do is an expectation. */
function isCause(step: Step, bots: ReadonlySet<string>): step is Cause {
  if (step.kind === 'clock') return true;
  if (step.kind !== 'line') return false;
  return step.role === 'person' || (step.role === undefined && step.verb === 'says' && !bots.has(step.who));
}

/** Returns why it could not be done. */
async function perform(cause: Cause, stage: Stage): Promise<string | undefined> {
  try {
    await (cause.kind === 'clock' ? stage.move(cause.move) : stage.say(cause));
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

interface Happened {
  cause: Cause | undefined;
  answers: readonly Step[];
  found: readonly Observed[];
  failure: string | undefined;
}

async function exchangeOf({ cause, answers, found, failure }: Happened, stage: Stage): Promise<Exchange> {
  const expected = answers.filter(
    (step): step is Expectation => step.kind === 'line' || step.kind === 'anything',
  );
  const silence = answers.find((step) => step.kind === 'silence');
  const pairs = align(expected, found);
  const exchange = { cause, expected, silence, found, pairs, verdicts: [], problem: failure };
  if (failure !== undefined) return exchange;
  if (isUnanswered(pairs)) return { ...exchange, verdicts: await stage.verdicts() };
  const reason = silence?.reason;
  if (reason === undefined || !isAsExpected(exchange)) return exchange;
  const verdicts = await stage.verdicts();
  if (verdicts.some((verdict) => verdict.includes(reason))) return exchange;
  return { ...exchange, verdicts, problem: `The silence has another reason than "${reason}".` };
}

/** Whether answers are missing, and not only different. */
const isUnanswered = (pairs: readonly Pair[]): boolean =>
  pairs.some(({ found }) => found === undefined) && pairs.every(({ expected }) => expected !== undefined);
