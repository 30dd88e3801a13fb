import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { HandlerContextData } from '../../src/authoring/handler-context.ts';
import type { HandlerDescription } from '../../src/sandbox/protocol.ts';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { RequestListener } from '../../src/sandbox/worker.ts';
import { compileAhead } from './compile-ahead.ts';
import { type AtEnd, temporaryFolder, writeFiles } from './temporary-folder.ts';

/** One request of a running handler, as it arrives in the main thread. */
export interface Asked {
  kind: string;
  step: number | null;
  args: Record<string, unknown>;
}

/** How a test runs a handler; everything may be left out. */
interface RunSettings {
  context?: Partial<HandlerContextData>;
  signal?: AbortSignal;
  onRequest?: RequestListener;
  /** What the handler says of itself. */
  timeout?: number | null;
  alone?: true;
}

/** A deadline for tests that wait until it has passed; starting a thread and loading a file do not count. */
export const shortDeadline = 1_000;

/** The message that handlers of tests answer. */
export const handledMessage = {
  id: 'message',
  threadId: 'thread',
  type: 0,
  body: 'hi there',
  owner: { type: 'user', id: 'ada', name: 'Ada' },
  replyToId: null,
  extra: null,
  createdAt: '2026-01-01T00:00:00.000000Z',
} as const;

const context: HandlerContextData = {
  bot: { id: 'bot', name: 'Bot', enabled: true, cooldown: 0, hideActions: false },
  action: {
    id: 'action',
    botId: 'bot',
    handler: 'test',
    match: 'exact',
    triggers: ['hi'],
    payload: null,
    enabled: true,
    adminOnly: false,
    cooldown: 0,
  },
  thread: { id: 'thread', type: 'group', name: 'Group' },
  message: handledMessage,
  matchingTrigger: 'hi',
  parsedMessage: 'there',
  isGroupAdmin: false,
  senderIp: null,
  limits: { image: 1, document: 1, audio: 1, video: 1, message: 5_000, extra: 64 },
};

/** Real worker threads over a workspace of a test, and what they asked and printed. */
export class TestSandbox {
  readonly sandbox: Sandbox;
  readonly asked: Asked[] = [];
  readonly printed: Array<{ handler: string; line: string }> = [];
  readonly folder: string;
  #texts = 0;

  constructor(
    files: Record<string, string>,
    options: Partial<SandboxOptions> = {},
    atEnd: AtEnd = onTestFinished,
  ) {
    this.folder = temporaryFolder(atEnd);
    this.write(files);
    this.sandbox = new Sandbox({
      workspace: this.folder,
      threads: 1,
      timeout: 30_000,
      loadTimeout: 30_000,
      memory: 64,
      onOutput: (handler, line) => this.printed.push({ handler, line }),
      ...options,
    });
    atEnd(() => this.sandbox.close());
  }

  /** Writes files by their relative paths. */
  write(files: Record<string, string>): void {
    writeFiles(this.folder, files);
    compileAhead(this.folder, Object.keys(files));
  }

  /** What the files (relative paths) hold. */
  describe(...files: string[]) {
    return this.sandbox.describe(files.map((file) => path.join(this.folder, file)));
  }

  /** What one more file with this text holds; the sentences about it call it FILE. */
  async describeText(text: string) {
    const file = `bots/file-${++this.#texts}.ts`;
    this.write({ [file]: text });
    const { handlers, problems } = await this.describe(file);
    return { handlers, sentences: problems.map(({ message }) => message.replace(file, 'FILE')) };
  }

  /** The first handler in a file. */
  async handler(file: string): Promise<HandlerDescription> {
    const { handlers, problems } = await this.describe(file);
    const [handler] = handlers;
    if (handler === undefined) throw new Error(`${file} has no handler: ${JSON.stringify(problems)}`);
    return handler;
  }

  /** Runs the class of a file `bots/NAME.ts`. */
  run(name: string, settings: RunSettings = {}): Promise<{ cooldownReleased: boolean }> {
    const source = { file: path.join(this.folder, 'bots', `${name}.ts`), exportName: name };
    return this.sandbox.run(
      { class: name, source, timeout: settings.timeout ?? null },
      { ...context, ...settings.context },
      {
        signal: settings.signal ?? new AbortController().signal,
        onRequest: settings.onRequest ?? this.#listen,
        ...(settings.alone && { alone: true }),
      },
    );
  }

  #listen: RequestListener = async (kind, step, args) => {
    this.asked.push({ kind, step, args });
    return kind === 'message' ? { ...handledMessage, id: `answer ${step}` } : null;
  };
}

/** What a promise was rejected with; fails when it was not. */
export async function rejection(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`rejected with what is no error: ${String(error)}`);
  }
  throw new Error('it was expected to reject');
}
