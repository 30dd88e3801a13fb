import { type Client, createClient, type MessageJson } from '../../src/client/index.ts';
import type { ClockChange, ClockState } from '../../src/domain/clock-state.ts';
import type { KnownHandler } from '../../src/simulate/host.ts';
import { actionName } from '../../src/simulate/named-actions.ts';
import { Replayer } from '../../src/simulate/replayer.ts';
import type { Choice, Dialogs, Part, Reader, Session } from '../../src/simulate/session.ts';
import { type Answers, FakeApi } from './fake-api.ts';
import { noRecording } from './no-recording.ts';

/** A session whose API answers from a table. It records what was requested and what was shown. */
export class RecordedSession implements Session {
  /** Requests that write, as `METHOD path body`. */
  readonly requests: readonly string[];
  /** What was shown: `notice: …`, `show: …`, `pick: …` and so on. */
  readonly shown: string[] = [];
  readonly me = 'me';
  readonly myName = 'Me';
  readonly isAsking = false;
  threadId: string | null = 't';
  selected: MessageJson | undefined;
  reader?: Reader;
  dialogs?: Dialogs;
  newest: readonly MessageJson[] = [];
  handlers: readonly KnownHandler[] = [];
  readonly host = {
    handlers: async () => this.handlers,
    reload: async () => 'All handlers were read anew.',
    clock: async (change: ClockChange) => this.changeClock(change),
    ...noRecording,
  };
  client: Client;
  clock: ClockState = { time: new Date(2026, 10, 30, 14, 5, 9).toISOString(), frozen: false, moved: 0 };

  static async open(answers: Answers = {}): Promise<RecordedSession> {
    return new RecordedSession(await FakeApi.open(answers));
  }

  private constructor({ url, written }: FakeApi) {
    this.client = createClient({ url, token: 'secret' });
    this.requests = written;
  }

  get manager(): Client {
    return this.client;
  }

  get clients(): readonly Client[] {
    return [this.client];
  }

  readonly loggedIn = ['me'];

  /** Lets commands ask, as a full screen does. */
  askable(): this {
    this.dialogs = {
      pick: (title, choices) => void this.shown.push(`pick: ${title}`, ...choices.map(choiceLine)),
      fill: async (bot, alias, { values, texts }) =>
        void this.shown.push(`fill: ${alias} of ${bot.name} ${JSON.stringify({ ...values, ...texts })}`),
      edit: async (attached, { values, texts }) =>
        void this.shown.push(`edit: ${actionName(attached)} ${JSON.stringify({ ...values, ...texts })}`),
      confirm: ({ title, rows, line }) => void this.shown.push(`confirm: ${title}`, ...rows, `> ${line}`),
    };
    return this;
  }

  /** A clock of its own, for which nothing waits. */
  changeClock(change: ClockChange): ClockState {
    const { time, moved } = this.clock;
    const by = change.to === 'advance' ? change.milliseconds : 0;
    const frozen = change.to === 'freeze' || (this.clock.frozen && change.to !== 'resume');
    this.clock = { time: new Date(Date.parse(time) + by).toISOString(), frozen, moved: moved + by };
    return this.clock;
  }

  notice(text: string): void {
    this.shown.push(`notice: ${text}`);
  }

  show(text: string): void {
    this.shown.push(`show: ${text}`);
  }

  async say(text: string): Promise<void> {
    this.shown.push(`say: ${text}`);
  }

  async speakAs(name: string): Promise<void> {
    this.shown.push(`as: ${name}`);
  }

  async openThread(id: string): Promise<void> {
    this.threadId = id;
    this.shown.push(`open: ${id}`);
  }

  async now(): Promise<Date> {
    return new Date(this.clock.time);
  }

  async messages(): Promise<readonly MessageJson[]> {
    return this.newest;
  }

  async draft(kind: 'reply' | 'edit', message: MessageJson, text: string): Promise<void> {
    this.shown.push(`${kind} to ${message.id}: ${text}`);
  }

  received(message: MessageJson): void {
    this.shown.push(`received: ${message.id}`);
  }

  async refresh(part: Part): Promise<void> {
    this.shown.push(`refresh: ${part}`);
  }

  readonly replays = new Replayer(async () => void this.shown.push('replayed'));

  switchReplay(isOn: boolean): void {
    this.replays.isOn = isOn;
    this.shown.push(`replay: ${isOn}`);
  }

  async resetPlayground(): Promise<void> {
    this.shown.push('reset');
  }

  ring(rings: boolean): void {
    this.shown.push(`ring: ${rings}`);
  }

  toggleLogs(): void {
    this.shown.push('logs');
  }

  help(): void {
    this.shown.push('help');
  }

  quit(): void {
    this.shown.push('quit');
  }
}

const choiceLine = ({ label, detail, line }: Choice): string => `${label} – ${detail} > ${line}`;
