import type { Context } from '../context.ts';

/** 0 offline, 1 online, 2 away. */
export type OnlineStatus = 0 | 1 | 2;

/** Whether somebody is there, and when they were heard of last. */
export interface Presence {
  status: OnlineStatus;
  /** In milliseconds since 1970; null for whoever was not heard of since the start. */
  lastActive: number | null;
}

/** Who has said lately that they are there. Nothing of it is stored: after a restart they say it again. */
export class Online {
  readonly #heard = new Map<string, { away: boolean; at: number; steady: number }>();
  readonly #context: Pick<Context, 'clock' | 'settings'>;

  constructor(context: Pick<Context, 'clock' | 'settings'>) {
    this.#context = context;
  }

  /** Somebody is there, or there but away. */
  hear(userId: string, away: boolean): void {
    const { clock } = this.#context;
    this.#heard.set(userId, { away, at: clock.milliseconds(), steady: clock.steady() });
  }

  /** How somebody is now. */
  of(userId: string): Presence {
    const { clock, settings } = this.#context;
    const heard = this.#heard.get(userId);
    if (heard === undefined || !settings.onlineStatus) return { status: 0, lastActive: null };
    const isFresh = clock.steady() - heard.steady < settings.onlineLifetime * 60_000;
    const there = heard.away ? 2 : 1;
    return { status: isFresh ? there : 0, lastActive: heard.at };
  }
}
