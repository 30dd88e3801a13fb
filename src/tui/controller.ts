import { MessengerError } from '../base/errors.ts';
import { ApiError, type Client, createClient, type Realtime } from '../client/index.ts';
import type { Address, Host, Login } from '../simulate/host.ts';
import { withLog } from './state/log.ts';
import { initialState, type State, type Toast, withoutToast, withToast } from './state/state.ts';
import { Store } from './state-store.ts';
import { TerminalWindow } from './terminal-window.ts';

/** Milliseconds for which a toast is shown. An error takes longer to read. */
const toastTimes = { good: 6_000, plain: 6_000, bad: 15_000 };

/** What the controller needs from outside. */
export interface ControllerOptions {
  host: Host;
  /** Writes a control sequence to the terminal. */
  write: (sequence: string) => void;
  /** Draws the whole screen again. */
  redraw: () => void;
  /** Gives the terminal back to the shell until it continues this process. */
  suspend: () => void;
  /** Ends the application with this exit code. */
  exit: (code: number) => void;
}

/**
 * Holds the state of the screen, the connection to the daemon, and the logins of this terminal. Keys and
 * commands are functions that receive it.
 */
export class Controller {
  readonly store: Store;
  readonly host: Host;
  readonly options: ControllerOptions;
  /** What this view is in. */
  readonly window: TerminalWindow;
  readonly #timers = new Set<NodeJS.Timeout>();
  #address: Address | undefined;
  #client: { of: string; client: Client } | undefined;
  #toasts = 0;
  /** The events of the current speaker. Closed and opened again when the speaker changes. */
  realtime: Realtime | undefined;
  closed = false;
  /** Whether the connection was lost and is not restored yet. */
  lost = false;

  constructor(options: ControllerOptions, state: State = initialState, window?: TerminalWindow) {
    this.options = options;
    this.host = options.host;
    this.store = new Store(state);
    this.window = window ?? new TerminalWindow(this, state.size);
  }

  get state(): State {
    return this.store.state;
  }

  get address(): Address | undefined {
    return this.#address;
  }

  set address(address: Address | undefined) {
    this.#address = address;
    this.#client = undefined;
  }

  /** The API client of the current speaker. */
  get client(): Client {
    const id = this.state.me ?? '';
    if (this.#client?.of !== id) this.#client = { of: id, client: this.clientOf(id) };
    return this.#client.client;
  }

  /** The API client of a person who is logged in here. */
  clientOf(id: string): Client {
    return createClient({ url: this.#address?.url ?? 'http://127.0.0.1', token: this.tokenOf(id) });
  }

  /** The API clients of all people who are logged in here, the current speaker first. */
  get clients(): Client[] {
    const { me, people } = this.state;
    const ids = [me, ...people.map(({ id }) => id)].filter((id) => id !== null);
    return [...new Set(ids)].map((id) => this.clientOf(id));
  }

  tokenOf(id: string): string {
    return this.window.tokenOf(id);
  }

  /** Adds a login, so that the person can speak here. */
  logIn(login: Login): void {
    this.window.logIn(login, this);
  }

  /**
   * Shows a short message for some seconds.
   *
   * @param subject what it is about, if a later message about the same makes it out of date
   */
  toast(text: string, tone: Toast['tone'] = 'plain', subject?: string): void {
    const id = ++this.#toasts;
    this.store.update((state) => {
      // An error may be longer than a notice can be.
      const logged =
        tone === 'bad'
          ? withLog(state, { at: new Date().toISOString(), level: 'error', source: 'messenger', text })
          : state;
      return withToast(logged, { id, text, tone, subject });
    });
    this.later(toastTimes[tone], () => this.store.update((state) => withoutToast(state, id)));
  }

  /** Runs work after a delay, unless the controller is closed by then. */
  later(milliseconds: number, work: () => void): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, milliseconds);
    this.#timers.add(timer);
  }

  /** Runs work and shows its error as a toast; returns undefined then. */
  async attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof MessengerError)) throw error;
      if (!this.closed) this.toast(error.message, 'bad');
      return undefined;
    }
  }

  /** Closes this view, or the window if it is the only one. */
  leave(): void {
    if (this.window.other(this)) this.window.remove(this);
    else this.options.exit(0);
  }

  close(): void {
    this.closed = true;
    this.realtime?.close();
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
