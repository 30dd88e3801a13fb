import type { MessageJson } from '../../client/index.ts';
import type { DaemonEvent } from '../../daemon/daemon-events.ts';
import { answerJobOf } from '../../services/messages/send-message.ts';
import { type EventLine, lineOf } from '../../simulate/event-lines.ts';
import type { Effect } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';

/** What became of a message. */
export interface Outcome {
  message: { id: string; thread_id: string; body: string; from: string; created_at: string };
  /** The messages, files, reactions and knocks of bots, in their order. */
  answers: EventLine[];
  /** The actions that failed. */
  failures: EventLine[];
  /** Both as they happened. */
  lines: EventLine[];
  hasFailed: boolean;
  /** The handlers whose failed attempt is retried later. */
  retrying: string[];
  /** Whether a handler has not begun or not ended, because the clock of a simulation is frozen. */
  isUnfinished: boolean;
}

/** Whether an event shows something that a run has stored: by its id, or for a knock by who knocks. */
function isEffect(event: DaemonEvent, effects: readonly Effect[]): boolean {
  const ids = new Set(effects.map(({ id }) => id));
  if (event.name === 'NewMessage') return ids.has(event.event.message.id);
  if (event.name === 'ReactionAdded') return ids.has(event.event.reaction.id);
  return (
    event.name === 'Knock' && event.event.from.type === 'bot' && effects.some(({ kind }) => kind === 'knock')
  );
}

/** Collects what happens, and finds in it what bots did because of one message: others may write meanwhile. */
export class Replies {
  readonly #events: DaemonEvent[] = [];

  collect(event: DaemonEvent): void {
    this.#events.push(event);
  }

  /** What became of a message, once its bots are done. */
  async outcome(store: Store, message: MessageJson): Promise<Outcome> {
    const runs = [...(await store.runs.ofMessage(message.id)).values()];
    const effects = await store.runs.effectsOf(message.id);
    const { id, thread_id, body, created_at, owner } = message;
    const isQueued =
      runs.length === 0 && (await store.jobs.isPayloadPending(answerJobOf({ id, threadId: thread_id })));
    const isFailure = (event: DaemonEvent) =>
      event.name === 'BotActionFailed' && event.event.message.id === message.id;
    return {
      message: { id, thread_id, body, from: owner.name, created_at },
      answers: this.#linesOf((event) => isEffect(event, effects)),
      failures: this.#linesOf(isFailure),
      lines: this.#linesOf((event) => isEffect(event, effects) || isFailure(event)),
      hasFailed: runs.some(({ status }) => status === 'failed'),
      retrying: runs.filter(({ status }) => status === 'waiting').map(({ handler }) => handler),
      isUnfinished: isQueued || runs.some(({ status }) => status === 'running'),
    };
  }

  #linesOf(isWanted: (event: DaemonEvent) => boolean): EventLine[] {
    return this.#events.flatMap((event) => {
      if (!isWanted(event) || event.name === 'Output' || event.name === 'Error') return [];
      if (event.name === 'Idle' || event.name === 'Clock') return [];
      return lineOf(event) ?? [];
    });
  }
}
