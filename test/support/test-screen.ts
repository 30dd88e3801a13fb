import { setImmediate as turn } from 'node:timers/promises';
import { handlerEntries } from '../../src/daemon/handler-entries.ts';
import { openHttpServer } from '../../src/http/server.ts';
import { changeClock, clockState } from '../../src/services/clock/change-clock.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import type { Host, News } from '../../src/simulate/host.ts';
import { runLine } from '../../src/tui/actions/run-line.ts';
import { start } from '../../src/tui/actions/start.ts';
import { Controller } from '../../src/tui/controller.ts';
import { isMessage } from '../../src/tui/state/conversation.ts';
import type { State } from '../../src/tui/state/state.ts';
import { noRecording } from './no-recording.ts';
import type { AtEnd } from './temporary-folder.ts';
import { TestGroup } from './test-group.ts';

/** A desk at a real daemon, without a screen: what is typed there is a line, what is seen is its state. */
export class TestScreen {
  readonly testGroup: TestGroup;
  readonly controller: Controller;
  readonly written: string[] = [];
  readonly exits: number[] = [];
  onNews: (news: News) => void = () => {};

  static async open(bots: Record<string, string>, atEnd: AtEnd, library = false): Promise<TestScreen> {
    // Its tests do more in a minute than a person at a keyboard, and its clock stands still.
    const http = { rateLimits: { api: 0 }, limits: { clientEvents: 10_000 } };
    const testGroup = await TestGroup.open(bots, {}, atEnd, { library, http });
    const server = await openHttpServer(testGroup.app, { port: 0 });
    atEnd(() => server.close());
    const screen = new TestScreen(testGroup, { url: server.url, realtime: server.realtime });
    await start(screen.controller, 'Ada');
    await screen.until(({ link }) => link === 'online');
    atEnd(() => screen.controller.close());
    return screen;
  }

  private constructor(testGroup: TestGroup, address: Awaited<ReturnType<Host['locate']>>) {
    this.testGroup = testGroup;
    const { app } = testGroup;
    const host: Host = {
      locate: async () => address,
      login: (name) => makeToken(app, name),
      openPlayground: async () => ({ threadId: testGroup.thread.id, notices: ['welcome'] }),
      watchStatus: (onStatus) => onStatus(stateOf(testGroup)),
      reload: async () => 'reloaded',
      handlers: async () => handlerEntries(app),
      clock: (change) => changeClock({ ...app, clock: testGroup.clock }, change),
      ...noRecording,
      follow: (onNews) => {
        this.onNews = onNews;
      },
    };
    this.controller = new Controller({
      host,
      write: (text) => this.written.push(text),
      redraw: () => {},
      suspend: () => {},
      exit: (code) => this.exits.push(code),
    });
  }

  get state(): State {
    return this.controller.state;
  }

  /** What was said in the open group, oldest first, notes too. */
  get said(): string[] {
    return this.state.conversation.entries.map((entry) =>
      isMessage(entry) ? entry.message.body : entry.text,
    );
  }

  /** The words that were shown last. */
  get toast(): string {
    return this.state.toasts.at(-1)?.text ?? '';
  }

  type(line: string): Promise<void> {
    return runLine(this.controller, line);
  }

  /** Resolves once the state is as it should be. */
  async until(holds: (state: State) => boolean): Promise<void> {
    while (!holds(this.state)) await turn();
  }

  /** Resolves once something was said in the open group. */
  hears(text: string): Promise<void> {
    return this.until(() => this.said.some((line) => line.includes(text)));
  }
}

const stateOf = ({ app, clock }: TestGroup) => ({
  botsEnabled: app.settings().botsEnabled,
  clock: clockState({ clock }),
  queue: { waiting: 0, running: 0, failed: 0 },
  handlersRevision: app.catalogue.revision,
  runs: [],
});
