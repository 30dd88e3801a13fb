import type { Context } from '../context.ts';

/** 0 offline, 1 online, 2 away. */
export type OnlineStatus = 0 | 1 | 2;

/** Whether a person is online, and when they were last active. */
export interface Presence {
  status: OnlineStatus;
  /** Milliseconds since 1970; null if they have not been active since the start. */
  lastActive: number | null;
}

/** Who has recently reported being online. Not stored: after a restart, clients report it again. */
export class Online {
  readonly #reports = new Map<string, { away: boolean; at: number; steady: number }>();
  readonly #context: Pick<Context, 'clock' | 'settings'>;

  constructor(context: Pick<Context, 'clock' | 'settings'>) {
    this.#context = context;
  }

  /** Records that a person is online or away. */
  record(userId: string, away: boolean): void {
    const { clock } = this.#context;
    this.#reports.set(userId, { away, at: clock.milliseconds(), steady: clock.steady() });
  }

  /** The current status of a person. */
  of(userId: string): Presence {
    const { clock, settings } = this.#context;
    const report = this.#reports.get(userId);
    if (report === undefined || !settings().onlineStatus) return { status: 0, lastActive: null };
    const isFresh = clock.steady() - report.steady < settings().onlineLifetime * 60_000;
    const there = report.away ? 2 : 1;
    return { status: isFresh ? there : 0, lastActive: report.at };
  }
}
