import type { Screen } from './screen.ts';

/** Milliseconds within which a signal stops this process. */
const stopTime = 50;

export interface JobOptions {
  screen: Screen;
  stdin: NodeJS.ReadStream;
  /** Called when this process cannot be stopped, since nothing on this terminal could continue it. */
  onUnstoppable: () => void;
}

/**
 * This process as a job of the shell: Ctrl+Z and SIGTSTP return the terminal as it was and stop the process, and when
 * it is continued the screen is shown again, also after it was stopped without having been asked (SIGSTOP). Handlers
 * run in process groups of their own and go on, and their deadlines do not count the time in which this one stops.
 */
export class Job {
  readonly #options: JobOptions;
  #isStopping = false;

  constructor(options: JobOptions) {
    this.#options = options;
    process.on('SIGTSTP', this.#stopItself);
    process.on('SIGCONT', this.#continued);
    process.on('SIGQUIT', this.#quit);
  }

  /** Stops all processes of the job, as the terminal does. The one that started this one may be waiting for it. */
  suspend(): void {
    this.#stop(0);
  }

  dispose(): void {
    process.off('SIGTSTP', this.#stopItself);
    process.off('SIGCONT', this.#continued);
    process.off('SIGQUIT', this.#quit);
  }

  readonly #stopItself = (): void => this.#stop(process.pid);

  /** @param target a process id; 0 for the process group */
  #stop(target: number): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#leave();
    // Without a listener, the signal stops the process, unless no shell is there that could continue it.
    process.off('SIGTSTP', this.#stopItself);
    process.kill(target, 'SIGTSTP');
    setTimeout(() => setImmediate(() => this.#unstopped()), stopTime);
  }

  #unstopped(): void {
    if (!this.#isStopping) return;
    this.#continued();
    this.#options.onUnstoppable();
  }

  readonly #continued = (): void => {
    if (this.#isStopping) process.on('SIGTSTP', this.#stopItself);
    this.#isStopping = false;
    const { screen, stdin } = this.#options;
    // The shell may have changed the mode meanwhile, of which Node does not know. In the background this stops the
    // process again, before it writes anything.
    stdin.setRawMode(false);
    stdin.setRawMode(true);
    screen.close();
    // A job that is stopped does not learn that the terminal was resized, so it is measured here.
    process.once('SIGWINCH', () => screen.open());
    process.kill(process.pid, 'SIGWINCH');
  };

  readonly #quit = (): void => {
    this.#leave();
    this.dispose();
    process.kill(process.pid, 'SIGQUIT');
  };

  #leave(): void {
    this.#options.stdin.setRawMode(false);
    this.#options.screen.close();
  }
}
