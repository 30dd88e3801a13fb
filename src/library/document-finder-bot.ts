import { z } from 'zod';
import { BotActionHandler, type DocumentData, MessengerBots, type Page } from '../index.ts';

const defaultLimit = 5;

/** Finds documents of the thread by their names. */
export class DocumentFinderBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'document_finder',
      description: 'Finds documents of the group by words of their names: [ !document report ].',
      name: 'Document Finder',
      unique: true,
      triggers: ['!document', '!doc'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  override rules() {
    return { limit: z.int().min(1).max(10).optional() };
  }

  async handle() {
    const words = this.getParsedWords();
    if (words === null) {
      this.releaseCooldown();
      await this.composer().message('Tell me a word of its name, like [ !document report ].');
      return;
    }
    await this.composer().emitTyping();
    const found = await this.#find(words, this.getPayload('limit') ?? defaultLimit);
    if (found.length === 0) await this.composer().message('I found no document with that in its name.');
    for (const { body, url } of found) await this.composer().message(`💾 ${nameOf(body)}: ${url}`);
  }

  /** The newest documents whose names contain every word. The longest piece of a word narrows the search. */
  async #find(words: readonly string[], limit: number): Promise<DocumentData[]> {
    const [name] = words.flatMap((word) => word.match(kept) ?? []).sort((a, b) => b.length - a.length);
    const found: DocumentData[] = [];
    let before = name === undefined ? null : this.message.id;
    while (name !== undefined && before !== null && found.length < limit) {
      const page: Page<DocumentData> = await this.thread.documents({ name, before, limit: 100 });
      found.push(...page.items.filter(({ body }) => containsAll(body, words)));
      before = page.next;
    }
    return found.slice(0, limit);
  }
}

/** What is kept of a file's name when it is stored. */
const kept = /[\w-]+/g;

/** A name as people know it: in the stored one an id stands before the ending. */
const nameOf = (stored: string): string => stored.replace(/_[0-9a-f-]{36}(?=\.\w+$)/, '');

/** A text as it is compared: what is lost of a name is lost of the words too. */
const bare = (text: string): string => (text.match(kept) ?? []).join('').toLowerCase();

const containsAll = (stored: string, words: readonly string[]): boolean =>
  words.every((word) => bare(nameOf(stored)).includes(bare(word)));
