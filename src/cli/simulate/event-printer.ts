import type { DaemonEvent } from '../../daemon/daemon-events.ts';
import { type Events, type NamedEvent, threadIdOf } from '../../domain/event.ts';
import { clockSentence } from '../../simulate/commands/clock.ts';
import { lineOf, notice, problem } from '../../simulate/event-lines.ts';
import type { Screen } from './screen.ts';

/** Prints the events of a daemon. */
export class EventPrinter {
  /** Whether reloads are printed. A script expects only answers. */
  showsReloads = false;
  readonly #screen: Pick<Screen, 'print' | 'printOutput'>;
  #threadId: (() => string | undefined) | undefined;

  constructor(screen: Pick<Screen, 'print' | 'printOutput'>) {
    this.#screen = screen;
  }

  /**
   * Prints events from now on, not only output of handlers and errors.
   *
   * @param threadId the thread whose events are printed; undefined for all, in a daemon that only we use
   */
  open(threadId: () => string | undefined): void {
    this.#threadId = threadId;
  }

  print(daemonEvent: DaemonEvent): void {
    if (daemonEvent.name === 'Output') {
      this.#screen.printOutput(daemonEvent.event.handler, daemonEvent.event.text);
    } else if (daemonEvent.name === 'Error') {
      this.#screen.print(problem(daemonEvent.event));
    } else if (daemonEvent.name === 'HandlersReloaded') {
      if (this.showsReloads) this.#printReload(daemonEvent.event);
    } else if (daemonEvent.name === 'Clock') {
      const { state } = daemonEvent.event;
      this.#screen.print(notice(clockSentence(state), { clock: state }));
    } else if (daemonEvent.name !== 'Idle') this.#printEvent(daemonEvent);
  }

  #printReload({ classes, milliseconds, problems }: Events['HandlersReloaded']): void {
    if (classes.length > 0) this.#screen.print(notice(`${classes.join(', ')} reloaded ${milliseconds} ms`));
    for (const { message } of problems) this.#screen.print(problem({ code: 'HANDLER_FILE_BROKEN', message }));
  }

  #printEvent(named: NamedEvent): void {
    const line = this.#threadId && lineOf(named);
    if (line && (this.#printsAll() || threadIdOf(named.event) === this.#threadId?.()))
      this.#screen.print(line);
  }

  #printsAll(): boolean {
    return this.#threadId?.() === undefined;
  }
}
