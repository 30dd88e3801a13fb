import { BotActionHandler, type MessageData, MessengerBots, type Page } from '../index.ts';

const min = 5;
const max = 100;
const usual = 15;
/** Messages of this type and those above are the system's. */
const firstSystemType = 88;

/** Archives the last messages of the thread. */
export class NukeBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'nuke',
      description: `Removes the last ${usual} messages, or between ${min} and ${max}: [ !nuke 25 ].`,
      name: 'Nuke Messages',
      unique: true,
      triggers: ['!nuke'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  async handle() {
    const count = countOf(this.getParsedWords() ?? []);
    if (count === null) {
      this.releaseCooldown();
      await this.composer().message(`Give me a number from ${min} to ${max}, like [ !nuke 25 ].`);
      return;
    }
    const before = await this.#before(count - 1);
    await this.composer().archive([this.message, ...before]);
    await this.composer().message('💣');
  }

  /** So many people's and bots' messages right before the one that is answered. */
  async #before(count: number): Promise<MessageData[]> {
    const found: MessageData[] = [];
    let before: string | null = this.message.id;
    while (before !== null && found.length < count) {
      const page: Page<MessageData> = await this.thread.messages({ before, limit: 100 });
      found.push(...page.items.filter(({ type }) => type < firstSystemType));
      before = page.next;
    }
    return found.slice(0, count);
  }
}

/** How many messages the words ask for; null where they make no sense. */
function countOf(words: readonly string[]): number | null {
  const [word, ...rest] = words;
  if (word === undefined) return usual;
  const count = /^\d{1,3}$/.test(word) ? Number(word) : 0;
  return rest.length === 0 && count >= min && count <= max ? count : null;
}
