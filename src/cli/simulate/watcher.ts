import type { Happening } from '../../daemon/happenings.ts';
import type { Events } from '../../domain/event.ts';
import { lineOf, notice, problem, threadOf } from '../../simulate/feed.ts';
import type { Screen } from './screen.ts';

/** Prints what happens in a daemon. */
export class Watcher {
  /** Whether a person is told that saved handlers are in use. A script expects only answers. */
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

  take(happening: Happening): void {
    if (happening.name === 'Printed') {
      this.#screen.printOutput(happening.event.handler, happening.event.text);
    } else if (happening.name === 'Trouble') {
      if (this.#printsAll()) this.#screen.print(problem(happening.event));
    } else if (happening.name === 'HandlersReloaded') {
      if (this.showsReloads) this.#printReload(happening.event);
    } else if (happening.name !== 'Idle') this.#printEvent(happening);
  }

  #printReload({ classes, milliseconds, problems }: Events['HandlersReloaded']): void {
    if (classes.length > 0) this.#screen.print(notice(`${classes.join(', ')} reloaded ${milliseconds} ms`));
    for (const { message } of problems) this.#screen.print(problem({ code: 'HANDLER_FILE_BROKEN', message }));
  }

  #printEvent(named: Parameters<typeof lineOf>[0]): void {
    const line = this.#threadId && lineOf(named);
    if (line && (this.#printsAll() || threadOf(named) === this.#threadId?.())) this.#screen.print(line);
  }

  #printsAll(): boolean {
    return this.#threadId?.() === undefined;
  }
}
