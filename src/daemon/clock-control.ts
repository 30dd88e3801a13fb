import type { App } from '../app.ts';
import type { MovableClock } from '../base/clock.ts';
import type { ClockChange, ClockState } from '../domain/clock-state.ts';
import { changeClock, clockState } from '../services/clock/change-clock.ts';

/** A request to change the clock, and who makes it. */
export interface ClockRequest {
  change: ClockChange;
  /** Identifies the simulation in the event, which goes to all who watch the daemon. */
  by: string;
}

/** Changes the clock of a daemon for several windows, one change after the other. */
export class ClockControl {
  readonly #context: Pick<App, 'queue'> & { clock: MovableClock };
  readonly #onChange: (state: ClockState, by: string) => void;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    context: Pick<App, 'queue'> & { clock: MovableClock },
    onChange: (state: ClockState, by: string) => void,
  ) {
    this.#context = context;
    this.#onChange = onChange;
  }

  get state(): ClockState {
    return clockState(this.#context);
  }

  /** Resolves with what the clock shows, once everything that the change makes due is done. */
  change({ change, by }: ClockRequest): Promise<ClockState> {
    const turn = this.#turn.then(async () => {
      const state = await changeClock(this.#context, change);
      if (change.to !== 'show') this.#onChange(state, by);
      return state;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Answers a request that came over the control socket, as a line of JSON. */
  async receive(lines: AsyncIterable<string>): Promise<ClockState> {
    for await (const line of lines) return this.change(JSON.parse(line));
    return this.state;
  }
}
