import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorJson, errorJson } from '../base/error-json.ts';
import { MessengerError } from '../base/errors.ts';
import { ApiError, type Client, createClient, type MessageJson } from '../client/index.ts';
import { normalName } from '../domain/name.ts';
import { checkBody } from '../domain/outgoing.ts';
import { usageOf } from './command.ts';
import { type EventLine, notice, problem } from './event-lines.ts';
import type { LinesAccess, Login } from './host.ts';
import { differenceText, replaySentence } from './replay-difference.ts';
import { Replayer } from './replayer.ts';
import { reject, type Session } from './session.ts';
import { commands, runLine } from './table.ts';

/** Milliseconds before a line is sent again that came too soon after many others. */
const retryDelay = 1_000;

/** Where a simulation line by line prints. */
export interface LinesOutput {
  print(line: EventLine): void;
  /** Whether the output of handlers is hidden. */
  hidesOutput: boolean;
  /** Whether a knock rings the bell of the terminal. */
  rings: boolean;
}

/** A simulation line by line: one person at a time writes. */
export class LinesSession implements Session {
  /** Whether `/quit` was entered. */
  ended = false;
  speaker: Login;
  threadId: string;
  readonly host: LinesAccess;
  readonly #owner: Login;
  #playgroundId: string;
  readonly #screen: LinesOutput;
  readonly #logins = new Map<string, Login>();
  readonly replays = new Replayer(() => this.#replay());
  readonly selected = undefined;
  /** It has everything at once. */
  readonly isAsking = false;

  constructor(
    host: LinesAccess,
    screen: LinesOutput,
    { owner, threadId }: { owner: Login; threadId: string },
  ) {
    this.host = host;
    this.#screen = screen;
    this.#owner = owner;
    this.#playgroundId = threadId;
    this.speaker = owner;
    this.threadId = threadId;
    this.#logins.set(owner.name, owner);
  }

  get me(): string {
    return this.speaker.id;
  }

  get myName(): string {
    return this.speaker.name;
  }

  get client(): Client {
    return this.#clientOf(this.speaker);
  }

  /** The bots of the playground are managed by the person who opened it, whoever speaks. */
  get manager(): Client {
    return this.#clientOf(this.threadId === this.#playgroundId ? this.#owner : this.speaker);
  }

  get clients(): readonly Client[] {
    return [...new Set([this.speaker, ...this.#logins.values()])].map((login) => this.#clientOf(login));
  }

  get loggedIn(): readonly string[] {
    return [...this.#logins.values()].map(({ id }) => id);
  }

  /** Runs a line: a command, or else a message. Errors are printed. */
  async handle(line: string): Promise<void> {
    if (line.trim() === '') return;
    try {
      await this.host.located();
      if (!this.host.signal.aborted) await runLine(this, line);
    } catch (error) {
      this.#screen.print(problem(jsonOf(error)));
    }
  }

  notice(text: string, facts?: Record<string, unknown>): void {
    this.#screen.print(notice(text, facts));
  }

  show(text: string): void {
    this.notice(text);
  }

  async say(text: string): Promise<void> {
    await this.send(text);
  }

  async speakAs(name: string): Promise<void> {
    const login = this.#logins.get(normalName(name)) ?? (await this.host.login(name));
    this.#logins.set(login.name, login);
    await this.host.join(this.threadId, login.name);
    this.speaker = login;
    this.notice(`You speak as ${login.name}.`);
  }

  async openThread(id: string): Promise<void> {
    const { name } = await this.client.threads.show(id);
    this.threadId = id;
    this.notice(`You are in ${name}.`);
  }

  async messages(): Promise<readonly MessageJson[]> {
    return (await this.client.messages.newest(this.threadId)).data.toReversed();
  }

  /** A clock that was moved is ahead, which the newest message shows. */
  async now(): Promise<Date> {
    const last = (await this.messages()).at(-1);
    return new Date(Math.max(Date.now(), last ? Date.parse(last.created_at) : 0));
  }

  async draft(kind: 'reply' | 'edit', message: MessageJson, text: string): Promise<void> {
    if (text === '') reject(`Usage: /${kind} TEXT`);
    if (kind === 'reply') return void (await this.send(text, message.id));
    await this.client.messages.edit(message.thread_id, message.id, text);
    this.notice('The message was changed.');
  }

  /** Its event is printed. */
  received(): void {}

  /** Nothing is kept that would have to be loaded again. */
  async refresh(): Promise<void> {}

  async resetPlayground(): Promise<void> {
    const { threadId, notices } = await this.host.resetPlayground(this.#owner.name);
    await this.host.join(threadId, this.speaker.name);
    this.#playgroundId = threadId;
    this.threadId = threadId;
    for (const text of ['The playground is empty.', ...notices]) this.notice(text);
  }

  switchReplay(isOn: boolean): void {
    this.replays.isOn = isOn;
  }

  /** Prints its own error, since a reload and no line may have begun it. */
  async #replay(): Promise<void> {
    try {
      const replay = await this.host.replay({ threadId: this.threadId, range: null });
      this.notice([differenceText(replay), replaySentence(replay)].filter(Boolean).join('\n'), { replay });
    } catch (error) {
      this.#screen.print(problem(jsonOf(error)));
    }
  }

  ring(rings: boolean): void {
    this.#screen.rings = rings;
  }

  toggleLogs(): void {
    this.#screen.hidesOutput = !this.#screen.hidesOutput;
    this.notice(`What handlers print is ${this.#screen.hidesOutput ? 'hidden' : 'shown'} from now on.`);
  }

  help(): void {
    const width = Math.max(...commands.map((command) => usageOf(command).length));
    const lines = commands.map((command) => `${usageOf(command).padEnd(width)}  ${command.summary}`);
    const last = 'Anything else is sent as a message; // sends a message that begins with /.';
    this.notice([...lines, last].join('\n'));
  }

  quit(): void {
    this.ended = true;
  }

  #clientOf({ token }: Login): Client {
    return createClient({ url: this.host.address.url, token });
  }

  /**
   * Sends a message. If the daemon allows no more for now, or has gone, it is sent again, because every line is to be
   * answered. Its key prevents it from being stored twice. Returns undefined if that was interrupted.
   *
   * @throws MESSAGE_INVALID, and other errors of the API as they are
   */
  async send(text: string, replyTo?: string): Promise<MessageJson | undefined> {
    const key = randomUUID();
    let isWaiting = false;
    while (!this.host.signal.aborted) {
      try {
        return await this.client.messages.send(this.threadId, text, { replyTo, temporaryId: key, key });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.isUnreachable && (await this.host.reconnect())) continue;
        if (error.status !== 429) return this.#rejectText(text, error);
      }
      if (!isWaiting) this.notice('The daemon allows no more messages for now. This line waits.');
      isWaiting = true;
      await sleep(retryDelay, undefined, { signal: this.host.signal }).catch(() => {});
    }
  }

  /**
   * Adds the length of a text that is too long to the error; the API only names the limit.
   *
   * @throws MESSAGE_INVALID, and other errors as they are
   */
  async #rejectText(text: string, error: ApiError): Promise<never> {
    if (error.errors.message) {
      const { messageSizeLimit } = await this.client.configuration();
      checkBody(text, Number(messageSizeLimit));
    }
    throw error;
  }
}

/** An error of a line as JSON. Anything that is not an answer or an error of ours is thrown again. */
function jsonOf(error: unknown): ErrorJson {
  if (error instanceof MessengerError) return errorJson(error);
  if (!(error instanceof ApiError)) throw error;
  const { code = 'REQUEST_FAILED', message, errors } = error;
  return { code, message, ...(Object.keys(errors).length > 0 && { errors }) };
}
