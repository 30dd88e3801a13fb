import { writeSpan } from '../base/span.ts';
import { type Events, type NamedEvent, threadIdOf } from '../domain/event.ts';
import { messageTypes } from '../domain/message.ts';
import { normalName } from '../domain/name.ts';
import type { GroupSetup } from './describe-setup.ts';
import { type Observed, observe } from './observed.ts';
import { expectedLine, ids, spokenLine, type WrittenLine, withoutSecrets, writeLine } from './write-step.ts';
import { yamlText } from './yaml-text.ts';

/** What is recorded of a chat. */
export interface RecorderOptions {
  threadId: string;
  setup: GroupSetup;
  /** The seed of the handlers' randomness, if it is known. */
  seed: number | undefined;
  /** Texts that must not be written. */
  secrets: readonly string[];
  /** Milliseconds since the start of the recording, on the clock of the chat. It goes in steps that are worth a line. */
  elapsed: () => number;
  /**
   * Whether the clock of the chat moves only while bots have nothing to do, so that what they do after a move is done
   * because of it.
   */
  isStepped: boolean;
  /** Called when there is something new to write. */
  onChange: () => void;
}

/** Something that people do, and what bots do because of it. */
interface Moment {
  line: WrittenLine | { clock: number };
  messageId?: string;
  answers: WrittenLine[];
}

/** Something that a bot did in a run that has not ended. */
interface PendingAnswer {
  observed: Observed;
  /** The last move of the clock, or other cause, that came before it. */
  after: Moment | undefined;
}

/**
 * Writes a chat down as a transcript. What bots do is put below what caused it, even if people have said something else
 * in the meantime: in a replay, everybody waits for the bots.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #moments: Moment[] = [];
  #pending: PendingAnswer[] = [];
  /** The last moment after which bots go on with something that was begun before. */
  #barrier: Moment | undefined;
  /** How much of the elapsed time is written. */
  #written = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** How many lines people have said and commands they have run. */
  get size(): number {
    return this.#moments.filter(({ line }) => 'who' in line).length;
  }

  /** Notes an event of the messenger. */
  event(named: NamedEvent): void {
    const { event, name } = named;
    if (name === 'NewMessage') this.#said(event);
    const observed = observe(named);
    if (observed && this.#isHere(named)) this.#answered(observed);
    if (name === 'BotActionHandled' || name === 'BotActionFailed' || name === 'BotActionStopped')
      this.#ended(event.message);
    if (name === 'BotActionWarned') this.#ended(event.message);
  }

  /**
   * Notes a command, without ids, which will differ in a replay: the last one of a kind is meant then.
   *
   * @returns takes it back, when it has failed
   */
  command(who: string, line: string): () => void {
    const text = line.replace(ids, '').trim();
    const moment = this.#add({ who, role: 'person', verb: 'says', text });
    if (/^\/retry\b/.test(line)) this.#barrier = moment;
    return () => {
      this.#moments.splice(this.#moments.indexOf(moment), 1);
      this.#options.onChange();
    };
  }

  /** The whole transcript. */
  text(): string {
    const { seed, setup } = this.#options;
    const [first] = this.#moments.flatMap(({ line }) => ('who' in line ? [line.who] : []));
    const [admin, ...others] = setup.admins;
    const isUsual = admin === undefined || (others.length === 0 && admin === first);
    const entries = setup.entries.map((entry) => `\n  - ${entry}`).join('');
    return [
      ...(seed === undefined ? [] : [`seed: ${seed}`]),
      ...(isUsual ? [] : [`admins:${setup.admins.map((name) => `\n  - ${yamlText(name, 0)}`).join('')}`]),
      `bots:${entries || ' []'}`,
      `chat:${this.#chat() || ' []'}\n`,
    ].join('\n');
  }

  #chat(): string {
    const all = this.#moments.flatMap(({ line, answers }) => [line, ...answers]);
    const speakers = new Set(
      all.flatMap((line) => ('who' in line && joined(line) === undefined ? [line.who] : [])),
    );
    const lines = all.filter((line) => !('who' in line && speakers.has(joined(line) ?? '')));
    const spoken = lines.filter((line) => 'who' in line);
    const namesOf = (role: WrittenLine['role']) =>
      spoken.filter((line) => line.role === role).map(({ who }) => who);
    const people = new Set(namesOf('person'));
    const bots = new Set([...this.#options.setup.botNames, ...namesOf('bot')]);
    return lines
      .map((line) =>
        'clock' in line
          ? `- clock: +${writeSpan(line.clock)}`
          : writeLine(line, { column: 2, isBoth: people.has(line.who) && bots.has(line.who) }),
      )
      .map((entry) => `\n  ${entry}`)
      .join('');
  }

  #said({ thread, message, replyTo }: Events['NewMessage']): void {
    const { owner, type, body, id } = message;
    if (thread.id !== this.#options.threadId || owner.type !== 'user' || type !== messageTypes.MESSAGE)
      return;
    const line = spokenLine(owner.name, withoutSecrets(body, this.#options.secrets), replyTo?.body);
    this.#add(line).messageId = id;
  }

  #answered(observed: Observed): void {
    if (observed.verb === 'types') return;
    if (this.#options.isStepped) this.#passTime();
    this.#pending.push({ observed, after: this.#barrier });
  }

  /** A run has ended, and what was done since the one before was done by it. */
  #ended({ id, body }: { id: string; body: string }): void {
    const asked = this.#moments.find(({ messageId }) => messageId === id);
    for (const { observed, after } of this.#pending.splice(0)) {
      const moment = this.#laterOf(asked, after);
      const { to } = observed;
      const isUsual = observed.verb === 'reacts' && to === body;
      const shown = isUsual ? { ...observed, to: undefined } : observed;
      moment?.answers.push(expectedLine(shown, this.#options.secrets));
    }
    this.#options.onChange();
  }

  #laterOf(one: Moment | undefined, other: Moment | undefined): Moment | undefined {
    if (one === undefined || other === undefined) return one ?? other;
    return this.#moments.indexOf(other) > this.#moments.indexOf(one) ? other : one;
  }

  #add(line: WrittenLine): Moment {
    this.#passTime();
    const moment: Moment = { line, answers: [] };
    this.#moments.push(moment);
    this.#options.onChange();
    return moment;
  }

  /** Writes the time that has passed. Before anything has happened, nothing depends on it. */
  #passTime(): void {
    const passed = Math.floor(this.#options.elapsed()) - this.#written;
    if (passed <= 0) return;
    this.#written += passed;
    if (this.#moments.length === 0) return;
    const moment = { line: { clock: passed }, answers: [] };
    this.#moments.push(moment);
    if (this.#options.isStepped) this.#barrier = moment;
  }

  #isHere({ event }: NamedEvent): boolean {
    return threadIdOf(event) === this.#options.threadId;
  }
}

/** The name of a person who joins by a line. Everybody who speaks is in the group of a replay, so few lines are needed. */
function joined({ role, text }: WrittenLine): string | undefined {
  const name = role === 'person' ? /^\/as (.+)$/s.exec(text)?.[1] : undefined;
  return name === undefined ? undefined : normalName(name);
}
