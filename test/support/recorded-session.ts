import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type Client, createClient, type MessageJson } from '../../src/client/index.ts';
import type { KnownHandler } from '../../src/simulate/host.ts';
import type { Choice, Dialogs, Part, Session } from '../../src/simulate/session.ts';

/** What the API answers, by `METHOD path` below `/api/messenger/`: JSON, or a status with a message. */
export type Answers = Record<string, unknown>;

/** An unsuccessful answer. */
export class Refused {
  constructor(
    readonly status: number,
    readonly message: string,
    readonly errors?: Record<string, string[]>,
  ) {}
}

/**
 * Opens an API that answers from a table, and returns its address.
 *
 * @param requests receives what is requested, as `METHOD path body`, except what only reads
 */
export async function openStubApi(answers: Answers, requests: string[] = []): Promise<string> {
  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url?.replace('/api/messenger/', '')}`;
    const body = await text(request);
    if (request.method !== 'GET') requests.push(`${line} ${body}`.trim());
    const answer = answers[line] ?? (request.method === 'GET' ? new Refused(404, `No ${line}.`) : {});
    const [status, value] = answer instanceof Refused ? [answer.status, { ...answer }] : [200, answer];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

/** A session whose API answers from a table. It records what was requested and what was shown. */
export class RecordedSession implements Session {
  /** Requests as `METHOD path body`, without the reading ones. */
  readonly requests: string[] = [];
  /** What was shown: `notice: …`, `show: …`, `pick: …` and so on. */
  readonly shown: string[] = [];
  readonly me = 'me';
  threadId: string | null = 't';
  selected: MessageJson | undefined;
  dialogs?: Dialogs;
  newest: readonly MessageJson[] = [];
  handlers: readonly KnownHandler[] = [];
  readonly host = {
    handlers: async () => this.handlers,
    reload: async () => 'All handlers were read anew.',
  };
  client: Client;

  static async open(answers: Answers = {}): Promise<RecordedSession> {
    const session = new RecordedSession();
    const url = await openStubApi(answers, session.requests);
    session.client = createClient({ url, token: 'secret' });
    return session;
  }

  private constructor() {
    this.client = createClient({ url: 'http://127.0.0.1:1', token: '' });
  }

  get manager(): Client {
    return this.client;
  }

  get clients(): readonly Client[] {
    return [this.client];
  }

  /** Lets commands ask, as a full screen does. */
  askable(): this {
    this.dialogs = {
      pick: (title, choices) => void this.shown.push(`pick: ${title}`, ...choices.map(choiceLine)),
      fill: async (bot, alias, { values, texts }) =>
        void this.shown.push(`fill: ${alias} of ${bot.name} ${JSON.stringify({ ...values, ...texts })}`),
      confirm: ({ title, rows, line }) => void this.shown.push(`confirm: ${title}`, ...rows, `> ${line}`),
    };
    return this;
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
