/**
 * Sends messages again after each reload of a handler. While one replay is under way, any number of further saves
 * wait as one: the last wins.
 */
export class Replayer {
  /** Whether a reload begins a replay. */
  isOn = false;
  readonly #replay: () => Promise<void>;
  #current: Promise<void> | undefined;
  #isWanted = false;

  /** @param replay does it once, and shows its own errors */
  constructor(replay: () => Promise<void>) {
    this.#replay = replay;
  }

  /** Called after a reload. */
  reloaded(): void {
    if (this.isOn) void this.run();
  }

  /** Does it now, or once more after the one that is under way. Resolves when nothing is left to do. */
  run(): Promise<void> {
    this.#isWanted = true;
    this.#current ??= this.#runAll().finally(() => {
      this.#current = undefined;
    });
    return this.#current;
  }

  /** Resolves when no replay is under way. */
  async settled(): Promise<void> {
    await this.#current;
  }

  async #runAll(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#replay();
    }
  }
}
