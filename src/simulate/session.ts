import { homedir } from 'node:os';
import { createError } from '../base/errors.ts';
import { ApiError, type Client, type MessageJson, type ShownBotJson } from '../client/index.ts';
import type { Parameters } from '../domain/parameters.ts';
import type { WorkspaceAccess } from './host.ts';
import type { AttachedAction } from './named-actions.ts';
import type { ChatPlace } from './place.ts';
import type { Replayer } from './replayer.ts';

/** One item of a list to choose from. */
export interface Choice {
  label: string;
  detail: string;
  /** The line to run when it is chosen, as if it had been typed. */
  line: string;
  /** Whether the line is not complete. It is put into the prompt instead. */
  isIncomplete?: boolean;
}

/** How a full screen asks for what a command was not given. */
export interface Dialogs {
  /** Opens a list to choose from. */
  pick(title: string, choices: readonly Choice[]): void;
  /** Opens the form for a handler's parameters. */
  fill(bot: ShownBotJson, alias: string, given: Parameters): Promise<void>;
  /** Opens the form that changes an action. It has the action's parameters, and what was given. */
  edit(attached: AttachedAction, given: Parameters): Promise<void>;
  /** Shows what a line would do. Enter runs it. */
  confirm(question: { title: string; rows: readonly string[]; line: string }): void;
}

/** How a full screen finds messages: it goes there. */
export interface Reader {
  search(text: string): Promise<void>;
  goTo(place: ChatPlace): Promise<void>;
}

/** Parts of the open group that a command may have changed. */
export type Part = 'bots' | 'people';

/**
 * What slash commands work with: who speaks, the open group, the API, and where to show a result. Each form of
 * `simulate` implements it once. Commands throw their errors, and the form shows them.
 */
export interface Session {
  readonly host: Pick<
    WorkspaceAccess,
    'handlers' | 'reload' | 'clock' | 'recording' | 'record' | 'stopRecording'
  >;
  /** The id of the person who speaks. */
  readonly me: string | null;
  /** The name of the person who speaks. */
  readonly myName: string;
  /** The id of the open group. */
  readonly threadId: string | null;
  /** The API for the person who speaks. */
  readonly client: Client;
  /** The API for the person who manages the bots. */
  readonly manager: Client;
  /** The API for each person logged in here, the speaker first. */
  readonly clients: readonly Client[];
  /** The ids of the people who are logged in here. */
  readonly loggedIn: readonly string[];
  /** The selected message. */
  readonly selected: MessageJson | undefined;
  /** Only where a command can ask. */
  readonly dialogs?: Dialogs;
  /** Only where a conversation can be scrolled. */
  readonly reader?: Reader;
  /** Whether a command has asked something, so that it is done later or not at all. */
  readonly isAsking: boolean;

  /** Shows that something was done. `facts` are added for scripts. */
  notice(text: string, facts?: Record<string, unknown>): void;
  /** Shows something to read, of one or more lines. */
  show(text: string): void;
  /** Sends a message to the open group. */
  say(text: string): Promise<void>;
  /** Lets somebody else speak. A new person is created and added to the open group. */
  speakAs(name: string): Promise<void>;
  /** Shows a second person beside this one, `off` closes their view. Only where there is room for two. */
  beside?(name: string): Promise<void>;
  openThread(id: string): Promise<void>;
  /** The time on the product's clock. */
  now(): Promise<Date>;
  /** The newest messages of the open group, oldest first. */
  messages(): Promise<readonly MessageJson[]>;
  /** Replies to a message or changes it. Without a text, a screen puts the message into the prompt. */
  draft(kind: 'reply' | 'edit', message: MessageJson, text: string): Promise<void>;
  /** Shows a message that was just sent, before its event arrives. */
  received(message: MessageJson): void;
  /** Reloads a part of the open group, if it is shown. */
  refresh(part: Part): Promise<void>;
  /** Shows the people of the open group in a list of its own; where there is none, they are shown as lines. */
  showPeople?(): void;
  /** Whether the bell of the terminal rings when somebody knocks. */
  ring(rings: boolean): void;
  /**
   * Replaces the playground with a new one, and opens that.
   *
   * @throws WRONG_USE in a transcript
   */
  resetPlayground(): Promise<void>;
  /** Sends messages again after reloads, or when asked. */
  readonly replays: Replayer;
  /** Switches that on or off. */
  switchReplay(isOn: boolean): void;
  /** Shows or hides what handlers print. */
  toggleLogs(): void;
  help(): void;
  quit(): void;
}

/**
 * Rejects input.
 *
 * @throws WRONG_USE
 */
export function reject(message: string): never {
  throw createError('WRONG_USE', message);
}

/**
 * The path of a file that was typed, perhaps in quotes, perhaps from the home folder on: `"~/my file.png"`.
 *
 * @throws WRONG_USE
 */
export function pathOf(typed: string): string {
  if (typed.includes('\0')) reject('The name of a file cannot contain a null character.');
  const [, , unquoted = typed] = /^(["'])(.+)\1$/s.exec(typed) ?? [];
  return unquoted.replace(/^~(?=\/)/, homedir());
}

/**
 * The id of the open group.
 *
 * @throws WRONG_USE
 */
export function groupOf({ threadId }: Session): string {
  return threadId ?? reject('There is no group yet: /thread new NAME makes one.');
}

/** Does something as the current speaker or, if they are not permitted, as another person logged in here. */
export async function asAnyPermitted(
  clients: readonly Client[],
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  let denied: unknown;
  for (const client of clients) {
    try {
      await work(client);
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 403) throw error;
      denied ??= error;
    }
  }
  throw denied;
}
