import type { App } from '../../app.ts';
import { errorJson } from '../../base/error-json.ts';
import { MessengerError } from '../../base/errors.ts';
import { parseParameters } from '../../domain/parameters.ts';
import type { User } from '../../domain/user.ts';
import { detachAction } from '../../services/bots/detach-action.ts';
import type { Playground } from '../../services/bots/playground.ts';
import { actionsOf, attachHandler } from '../../services/bots/playground.ts';
import { sendMessage } from '../../services/messages/send-message.ts';
import { ensureParticipant, ensureUser } from '../../services/users/people.ts';
import { type FeedLine, notice, problem, wrongUse } from './feed.ts';

interface SlashCommand {
  usage: string;
  summary: string;
  run(session: Session, rest: string): Promise<void>;
}

/** The slash commands. */
const slashCommands: Record<string, SlashCommand> = {
  as: {
    usage: '/as NAME',
    summary: 'speak as somebody; a new name is created',
    run: (session, name) => session.speakAs(name),
  },
  attach: {
    usage: '/attach ALIAS {"match":"exact","triggers":["hi"]}',
    summary: 'attach a handler; also with key=value words',
    run: (session, rest) => session.attach(rest),
  },
  detach: {
    usage: '/detach ALIAS',
    summary: 'detach every action of a handler',
    run: (session, alias) => session.detach(alias),
  },
  bots: { usage: '/bots', summary: 'list what is attached', run: (session) => session.listActions() },
  handlers: {
    usage: '/handlers',
    summary: 'list what can be attached',
    run: (session) => session.listHandlers(),
  },
  help: { usage: '/help', summary: 'list these commands', run: async (session) => session.help() },
  quit: { usage: '/quit', summary: 'end the simulation', run: async (session) => session.quit() },
};

/** The state of one simulation: one person at a time writes in the playground, line by line. */
export class Session {
  /** Whether `/quit` was entered. */
  ended = false;
  speaker: User;
  readonly #app: App;
  readonly #playground: Playground;
  readonly #print: (line: FeedLine) => void;

  constructor(app: App, playground: Playground, print: (line: FeedLine) => void) {
    this.#app = app;
    this.#playground = playground;
    this.#print = print;
    this.speaker = playground.owner;
  }

  /** Runs a line: a command, or else a message. Errors are printed. */
  async handle(line: string): Promise<void> {
    if (line.trim() === '') return;
    try {
      await this.#dispatch(line);
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      this.#print(problem(errorJson(error)));
    }
  }

  async #dispatch(line: string): Promise<void> {
    const [, name, rest = ''] = /^\/([^\s/]\S*)\s*(.*)$/s.exec(line) ?? [];
    if (name === undefined) return this.#say(line.replace(/^\/\//, '/'));
    const command = Object.hasOwn(slashCommands, name) ? slashCommands[name] : undefined;
    const asked = rest.trim();
    if (command?.usage === `/${name}` && asked !== '')
      return this.#print(
        wrongUse(`/${name} takes nothing after it, and "${asked}" was given. Nothing was done.`),
      );
    if (command) return command.run(this, asked);
    this.#print(wrongUse(`There is no command /${name}. /help lists them; //${name} sends it as a message.`));
  }

  async #say(body: string): Promise<void> {
    await sendMessage(this.#app, {
      threadId: this.#playground.thread.id,
      sender: this.speaker,
      outgoing: { body },
    });
  }

  async speakAs(name: string): Promise<void> {
    if (name === '') return this.#print(wrongUse('Say who: /as NAME.'));
    this.speaker = await ensureUser(this.#app, name);
    await ensureParticipant(this.#app, { thread: this.#playground.thread, user: this.speaker, admin: false });
    this.#print(notice(`You speak as ${this.speaker.name}.`));
  }

  async attach(rest: string): Promise<void> {
    const [, alias = '', parameters = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
    if (alias === '')
      return this.#print(wrongUse('Say what: /attach ALIAS {…}. /handlers lists the aliases.'));
    const { thread, owner } = this.#playground;
    const words = parameters.startsWith('{') ? [parameters] : parameters.split(/\s+/).filter(Boolean);
    const { values, texts } = parseParameters(words);
    const action = await attachHandler(this.#app, {
      thread,
      user: owner,
      handler: alias,
      params: values,
      texts,
    });
    this.#print(notice(`Attached ${action.handler}: ${action.triggers ?? 'any message'}.`));
    for (const { message } of this.#app.catalogue.noticesOf([action.handler])) this.#print(notice(message));
  }

  async detach(alias: string): Promise<void> {
    const { thread, owner } = this.#playground;
    const attached = await actionsOf(this.#app, thread);
    const handler = this.#app.catalogue.all().find(({ class: name }) => name === alias)?.alias ?? alias;
    const found = attached.filter(({ action }) => action.handler === handler);
    for (const entry of found) await detachAction(this.#app, { thread, user: owner, ...entry });
    const line = found.length > 0 ? notice(`Detached ${handler}.`) : wrongUse(`"${alias}" is not attached.`);
    this.#print(line);
  }

  async listActions(): Promise<void> {
    const attached = await actionsOf(this.#app, this.#playground.thread);
    const lines = attached.map(
      ({ bot, action }) => `${bot.name}: ${action.handler} [ ${action.triggers ?? 'any message'} ]`,
    );
    this.#print(notice(lines.join('\n') || 'Nothing is attached. /handlers lists what can be.'));
  }

  async listHandlers(): Promise<void> {
    const lines = this.#app.catalogue.all().map((handler) => `${handler.alias} – ${handler.description}`);
    this.#print(notice(lines.join('\n')));
  }

  help(): void {
    const width = Math.max(...Object.values(slashCommands).map(({ usage }) => usage.length));
    const lines = Object.values(slashCommands).map(
      ({ usage, summary }) => `${usage.padEnd(width)}  ${summary}`,
    );
    this.#print(
      notice(
        [...lines, 'Anything else is sent as a message; // sends a message that begins with /.'].join('\n'),
      ),
    );
  }

  quit(): void {
    this.ended = true;
  }
}
