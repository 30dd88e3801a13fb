import type { App } from '../../src/app.ts';
import type { UserConfig } from '../../src/config/schema.ts';
import type { EventName } from '../../src/domain/event.ts';
import type { Thread } from '../../src/domain/thread.ts';
import type { User } from '../../src/domain/user.ts';
import { type HttpServer, openHttpServer } from '../../src/http/server.ts';
import { ensureUser } from '../../src/services/users/people.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { type AtEnd, temporaryFolder, writeFiles } from './temporary-folder.ts';
import { TestGroup } from './test-group.ts';

/** What came back. */
export interface Answer {
  status: number;
  headers: Headers;
  // What a server answers is looked at freely.
  // biome-ignore lint/suspicious/noExplicitAny: an answer is checked by the test, not by its type
  body: any;
  text: string;
}

/** Who calls, by what they are in the group. */
export const roles = ['guest', 'outsider', 'participant', 'manager', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A server with a group and one person of every role, shared by the tests of a file. */
export class TestServer {
  readonly testGroup: TestGroup;
  readonly server: HttpServer;
  readonly #tokens: ReadonlyMap<Role, string>;
  readonly users: ReadonlyMap<Role, User>;
  /** What went wrong inside. Nothing should. */
  readonly problems: unknown[];

  static async open(bots: Record<string, string>, config: UserConfig, atEnd: AtEnd): Promise<TestServer> {
    const folder = temporaryFolder(atEnd);
    const settings = {
      ...config,
      bots: { enabled: true, memory: 64, concurrency: 1, isolation: 'none', ...config.bots },
    };
    writeFiles(folder, { 'messenger.config.mjs': `export default ${JSON.stringify(settings)};` });
    writeFiles(
      folder,
      Object.fromEntries(Object.entries(bots).map(([name, text]) => [`bots/${name}`, text])),
    );
    const testGroup = await TestGroup.in(folder, 'Lounge', atEnd);
    const problems: unknown[] = [];
    const server = await openHttpServer(testGroup.app, { port: 0, onError: (error) => problems.push(error) });
    atEnd(() => server.close());
    const people = await peopleOf(testGroup);
    return new TestServer(testGroup, server, people, problems);
  }

  private constructor(testGroup: TestGroup, server: HttpServer, people: People, problems: unknown[]) {
    this.testGroup = testGroup;
    this.server = server;
    this.#tokens = new Map(people.map(({ role, token }) => [role, token]));
    this.users = new Map(people.map(({ role, user }) => [role, user]));
    this.problems = problems;
  }

  get app(): App {
    return this.testGroup.app;
  }

  get thread(): Thread {
    return this.testGroup.thread;
  }

  /** The headers by which somebody of a role logs in. */
  login(role: Role): Record<string, string> {
    const token = this.#tokens.get(role);
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  /** Calls below `/api/messenger`, by default as the admin. */
  async call(method: string, path: string, body?: unknown, role: Role = 'admin'): Promise<Answer> {
    const isJson = body !== undefined && !(body instanceof FormData);
    return this.request(`/api/messenger${path}`, {
      method,
      headers: { ...this.login(role), ...(isJson && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: isJson ? JSON.stringify(body) : body }),
    } as RequestInit);
  }

  /** Calls any path. */
  async request(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${this.server.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: json(text) };
  }

  /** What events of some names tell from now on, by name. */
  listen(...names: EventName[]): string[] {
    const heard: string[] = [];
    for (const name of names) this.app.events.on(name, () => heard.push(name));
    return heard;
  }

  /** What the system wrote into the group, oldest first: types and bodies. */
  async systemMessages(): Promise<string[]> {
    const messages = await this.app.store.messages.newest(this.thread.id, 1_000);
    return messages
      .filter(({ type }) => type >= 88)
      .map(({ type, body }) => `${type} ${body}`)
      .reverse();
  }
}

type People = Array<{ role: Role; user: User; token: string }>;

async function peopleOf(testGroup: TestGroup): Promise<People> {
  const people: People = [];
  for (const [role, name] of [
    ['outsider', 'Oskar'],
    ['participant', 'Paula'],
    ['manager', 'Mia'],
    ['admin', 'Ada'],
  ] as const) {
    const { token } = await makeToken(testGroup.app, name);
    const user = role === 'outsider' ? await ensureUser(testGroup.app, name) : await testGroup.person(name);
    people.push({ role, user, token });
  }
  const manager = people.find(({ role }) => role === 'manager')?.user.id ?? '';
  await testGroup.change('update participants set manage_bots = 1 where user_id = ?', manager);
  return people;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
