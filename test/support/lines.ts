import { onTestFinished } from 'vitest';
import { EventPrinter } from '../../src/cli/simulate/event-printer.ts';
import { LinesHost } from '../../src/cli/simulate/lines-host.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { type EventLine, notice } from '../../src/simulate/event-lines.ts';
import { LinesSession } from '../../src/simulate/lines-session.ts';
import type { AtEnd } from './temporary-folder.ts';

/** A simulation line by line in this process, with what it prints. */
export class TestLines {
  readonly host: LinesHost;
  readonly session: LinesSession;
  readonly #printed: EventLine[];

  static async open(folder: string, name: string, atEnd: AtEnd = onTestFinished): Promise<TestLines> {
    const printed: EventLine[] = [];
    const print = (line: EventLine) => void printed.push(line);
    const screen = { hidesOutput: false, rings: false, print, printOutput: () => {} };
    const printer = new EventPrinter(screen);
    const host = new LinesHost(findWorkspace(folder), {
      onEvent: (daemonEvent) => printer.print(daemonEvent),
      onGone: () => print(notice('gone')),
    });
    atEnd(() => host.close());
    await host.locate();
    const { playground } = await host.openPlayground(name);
    const owner = await host.login(name);
    const session = new LinesSession(host, screen, { owner, threadId: playground.thread.id });
    printer.open(() => (host.isOwn ? undefined : session.threadId));
    host.answer();
    return new TestLines(host, session, printed);
  }

  private constructor(host: LinesHost, session: LinesSession, printed: EventLine[]) {
    this.host = host;
    this.session = session;
    this.#printed = printed;
  }

  /** Types a line and waits until it is answered. */
  async type(line: string): Promise<void> {
    this.#printed.length = 0;
    await this.session.handle(line);
    await this.host.idle(this.session.threadId);
  }

  /** What was printed since the last line was typed: `event: body`. */
  get printed(): string[] {
    return this.#printed.map(({ event, body }) => `${event}: ${body}`);
  }
}
